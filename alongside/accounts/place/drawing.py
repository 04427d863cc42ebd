"""A neighbourhood as a hand drew it: lines of “latitude, longitude”, with or without a map to click on."""

import re

from django.utils.translation import gettext as _

from .reading.geometry import DECIMALS, Geometry, Position, Unsound, bounds, crosses_itself, fault_of, sound

MOST_POINTS = 200
MARGIN = 0.25  # degrees: how far outside the place a neighbourhood may still be part of it
LINE = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")

Bounds = tuple[float, float, float, float]


def read_lines(text: str, *, near: Bounds | None = None) -> Geometry:
    """The Polygon around the points in `text`, one “latitude, longitude” a line; it closes itself.

    `near` is west, south, east, north of the place. Raises Unsound with a sentence that names the line.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > MOST_POINTS:
        raise Unsound(_("That is more than %(most)d points; fewer will do.") % {"most": MOST_POINTS})
    points = [_point(number, line, near) for number, line in lines]
    if len(set(points)) < 3:
        raise Unsound(_("Three points at least: with fewer there is no inside."))
    if points[0] != points[-1]:
        points.append(points[0])
    if crosses_itself(points):
        raise Unsound(_("The line crosses itself. Go round the edge in one direction."))
    return sound({"type": "Polygon", "coordinates": [[list(point) for point in points]]})


def _point(number: int, line: str, near: Bounds | None) -> Position:
    match = LINE.fullmatch(line)
    if not match:
        raise Unsound(
            _("Line %(number)d is not a latitude and a longitude: “%(line)s”.") % _shown(number, line)
        )
    lat, lon = float(match[1]), float(match[2])
    fault = fault_of(lon, lat)
    if fault:
        raise Unsound(
            _("Line %(number)d: latitude comes first, then longitude, as in 54.95, -1.61.")
            % {"number": number}
        )
    if near and not _is_near(lon, lat, near):
        raise Unsound(_("Line %(number)d is far from here: “%(line)s”.") % _shown(number, line))
    return round(lon, DECIMALS), round(lat, DECIMALS)


def _shown(number: int, line: str) -> dict[str, str | int]:
    return {"number": number, "line": line.strip()[:60]}


def _is_near(lon: float, lat: float, near: Bounds) -> bool:
    west, south, east, north = near
    return west - MARGIN <= lon <= east + MARGIN and south - MARGIN <= lat <= north + MARGIN


def as_lines(boundary: Geometry) -> str:
    """The points of a drawn boundary, to be corrected by hand."""
    ring = boundary["coordinates"][0][:-1]
    return "\n".join(f"{lat}, {lon}" for lon, lat in ring)


__all__ = ["Bounds", "as_lines", "bounds", "read_lines"]
