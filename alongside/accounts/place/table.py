"""The table beside the map: the same facts, for the eye, for a screen reader, and as a file."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.accounts.models.place import Neighbourhood

from . import facts
from .queries import ORDERS

COUNTS = ("residents", "households", "disabled", "social_rent", "private_rent")
CSV_COLUMNS = (
    *("code", "name", "official_name", "kind", "ward", "lat", "lon"),
    *COUNTS,
    *("imd_rank", "imd_decile", "low_income_share", "patients_per_gp", "connectivity"),
    *("asb_per_1000", "homelessness_per_1000", "source", "year"),
)


@dataclass(frozen=True)
class Heading:
    """A column's heading; `order` is empty where the table does not sort by it."""

    label: str
    order: str
    current: bool
    number: bool


@dataclass(frozen=True)
class Line:
    """One neighbourhood: what it is called, then cells in words."""

    neighbourhood: Neighbourhood
    ward: str
    counts: list[str]
    tenth: str


def headings(order: str) -> list[Heading]:
    """Every column; those the table may be sorted by are links."""
    sortable = [Heading(str(label), key, key == order, key in COUNTS) for key, (label, _by) in ORDERS.items()]
    return [*sortable, Heading(_("Deprivation 2025: among the … of England"), "", False, False)]


def lines(neighbourhoods: Iterable[Neighbourhood]) -> list[Line]:
    """The rows of the table, small counts in words."""
    return [
        Line(
            each,
            each.ward.name if each.ward else "",
            [facts.count(getattr(each, name)) if getattr(each, name) is not None else "" for name in COUNTS],
            facts.tenth_in_a_cell(each.imd_decile),
        )
        for each in neighbourhoods
    ]


def as_csv(neighbourhoods: Iterable[Neighbourhood]) -> str:
    """The same facts as a file; counts below ten are left empty, as on the page."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for each in neighbourhoods:
        writer.writerow([_cell(each, name) for name in CSV_COLUMNS])
    return out.getvalue()


def _cell(each: Neighbourhood, name: str) -> object:
    value = getattr(each, name)
    if name in COUNTS and value is not None and 0 < value < facts.FEW:
        return ""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"  # a spreadsheet would run it as a formula
    return "" if value is None else value
