"""A line drawn by hand: forgiving about commas, plain about what cannot be."""

import pytest

from alongside.accounts.place.drawing import MOST_POINTS, as_lines, read_lines
from alongside.accounts.place.reading.geometry import Unsound, crosses_itself, middle

GATESHEAD = (-1.85, 54.88, -1.51, 54.98)


def test_three_points_make_a_neighbourhood_and_it_closes_itself() -> None:
    drawn = read_lines("54.95, -1.62\n54.95, -1.60\n\n54.96, -1.61\n", near=GATESHEAD)
    ring = drawn["coordinates"][0]
    assert ring[0] == ring[-1] == (-1.62, 54.95)
    assert len(ring) == 4


@pytest.mark.parametrize("line", ["54.95,-1.62", " 54.95 ; -1.62 ", "54.95 -1.62", "54.95\t-1.62"])
def test_a_point_may_be_written_in_several_ways(line: str) -> None:
    drawn = read_lines(f"{line}\n54.95, -1.60\n54.96, -1.61")
    assert drawn["coordinates"][0][0] == (-1.62, 54.95)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("54.95, -1.62\n54.95, -1.60", "Three points at least: with fewer there is no inside."),
        ("54.95, -1.62\nby the bridge", "Line 2 is not a latitude and a longitude: “by the bridge”."),
        ("-1.62, 54.95\n", "Line 1: latitude comes first, then longitude, as in 54.95, -1.61."),
        ("51.5, -0.1\n", "Line 1 is far from here: “51.5, -0.1”."),
        ("\n".join(["54.95, -1.62"] * (MOST_POINTS + 1)), "That is more than 200 points; fewer will do."),
        (
            "54.95, -1.62\n54.96, -1.60\n54.95, -1.60\n54.96, -1.62",
            "The line crosses itself. Go round the edge in one direction.",
        ),
        (
            "54.95, -1.62\n54.95, -1.61\n54.95, -1.60",
            "Ring 1 encloses nothing: it needs three points or more.",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Unsound) as refused:
        read_lines(text, near=GATESHEAD)
    assert str(refused.value) == sentence


def test_a_drawing_can_be_written_down_again() -> None:
    lines = "54.95, -1.62\n54.95, -1.6\n54.96, -1.61"
    assert as_lines(read_lines(lines)) == lines


def test_the_middle_of_a_square_is_in_its_middle() -> None:
    lon, lat = middle(read_lines("54.90, -1.62\n54.90, -1.60\n54.92, -1.60\n54.92, -1.62"))
    assert (round(lon, 5), round(lat, 5)) == (-1.61, 54.91)


def test_a_ring_that_only_touches_itself_at_its_start_does_not_cross() -> None:
    assert not crosses_itself([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)])
    assert crosses_itself([(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)])
