"""Loading a real district: one transaction, the same again changes nothing, what changed is said."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from alongside.accounts.models.place import Neighbourhood, Place, Ward
from alongside.accounts.place.names import free_slug
from alongside.accounts.place.reading import NeighbourhoodRead, PlaceRead, WardRead
from alongside.accounts.place.reading.columns import FACTS
from alongside.accounts.place.reading.geometry import bounds
from alongside.audit.recording import operation, record

SOURCE = (
    "Office for National Statistics (Census 2021), Ministry of Housing, Communities and Local Government "
    "(English Indices of Deprivation 2025), House of Commons Library"
)
YEAR = 2025
FACT_FIELDS = tuple(column.field for column in FACTS)
WARD_FIELDS = ("name", "boundary", "current")
NEIGHBOURHOOD_FIELDS = (
    *("ward_id", "name", "official_name", "boundary", "lat", "lon", "current", "source", "year"),
    *FACT_FIELDS,
)


class OtherDistrict(ValueError):  # noqa: N818
    """The place already holds another district's neighbourhoods; the message is a sentence."""


@dataclass
class Changes:
    """Codes of rows by what happened to them; `changed` also names the fields."""

    new: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    laid_aside: list[str] = field(default_factory=list)


@dataclass
class Loaded:
    """What a load did."""

    place: Place
    wards: Changes = field(default_factory=Changes)
    neighbourhoods: Changes = field(default_factory=Changes)


@operation("place.load")
def load_place(*, by: Any, read: PlaceRead, instead: bool = False) -> Loaded:
    """Write what was read from a district's files.

    `by` is a Person or None (the command line, inside `working_on("place.load")`). Neighbourhoods and wards
    that are no longer in the files are laid aside, never deleted. `instead` allows another district to
    take over. Raises OtherDistrict when it would and may not. The number of queries does not grow with
    the number of neighbourhoods.
    """
    place = _the_place(read)
    _refuse_another_district(place, read, instead)
    loaded = Loaded(place)
    wards = _write_wards(place, read.wards, loaded.wards)
    _write_neighbourhoods(place, read.neighbourhoods, wards, loaded.neighbourhoods)
    _keep_outline(place, read)
    record("place.load", by=by, thing=place, fields=_for_audit(loaded))
    return loaded


def _the_place(read: PlaceRead) -> Place:
    """The one place, locked, so that two loads at once wait for each other."""
    Place.objects.get_or_create(
        the_place=True, defaults={"name": read.district, "slug": free_slug(read.district, set())}
    )
    return Place.objects.select_for_update().get()


def _refuse_another_district(place: Place, read: PlaceRead, instead: bool) -> None:
    if place.district_code in ("", read.district_code) or instead:
        return
    raise OtherDistrict(
        _(
            "%(place)s already holds the neighbourhoods of %(now)s. To put those of %(new)s in their "
            "place, say --instead; the old ones are laid aside and not lost."
        )
        % {"place": place.name, "now": place.district, "new": read.district}
    )


def _write_wards(place: Place, read: tuple[WardRead, ...], changes: Changes) -> dict[str, Ward]:
    before = {ward.code: ward for ward in Ward.objects.filter(place=place)}
    rows = [
        Ward(place=place, code=each.code, name=each.name, boundary=_plain(each.boundary)) for each in read
    ]
    _write(Ward, rows, before, WARD_FIELDS, changes)
    _lay_aside(Ward, before, {row.code for row in rows}, changes)
    return {ward.code: ward for ward in Ward.objects.filter(place=place)}


def _write_neighbourhoods(
    place: Place, read: tuple[NeighbourhoodRead, ...], wards: dict[str, Ward], changes: Changes
) -> None:
    everyone = list(Neighbourhood.objects.filter(place=place))
    before = {each.code: each for each in everyone if each.code}
    taken = {each.slug for each in everyone}
    rows = [_row(place, each, wards, before.get(each.code), taken) for each in read]
    _write(Neighbourhood, rows, before, NEIGHBOURHOOD_FIELDS, changes)
    _lay_aside(Neighbourhood, before, {row.code for row in rows if row.code}, changes)


def _row(
    place: Place, read: NeighbourhoodRead, wards: dict[str, Ward], old: Neighbourhood | None, taken: set[str]
) -> Neighbourhood:
    return Neighbourhood(
        place=place,
        kind=Neighbourhood.Kind.OFFICIAL,
        slug=old.slug if old else free_slug(read.name, taken),
        code=read.code,
        name=read.name,
        official_name=read.official_name,
        ward=wards.get(read.ward_code),
        boundary=_plain(read.boundary),
        lat=read.lat,
        lon=read.lon,
        source=SOURCE,
        year=YEAR,
        **read.facts,
    )


def _plain(boundary: dict[str, Any]) -> Any:
    """As the database gives it back, so that the two can be compared."""
    return json.loads(json.dumps(boundary))


def _write(
    model: Any, rows: list[Any], before: dict[str, Any], fields: tuple[str, ...], changes: Changes
) -> None:
    """Add what is new and update what differs, in one statement."""
    for row in rows:
        _compare(row, before.get(row.code), fields, changes)
    touched = [row for row in rows if row.code not in set(changes.unchanged)]
    if touched:
        model.objects.bulk_create(
            touched,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[name.removesuffix("_id") for name in fields],
        )


def _compare(row: Any, old: Any, fields: tuple[str, ...], changes: Changes) -> None:
    if old is None:
        changes.new.append(row.code)
        return
    differing = [name for name in fields if getattr(row, name) != getattr(old, name)]
    if differing:
        changes.changed[row.code] = differing
    else:
        changes.unchanged.append(row.code)


def _lay_aside(model: Any, before: dict[str, Any], codes: set[str], changes: Changes) -> None:
    gone = [old for code, old in before.items() if code not in codes and old.current]
    changes.laid_aside.extend(sorted(old.code for old in gone))
    if gone:
        model.objects.filter(pk__in=[old.pk for old in gone]).update(current=False)


def _keep_outline(place: Place, read: PlaceRead) -> None:
    place.district, place.district_code = read.district, read.district_code
    shapes = [each.boundary for each in read.neighbourhoods]
    place.west, place.south, place.east, place.north = bounds(shapes)
    place.save(update_fields=["district", "district_code", "west", "south", "east", "north"])


def _for_audit(loaded: Loaded) -> dict[str, Any]:
    """Only open facts, so nothing in it can hurt anyone."""
    return {
        "district": loaded.place.district_code,
        "new": [loaded.wards.new, loaded.neighbourhoods.new],
        "changed": [loaded.wards.changed, loaded.neighbourhoods.changed],
        "laid_aside": [loaded.wards.laid_aside, loaded.neighbourhoods.laid_aside],
    }
