"""The map: every shape in its place, small enough for a borrowed phone, no name over another."""

import math
from dataclasses import dataclass
from typing import Any

import pytest

from alongside.accounts.place import picture
from alongside.accounts.place.reading.geometry import sound
from alongside.accounts.tests.places import needs_real_data, polygon, read_place, real, square


@dataclass
class Spot:
    """Anything that can be drawn."""

    name: str
    lat: float
    lon: float
    kind: str = "told"
    boundary: Any = None
    residents: int | None = 5000

    @property
    def slug(self) -> str:
        return self.name.lower()


TYNEBANK = [
    Spot("The Staithes", 54.957, -1.625),
    Spot("Windy Hill", 54.941, -1.585),
    Spot("Saltgate", 54.951, -1.611),
    Spot("Chopgarth", 54.918, -1.815),
    Spot("Eastlaw", 54.953, -1.559),
]


def boxes(drawn: picture.Picture) -> list[picture.Box]:
    """Where each name stands."""
    found = []
    for label in (shape.label for shape in drawn.shapes if shape.label):
        wide = len(label.text) * picture.LABEL_SIZE * 0.53
        left = label.x - {"start": 0, "end": wide, "middle": wide / 2}[label.anchor]
        found.append((left, label.y - picture.LABEL_SIZE, left + wide, label.y + picture.LABEL_SIZE * 0.3))
    return found


def test_every_neighbourhood_of_tynebank_has_its_name_and_none_lies_over_another() -> None:
    drawn = picture.draw(TYNEBANK)
    found = boxes(drawn)
    assert len(found) == 5
    for index, (left, top, right, bottom) in enumerate(found):
        assert left >= 0
        assert right <= drawn.width
        assert bottom <= drawn.height
        for other in found[index + 1 :]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top


def test_north_is_up_and_east_is_right() -> None:
    drawn = picture.draw([Spot("North", 54.96, -1.60), Spot("South east", 54.92, -1.50)])
    north, south_east = drawn.shapes
    assert north.y < south_east.y
    assert north.x < south_east.x


def test_a_click_can_be_turned_back_into_degrees() -> None:
    drawn = picture.draw(TYNEBANK)
    frame = drawn.frame
    x, y = frame.pixel((-1.611, 54.951))
    assert frame.west + (x - picture.EDGE) / frame.per_lon == pytest.approx(-1.611, abs=1e-4)
    assert frame.north - (y - picture.EDGE) / frame.per_lat == pytest.approx(54.951, abs=1e-4)


def test_a_square_on_the_ground_looks_square() -> None:
    frame = picture.draw(TYNEBANK).frame
    assert frame.per_lon / frame.per_lat == pytest.approx(math.cos(math.radians(54.9375)), abs=0.001)


def test_what_residents_drew_lies_over_the_official_map() -> None:
    shape = sound(polygon(square()))
    drawn = picture.draw(
        [
            Spot("Told", 54.955, -1.605),
            Spot("Drawn", 54.955, -1.605, kind="drawn", boundary=shape),
            Spot("Official", 54.955, -1.605, kind="official", boundary=shape),
        ]
    )
    assert [each.kind for each in drawn.shapes] == ["official", "drawn", "told"]
    assert drawn.land == ""


def test_a_hole_stays_a_hole() -> None:
    frame = picture.frame_for((-1.61, 54.95, -1.6, 54.96))
    with_hole = sound(polygon(square(), square(-1.607, 54.953, 0.002)))
    assert picture.outline(with_hole, frame).count("M") == 2


def test_one_point_alone_still_makes_a_map() -> None:
    drawn = picture.draw([Spot("Alone", 54.95, -1.6)])
    assert drawn.height > 100
    assert drawn.shapes[0].label is not None


@needs_real_data
def test_the_map_of_gateshead_is_small_enough_for_a_borrowed_phone() -> None:
    read = read_place(**real("gateshead"))
    ours = [Spot(each.code, each.lat, each.lon, "official", each.boundary) for each in read.neighbourhoods]
    drawn = picture.draw(ours, [ward.boundary for ward in read.wards])
    assert sum(len(shape.d) for shape in drawn.shapes) + sum(map(len, drawn.wards)) < 100_000
