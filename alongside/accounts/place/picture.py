"""The map as SVG: pure, a few kilobytes, prints, and each neighbourhood is a link."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .reading.geometry import Geometry, Position, bounds, rings

WIDTH = 800
EDGE = 24
LABEL_SIZE = 28  # as large as the sheet makes it on a phone
Box = tuple[float, float, float, float]  # left, top, right, bottom
LEAST_SPAN = 0.004  # degrees: one small neighbourhood still gets a map


class Mapped(Protocol):
    """What a neighbourhood must have to be drawn."""

    slug: str
    name: str
    kind: str
    lat: float
    lon: float
    boundary: Any
    residents: int | None


@dataclass(frozen=True)
class Frame:
    """Degrees to pixels, longitude shrunk so that shapes keep their look."""

    west: float
    north: float
    per_lon: float
    per_lat: float
    height: int

    def pixel(self, position: Position) -> tuple[float, float]:
        lon, lat = position
        x = EDGE + (lon - self.west) * self.per_lon
        y = EDGE + (self.north - lat) * self.per_lat
        return round(x, 1), round(y, 1)


@dataclass
class Label:
    """A name on the map, beside its circle."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass
class Shape:
    """One neighbourhood: an outline (`d`) or a circle (`r` above nothing), drawn inside a link."""

    slug: str
    name: str
    kind: str
    d: str = ""
    x: float = 0
    y: float = 0
    r: float = 0
    shade: int = 0
    label: Label | None = None


@dataclass
class Picture:
    """All that a template needs to draw the map; the frame is also what a click needs to become degrees."""

    frame: Frame
    shapes: list[Shape] = field(default_factory=list)
    wards: list[str] = field(default_factory=list)
    land: str = ""
    width: int = WIDTH
    edge: int = EDGE

    @property
    def height(self) -> int:
        return self.frame.height

    @property
    def official(self) -> list[Shape]:
        """Those under the lines of the wards."""
        return [shape for shape in self.shapes if shape.kind == "official"]

    @property
    def others(self) -> list[Shape]:
        """Those over them: drawn, then told."""
        return [shape for shape in self.shapes if shape.kind != "official"]


def frame_for(box: tuple[float, float, float, float]) -> Frame:
    """A frame 800 wide around west, south, east, north."""
    west, south, east, north = _widened(box)
    squeeze = math.cos(math.radians((south + north) / 2))
    per_lon = (WIDTH - 2 * EDGE) / (east - west)
    per_lat = per_lon / squeeze
    return Frame(west, north, per_lon, per_lat, round((north - south) * per_lat) + 2 * EDGE)


def _widened(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = box
    wide, high = max(LEAST_SPAN - (east - west), 0) / 2, max(LEAST_SPAN / 2 - (north - south), 0) / 2
    return west - wide, south - high, east + wide, north + high


def draw(
    neighbourhoods: Sequence[Mapped], wards: Iterable[Geometry] = (), shades: dict[str, int] | None = None
) -> Picture:
    """The map of some neighbourhoods (at least one); `shades` gives a step from 1 to 5 by slug."""
    frame = frame_for(_box(neighbourhoods))
    picture = Picture(frame, wards=[outline(ward, frame) for ward in wards])
    shades = shades or {}
    # Official ones lie under those that residents drew or told.
    for each in sorted(neighbourhoods, key=lambda one: (one.kind != "official", one.kind != "drawn")):
        picture.shapes.append(_shape(each, frame, shades.get(each.slug, 0)))
    _write_labels(picture.others, picture.height)
    if not picture.official:
        picture.land = _land([(shape.x, shape.y) for shape in picture.shapes])
    return picture


def _box(neighbourhoods: Sequence[Mapped]) -> tuple[float, float, float, float]:
    shaped = [each.boundary for each in neighbourhoods if each.boundary]
    points = [(each.lon, each.lat) for each in neighbourhoods if not each.boundary]
    boxes = [bounds(shaped)] if shaped else []
    wide, high = (0.035, 0.016) if points and not shaped else (0.0, 0.0)  # room for circles and names
    boxes += [(lon - wide, lat - high, lon + wide, lat + high) for lon, lat in points]
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _shape(each: Mapped, frame: Frame, shade: int) -> Shape:
    x, y = frame.pixel((each.lon, each.lat))
    shape = Shape(each.slug, each.name, each.kind, x=x, y=y, shade=shade)
    if each.boundary:
        shape.d = outline(each.boundary, frame)
    else:
        shape.r = round(6 + math.sqrt(each.residents or 1000) / 9, 1)
    return shape


def outline(geometry: Geometry, frame: Frame) -> str:
    """The path of a geometry; points that fall on the same pixel are dropped. Holes stay holes (even-odd)."""
    return "".join(_ring_path(ring, frame) for ring in rings(geometry))


def _ring_path(ring: Sequence[Position], frame: Frame) -> str:
    pixels = [frame.pixel((position[0], position[1])) for position in ring]
    kept = [pixel for index, pixel in enumerate(pixels[:-1]) if index == 0 or pixel != pixels[index - 1]]
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in kept)}Z"


def _write_labels(shapes: list[Shape], height: int) -> None:
    """Names beside circles, none over another; whoever has the fewest places to go chooses first."""
    taken = [(one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r) for one in shapes if one.r]
    for shape in sorted(shapes, key=lambda one: len(_free_spots(one, taken, height))):
        # No room for a name: the link and the table still say it.
        free = _free_spots(shape, taken, height)
        if free:
            shape.label, box = free[0]
            taken.append(box)


def _free_spots(shape: Shape, taken: list[Box], height: int) -> list[tuple[Label, Box]]:
    labels = [_label(shape, *at) for at in _spots(shape)]
    return [(label, box) for label, box in labels if _fits(box, taken, height)]


def _spots(shape: Shape) -> list[tuple[float, float, str]]:
    gap = shape.r + 6
    middle = shape.y + LABEL_SIZE / 3
    below, above = shape.y + gap + LABEL_SIZE * 0.8, shape.y - gap
    return [
        (shape.x + gap, middle, "start"),
        (shape.x - gap, middle, "end"),
        (shape.x, below, "middle"),
        (shape.x, above, "middle"),
        *(
            (shape.x + side, y, anchor)
            for side, anchor in ((shape.r, "start"), (-shape.r, "end"))
            for y in (below, above)
        ),
    ]


def _label(shape: Shape, x: float, y: float, anchor: str) -> tuple[Label, Box]:
    wide = len(shape.name) * LABEL_SIZE * 0.53
    left = x - {"start": 0, "end": wide, "middle": wide / 2}[anchor]
    box = (left, y - LABEL_SIZE, left + wide, y + LABEL_SIZE * 0.3)
    return Label(shape.name, round(x, 1), round(y, 1), anchor), box


def _fits(box: Box, taken: list[Box], height: int) -> bool:
    left, top, right, bottom = box
    inside = left >= 0 and right <= WIDTH and top >= 0 and bottom <= height
    return inside and not any(
        left < r and right > start and top < low and bottom > high for start, high, r, low in taken
    )


def _land(points: list[tuple[float, float]]) -> str:
    """A soft outline around places that are only points: their hull, drawn with a thick round line."""
    hull = _hull(sorted(set(points)))
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in hull)}Z"


def _hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull, by Andrew's monotone chain."""
    if len(points) < 3:
        return points
    return _half(points) + _half(points[::-1])


def _half(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    chain: list[tuple[float, float]] = []
    for point in points:
        while len(chain) > 1 and _turns_right(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _turns_right(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0
