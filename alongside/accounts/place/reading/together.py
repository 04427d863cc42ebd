"""The three files side by side: which neighbourhoods can be loaded, which are left out, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from .columns import FACTS, Cell
from .features import NEIGHBOURHOODS, WARDS, Feature, read_features
from .geometry import Geometry, middle
from .problems import Problem, Told
from .rows import Row, read_cells, read_rows


@dataclass(frozen=True)
class WardRead:
    code: str
    name: str
    boundary: Geometry


@dataclass(frozen=True)
class NeighbourhoodRead:
    """One official neighbourhood. `facts` are by field name, as in columns.FACTS; None is not known."""

    code: str
    name: str
    official_name: str
    ward_code: str
    lat: float
    lon: float
    boundary: Geometry
    facts: dict[str, Cell]


@dataclass(frozen=True)
class LeftOut:
    """Rows that are sound and not meant: `count` of them, and why in a sentence."""

    file: str
    count: int
    sentence: str

    def as_json(self) -> dict[str, str | int]:
        return {"file": self.file, "count": self.count, "says": self.sentence}


@dataclass(frozen=True)
class PlaceRead:
    """What the files hold. `neighbourhoods` and `wards` are only the good ones."""

    district: str = ""
    district_code: str = ""
    wards: tuple[WardRead, ...] = ()
    neighbourhoods: tuple[NeighbourhoodRead, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    def may_load(self, *, keep_good: bool = False) -> bool:
        """Only when nothing stops it; with `keep_good`, when no file is unusable and something is left."""
        if not self.neighbourhoods:
            return False
        stopping = [problem for problem in self.problems if problem.stops]
        return all(problem.weight == "row" for problem in stopping) if keep_good else not stopping


@dataclass
class _Files:
    """The three files as read, with what was told about each."""

    rows: list[Row] | None
    boundaries: list[Feature] | None
    wards: list[Feature] | None
    about_rows: Told
    about_boundaries: Told
    about_wards: Told

    @property
    def usable(self) -> bool:
        return self.rows is not None and self.boundaries is not None and self.wards is not None

    @property
    def problems(self) -> tuple[Problem, ...]:
        return (*self.about_rows.problems, *self.about_boundaries.problems, *self.about_wards.problems)


def read_place(*, lsoa: Path, boundaries: Path, wards: Path, district: str = "") -> PlaceRead:
    """Read three files and tell everything that is wrong with them at once.

    `lsoa` is a CSV of neighbourhoods, possibly of several districts; `boundaries` and `wards` are GeoJSON in
    WGS84. `district` (a name or a code) is needed only when the boundaries are of more than one. Raises
    nothing for bad data: it is in `problems`.
    """
    about = Told(lsoa.name), Told(boundaries.name), Told(wards.name)
    files = _Files(
        read_rows(lsoa, about[0]),
        read_features(boundaries, NEIGHBOURHOODS, about[1]),
        read_features(wards, WARDS, about[2]),
        *about,
    )
    name = _district(files, district)
    if files.rows is not None:
        ours = [row for row in files.rows if _is_ours(row, name, files.boundaries)]
        values = list(_values(ours, files.about_rows))
        if files.usable and not files.about_rows.broken:
            return _together(files, name, ours, values)
    return PlaceRead(problems=files.problems)


def _district(files: _Files, asked: str) -> str:
    """The district the boundaries are of, by name; nothing (and a problem told) when that is unclear."""
    names = {row["lad_name"] for row in files.rows or ()}
    if asked:
        return _asked_district(files, asked)
    if not files.boundaries:
        return next(iter(names)) if len(names) == 1 else ""
    codes = {feature.code for feature in files.boundaries}
    covered = {row["lad_name"] for row in files.rows or () if row["lsoa21_code"] in codes}
    if len(covered) > 1:
        files.about_boundaries.whole(
            _("The boundaries are of %(count)d districts (%(names)s). Say which one with --district."),
            count=len(covered),
            names=", ".join(sorted(covered)),
        )
    return covered.pop() if len(covered) == 1 else ""


def _asked_district(files: _Files, asked: str) -> str:
    for row in files.rows or ():
        if asked.casefold() in (row["lad_name"].casefold(), row["lad_code"].casefold()):
            return row["lad_name"]
    if files.rows:
        files.about_rows.whole(
            _("There is no district “%(asked)s” here, only: %(names)s."),
            column="lad_name",
            asked=asked,
            names=", ".join(sorted({row["lad_name"] for row in files.rows if row["lad_name"]})),
        )
    return ""


def _is_ours(row: Row, district: str, boundaries: list[Feature] | None) -> bool:
    """A row of the district; when the district is unknown every row is looked at."""
    if district:
        return row["lad_name"] == district
    return boundaries is None or any(feature.code == row["lsoa21_code"] for feature in boundaries)


def _values(rows: list[Row], told: Told) -> Iterable[tuple[Row, dict[str, Cell]]]:
    seen: dict[str, int] = {}
    for row in rows:
        code = row["lsoa21_code"]
        if code and code in seen:
            told.row(
                row.number,
                "lsoa21_code",
                _("%(code)s is there twice: first in row %(first)d."),
                code=code,
                first=seen[code],
            )
            continue
        seen[code] = row.number
        values = read_cells(row, told) if row.whole else None
        if values is not None:
            yield row, values


def _together(
    files: _Files, district: str, ours: list[Row], values: list[tuple[Row, dict[str, Cell]]]
) -> PlaceRead:
    shapes = {feature.code: feature for feature in files.boundaries or ()}
    wards = {feature.code: feature for feature in files.wards or ()}
    _tell_without_row(files, {row["lsoa21_code"] for row in ours}, district)
    neighbourhoods = [_neighbourhood(row, each, shapes, wards, files.about_rows) for row, each in values]
    _tell_empty_wards(files, {row["ward25_code"] for row in ours})
    return PlaceRead(
        district=district,
        district_code=str(values[0][1]["district_code"]) if values else "",
        wards=tuple(
            WardRead(each.code, each.name or each.code, each.boundary)
            for each in wards.values()
            if each.boundary
        ),
        neighbourhoods=tuple(each for each in neighbourhoods if each),
        left_out=_left_out(files, ours),
        problems=files.problems,
    )


def _tell_without_row(files: _Files, codes: set[str], district: str) -> None:
    for feature in files.boundaries or ():
        if feature.code not in codes:
            files.about_boundaries.row(
                feature.number,
                NEIGHBOURHOODS.code_names[0],
                _("%(code)s is unknown: %(file)s has no row for it%(where)s."),
                code=feature.code,
                file=files.about_rows.file,
                where=_(" in %(district)s") % {"district": district} if district else "",
            )


def _tell_empty_wards(files: _Files, used: set[str]) -> None:
    for feature in files.wards or ():
        if feature.code not in used:
            files.about_wards.note(
                feature.number,
                WARDS.code_names[0],
                _("No neighbourhood is in the ward %(name)s."),
                name=feature.name or feature.code,
            )


def _neighbourhood(
    row: Row,
    values: dict[str, Cell],
    shapes: dict[str, Feature],
    wards: dict[str, Feature],
    told: Told,
) -> NeighbourhoodRead | None:
    code, ward_code = str(values["code"]), str(values["ward_code"])
    if ward_code not in wards:
        told.row(
            row.number,
            "ward25_code",
            _("%(code)s is unknown: the wards' file does not have it."),
            code=ward_code,
        )
        return None
    if code not in shapes:
        told.row(row.number, "lsoa21_code", _("%(code)s has no boundary."), code=code)
        return None
    boundary = shapes[code].boundary
    if boundary is None:  # told where its shape was read
        return None
    lon, lat = middle(boundary)
    return NeighbourhoodRead(
        code=code,
        name=_name(str(values["official_name"]), str(values["area_name"] or "")),
        official_name=str(values["official_name"]),
        ward_code=ward_code,
        lat=round(float(values["lat"] or lat), 5),
        lon=round(float(values["lon"] or lon), 5),
        boundary=boundary,
        facts={column.field: values[column.field] for column in FACTS},
    )


def _name(official: str, area: str) -> str:
    """People say “Felling”; “Gateshead 014B” is what tells two parts of it apart."""
    return f"{area} {official.rsplit(' ', 1)[-1]}" if area else official


def _left_out(files: _Files, ours: list[Row]) -> tuple[LeftOut, ...]:
    kept = {row.number for row in ours}
    others = Counter(row["lad_name"] for row in files.rows or () if row.number not in kept)
    if not others:
        return ()
    listed = ", ".join(f"{name} {count}" for name, count in sorted(others.items()))
    sentence = _("Rows of other districts: %(listed)s.") % {"listed": listed}
    return (LeftOut(files.about_rows.file, others.total(), sentence),)
