"""A circle as it was on a day, and the picture of it."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest

from alongside.story import ecomap
from alongside.story.circle_on import TieOn, tie_on
from alongside.story.circle_table import lines
from alongside.story.fitting import cut, fitted, width
from alongside.story.models import Gap, Tie, TieChange
from alongside.story.queries import Circle

DAY = dt.date(2026, 3, 10)
AT = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


def day(number: int) -> dt.date:
    return DAY + dt.timedelta(days=number)


def tie(name="Big Col", **more) -> Tie:
    return Tie(name=name, began_at=AT, **{"tie": "mate", "words": "not seen him since the van", **more})


def change(what, on, **more) -> TieChange:
    return TieChange(what=what, on=day(on), at=AT + dt.timedelta(days=on), **more)


def stood(name="Big Col", what="mate", **more) -> TieOn:
    found = tie_on(tie(name, tie=what, **more), [], DAY)
    assert found is not None
    return found


def test_nobody_is_in_a_circle_before_the_day_they_came():
    assert tie_on(tie(), [], day(-1)) is None
    assert tie_on(tie(), [], day(0)) is not None
    assert tie_on(tie(since=day(-100)), [], day(-50)) is not None


def test_what_became_of_a_tie_holds_from_its_day_on_and_not_before():
    changes = [
        change("faded", 3),
        change(
            "mended",
            9,
            words="he does the uppers",
            tie_words="partner on the round",
            help="both",
            trusted=True,
        ),
    ]
    before, faded, mended = (tie_on(tie(), changes, day(number)) for number in (2, 5, 9))
    assert (before.state, before.words, before.trusted) == ("", "not seen him since the van", False)
    assert (faded.state, faded.words, faded.tie, faded.state_on) == (
        "faded",
        "not seen him since the van",
        "mate",
        day(3),
    )
    assert (mended.state, mended.words, mended.tie) == (
        "mended",
        "he does the uppers",
        "partner on the round",
    )
    assert (mended.help, mended.trusted) == ("both", True)
    assert [one.what for one in mended.history] == ["faded", "mended"]


def test_new_words_alone_do_not_change_how_it_stands():
    found = tie_on(tie(), [change("faded", 1), change("reworded", 2, words="I miss him")], day(3))
    assert (found.state, found.words) == ("faded", "I miss him")


def test_changes_count_in_the_order_of_their_days_whenever_they_were_told():
    told_late = TieChange(what="faded", on=day(1), at=AT + dt.timedelta(days=30))
    found = tie_on(tie(), [told_late, change("mended", 5)], day(10))
    assert found.state == "mended"


def test_one_that_did_not_take_leaves_the_picture_and_stays_in_the_words():
    found = tie_on(tie(), [change("did_not_take", 2)], day(3))
    assert not found.stands
    assert lines(Circle(on=DAY, ties=[], gone=[found], gaps=[]))[0][0] == "Big Col"


# The picture


def drawn(number=3, gaps=(), called="Micky", **more) -> ET.Element:
    ties = [stood(f"Somebody {at}", "a neighbour", **more) for at in range(number)]
    return ET.fromstring(ecomap.draw(called, "A circle", ties, list(gaps)))  # noqa: S314


def texts(svg: ET.Element) -> list[str]:
    return [node.text or "" for node in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_the_picture_tells_itself_to_whoever_does_not_see_it():
    svg = drawn(2, ["A grandad"])
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "ecomap-title ecomap-says"
    said = svg.find("{http://www.w3.org/2000/svg}desc").text
    assert said == "Around Micky: Somebody 0 (a neighbour), Somebody 1 (a neighbour). Missing: A grandad."


def test_the_picture_holds_no_script_style_or_link_and_takes_names_as_words():
    svg = ecomap.draw(
        "<b>Micky", "t", [stood("</svg><script>alert(1)</script>", '" onload="x')], ['<a href="//x">']
    )
    assert not re.search(r"<(script|a|style|b)\b|on\w+=\"|style=", str(svg).replace("&quot;", "'"))
    ET.fromstring(str(svg))  # noqa: S314


@pytest.mark.parametrize("number", [*range(13), 25, 60])
def test_nobody_stands_on_anybody_else_or_off_the_paper(number):
    places, height, down = ecomap.spots(number, 104)
    assert len(places) == number
    points = [(spot.x, spot.y) for spot in places] + [(ecomap.MIDDLE, down)]
    for at, (x, y) in enumerate(points):
        assert 30 <= x <= ecomap.WIDTH - 30
        assert 30 <= y <= height - 30
        for other_x, other_y in points[at + 1 :]:
            assert abs(x - other_x) >= 100 or abs(y - other_y) >= 85


@pytest.mark.parametrize(
    "name", ["Donaudampfschifffahrtsgesellschaftskapitän", "W" * 200, "ab " * 60, "王" * 40, "👨‍👩‍👧" * 9]
)
def test_no_name_is_wider_than_its_place(name):
    svg = ET.fromstring(ecomap.draw("Al", "t", [stood(name, name)] * 5, [name]))  # noqa: S314
    for line in texts(svg):
        assert width(line) * ecomap.NAME <= ecomap.ROOM + 20
    assert any(line.endswith("…") for line in texts(svg))


def test_faded_mended_trusted_and_the_way_help_goes_are_told_apart_by_line_and_shape():
    plain = ecomap.draw("Al", "t", [stood()])
    faded = ecomap.draw("Al", "t", [tie_on(tie(), [change("faded", 0)], DAY)])
    mended = ecomap.draw("Al", "t", [tie_on(tie(), [change("mended", 0)], DAY)])
    assert 'stroke-dasharray="0.1 7"' in faded
    assert 'stroke-dasharray="2 12"' in mended
    assert "stroke-dasharray" not in plain.split("<g")[0]
    for direction, arrows in (("not_said", 0), ("they_help", 1), ("i_help", 1), ("both", 2)):
        assert ecomap.draw("Al", "t", [stood(help=direction)]).count('class="arrow"') == arrows
    assert 'class="heart"' in ecomap.draw("Al", "t", [stood(trusted=True)])
    shapes = {str(ecomap.draw("Al", "t", [stood(to=kind)])).split("<g")[1] for kind in Tie.To.values}
    assert len(shapes) == len(Tie.To.values)


def test_help_points_at_the_one_who_is_helped():
    def tip(direction):
        found = re.search(
            r'class="arrow" fill="\S+" d="M180 (\S+) 1', ecomap.draw("Al", "t", [stood(help=direction)])
        )
        return float(found.group(1))

    # The one around stands above the person: down is towards the person.
    assert tip("they_help") > tip("i_help")


def test_what_is_missing_is_a_broken_ring_with_the_persons_words():
    svg = ecomap.draw("Al", "t", [], ["Somebody to go to the match with"])
    assert 'class="gap"' in svg
    assert "to the match" in svg
    assert 'class="line"' not in svg


def test_an_empty_circle_is_the_person_alone():
    svg = drawn(0)
    assert texts(svg) == ["Micky"]


def test_the_table_says_all_the_picture_says():
    found = tie_on(tie(trusted=True, help="both", since=day(-9)), [change("mended", 0)], DAY)
    gap = Gap(words="A grandad", named_on=DAY)
    first, missing = lines(Circle(on=DAY, ties=[found], gone=[], gaps=[gap]))
    assert [str(cell) for cell in first] == [
        "Big Col", "mate, a person", "not seen him since the van", "we help each other", "1 March 2026",
        "trusted, mended, 10 March 2026",
    ]  # fmt: skip
    assert [str(cell) for cell in missing][:2] == ["A grandad", "missing"]


def test_a_reader_is_told_who_helps_whom_by_name():
    found = [stood(help=direction) for direction in ("they_help", "i_help", "both", "not_said")]
    said = [line[3] for line in lines(Circle(on=DAY, ties=found, gone=[], gaps=[]), "Micky")]
    assert said == ["they help Micky", "Micky helps them", "each helps the other", ""]


def test_words_are_broken_between_words_where_that_is_possible():
    assert fitted("the Tuesday kitchen lot", 8, 2) == ["the Tuesday", "kitchen lot"]
    assert fitted("", 8, 2) == []
    assert cut("short", 8) == "short"
    assert cut("wolkenkratzer", 3).endswith("…")
    assert width("iii") < width("www")
