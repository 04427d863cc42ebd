"""The neighbourhoods' CSV file: headings, rows, cells."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from . import columns, geometry
from .columns import COLUMNS, Cell, Column
from .problems import Told
from .text import read_text

MOST_ROWS = 200_000


@dataclass(frozen=True)
class Row:
    """One row as written. `number` is the row a spreadsheet shows: the headings are row 1.

    `whole` is false for a row that was cut off: already told, and its code still counts as seen.
    """

    number: int
    cells: dict[str, str]
    whole: bool = True

    def __getitem__(self, header: str) -> str:
        return self.cells.get(header, "")


def read_rows(path: Path, told: Told) -> list[Row] | None:
    """Every row, also those cut off (which are told); None when the file cannot be used."""
    text = read_text(path, told)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = list(_rows(reader, told))
    if not told.broken and not rows:
        told.whole(_("The file has headings and no rows."))
    return None if told.broken else rows


def _rows(reader: Iterator[list[str]], told: Told) -> Iterator[Row]:
    number = 0
    try:
        headings = [heading.strip() for heading in next(reader)]
        if not _headings_are_sound(headings, told):
            return
        for number, cells in enumerate(reader, start=2):
            if number > MOST_ROWS:
                told.whole(_("The file has more than %(most)d rows."), most=MOST_ROWS)
                return
            if any(cell.strip() for cell in cells):
                whole = _is_whole(cells, headings, number, told)
                named = dict(zip(headings, (cell.strip() for cell in cells), strict=False))
                yield Row(number, named, whole)
    except csv.Error as error:
        told.whole(_csv_error(error), row=number + 1)


def _csv_error(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return _("The file stops inside a quotation: it was cut off, or a quotation mark is missing.")
    if "field larger" in str(error):
        return _("A cell is longer than %(most)d letters: a quotation mark is missing.") % {
            "most": csv.field_size_limit()
        }
    return _("The row cannot be read as CSV: a quotation mark stands where none may.")


def _headings_are_sound(headings: list[str], told: Told) -> bool:
    if len(headings) == 1 and any(sign in headings[0] for sign in ";\t|"):
        told.whole(
            _("The columns are separated by something other than commas. Save it as “comma separated”."),
            row=1,
        )
        return False
    if headings[0].startswith(("{", "[")):
        told.whole(_("This is JSON, not CSV: were the files given in another order?"), row=1)
        return False
    for heading in sorted({each for each in headings if each and headings.count(each) > 1}):
        told.whole(_("The heading is there twice."), row=1, column=heading)
    for column in COLUMNS:
        if column.header not in headings:
            _tell_missing(column, told)
    return not told.broken


def _tell_missing(column: Column, told: Told) -> None:
    if column.needed:
        told.whole(_("The column is missing."), row=1, column=column.header)
    else:
        told.note(1, column.header, _("The column is missing; the page will not have this."))


def _is_whole(cells: list[str], headings: list[str], number: int, told: Told) -> bool:
    if len(cells) == len(headings):
        return True
    told.row(
        number,
        "",
        _(
            "This row has %(cells)d cells where the headings have %(headings)d: "
            "it was cut off, or a comma is astray."
        ),
        cells=len(cells),
        headings=len(headings),
    )
    return False


def read_cells(row: Row, told: Told) -> dict[str, Cell] | None:
    """The row's values by field name, empty cells as None; None when something in it was told."""
    before = len(told.problems)
    values = dict(_values(row, told))
    _tell_position(row, values, told)
    if len(told.problems) > before:
        return None
    _notes(row, values, told)
    return values


def _values(row: Row, told: Told) -> Iterable[tuple[str, Cell]]:
    for column in COLUMNS:
        cell = row[column.header]
        if not cell and column.needed:
            told.row(row.number, column.header, _("The cell is empty."))
        try:
            yield column.field, column.read(cell) if cell else None
        except columns.Wrong as wrong:
            told.row(row.number, column.header, str(wrong))


def _tell_position(row: Row, values: dict[str, Cell], told: Told) -> None:
    lat, lon = values.get("lat"), values.get("lon")
    if lat is None or lon is None:
        return
    fault = geometry.fault_of(float(lon), float(lat))
    if fault:
        told.row(row.number, "lon, lat", fault)


def _notes(row: Row, values: dict[str, Cell], told: Told) -> None:
    """Numbers that are possible one by one and odd together."""
    number = {name: value for name, value in values.items() if isinstance(value, int)}
    if "disabled" in number and number["disabled"] > number["residents"]:
        told.note(row.number, "disabled_2021", _("There are more disabled people than people who live here."))
    rented = number.get("social_rent", 0) + number.get("private_rent", 0)
    if rented > number["households"]:
        told.note(row.number, "households_2021", _("There are more rented homes than homes."))
    tenth = -(-number["imd_rank"] * 10 // columns.MOST_RANK)
    if abs(tenth - number["imd_decile"]) > 1:
        told.note(row.number, "imd2025_decile", _("This tenth does not fit the rank beside it."))
