"""Polygons on the earth (WGS84, longitude first, as GeoJSON has it): are they sound, where are they?"""

import itertools
import math
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

Position = tuple[float, float]
Geometry = dict[str, Any]

WEST, EAST, SOUTH, NORTH = -9.5, 2.5, 49.0, 61.5
MOST_POSITIONS = 20_000
DECIMALS = 5  # about a metre: finer would be noise, and a larger page


class Unsound(ValueError):  # noqa: N818
    """This shape cannot be used; its message is a sentence."""


def sound(geometry: object) -> Geometry:
    """The same Polygon or MultiPolygon, checked, rounded to a metre, altitudes dropped.

    Raises Unsound with a sentence for the first thing that is wrong.
    """
    if geometry is None:
        raise Unsound(_("It has no shape (its geometry is null)."))
    if not isinstance(geometry, dict) or "type" not in geometry:
        raise Unsound(_("Its geometry is not a GeoJSON geometry."))
    kind, coordinates = geometry["type"], geometry.get("coordinates")
    if kind == "Polygon":
        return {"type": kind, "coordinates": _polygon(coordinates, 1)}
    if kind == "MultiPolygon":
        polygons = _some_list(coordinates, _("Its geometry has no polygons."))
        return {
            "type": kind,
            "coordinates": [_polygon(each, number) for number, each in enumerate(polygons, start=1)],
        }
    raise Unsound(
        _("Its shape is a %(kind)s; only Polygon and MultiPolygon can be a neighbourhood.") % {"kind": kind}
    )


def _some_list(value: object, otherwise: str) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise Unsound(otherwise)
    return value


def _polygon(rings: object, number: int) -> list[list[Position]]:
    listed = _some_list(rings, _("Polygon %(number)d has no rings.") % {"number": number})
    return [_ring(ring, index) for index, ring in enumerate(listed, start=1)]


def _ring(ring: object, number: int) -> list[Position]:
    listed = _some_list(ring, _("Ring %(number)d is empty.") % {"number": number})
    if len(listed) > MOST_POSITIONS:
        raise Unsound(
            _("Ring %(number)d has more than %(most)d points; use simplified boundaries.")
            % {"number": number, "most": MOST_POSITIONS}
        )
    positions = [_position(each, index, number) for index, each in enumerate(listed, start=1)]
    if positions[0] != positions[-1]:
        raise Unsound(
            _("Ring %(number)d is not closed: its last point is not its first.") % {"number": number}
        )
    if len(set(positions)) < 3 or _area(positions) == 0:
        raise Unsound(
            _("Ring %(number)d encloses nothing: it needs three points or more.") % {"number": number}
        )
    return positions


def _position(value: object, index: int, ring: int) -> Position:
    if not isinstance(value, list) or len(value) < 2 or not all(_is_number(part) for part in value[:2]):
        raise Unsound(
            _("Point %(index)d of ring %(ring)d is not two numbers.") % {"index": index, "ring": ring}
        )
    fault = fault_of(value[0], value[1])
    if fault:
        raise Unsound(fault)
    return round(float(value[0]), DECIMALS), round(float(value[1]), DECIMALS)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def fault_of(lon: float, lat: float) -> str:
    """Why this is no place in the United Kingdom in WGS84 degrees; nothing when it is one."""
    values = {"first": f"{lon:g}", "second": f"{lat:g}"}
    if abs(lon) > 180 or abs(lat) > 180:
        return (
            _(
                "%(first)s, %(second)s look like eastings and northings (British National Grid), not "
                "degrees. Save the file again in WGS84 (EPSG:4326)."
            )
            % values
        )
    if in_the_uk(lon, lat):
        return ""
    if in_the_uk(lat, lon):
        return _("%(first)s, %(second)s: latitude and longitude seem to be swapped.") % values
    return _("%(first)s, %(second)s is not in the United Kingdom.") % values


def in_the_uk(lon: float, lat: float) -> bool:
    return WEST <= lon <= EAST and SOUTH <= lat <= NORTH


def _area(ring: list[Position]) -> float:
    """Twice the signed area, in square degrees."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))


def rings(geometry: Geometry) -> Iterator[list[Position]]:
    """Every ring of a sound geometry, holes too."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield from polygon


def bounds(geometries: list[Geometry]) -> tuple[float, float, float, float]:
    """West, south, east, north in degrees of at least one geometry."""
    points = [point for geometry in geometries for ring in rings(geometry) for point in ring]
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def middle(geometry: Geometry) -> Position:
    """The centroid (longitude, latitude) of the largest ring: where a name is written."""
    ring = max(rings(geometry), key=lambda each: abs(_area(each)))
    x0, y0 = ring[0]  # near the ring, so that small differences are not lost
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in itertools.pairwise(ring):
        cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        area += cross
        x += (x1 + x2 - 2 * x0) * cross
        y += (y1 + y2 - 2 * y0) * cross
    if area == 0:
        return x0, y0
    return x0 + x / (3 * area), y0 + y / (3 * area)


def crosses_itself(ring: list[Position]) -> bool:
    """Do two sides of this closed ring cross? Compares every pair: meant for what a hand draws."""
    sides = list(itertools.pairwise(ring))
    last = len(sides) - 1
    return any(
        _cross(sides[i], sides[j])
        for i in range(len(sides))
        for j in range(i + 2, len(sides))
        if not (i == 0 and j == last)
    )


def _cross(one: tuple[Position, Position], other: tuple[Position, Position]) -> bool:
    (a, b), (c, d) = one, other
    return _turn(a, b, c) != _turn(a, b, d) and _turn(c, d, a) != _turn(c, d, b)


def _turn(a: Position, b: Position, c: Position) -> int:
    turn = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (turn > 0) - (turn < 0)
