"""One person's arc: theirs first, theirs to redraw, and no measure of anybody."""

import datetime as dt
import inspect
import re

import pytest
from django.urls import get_resolver, reverse

from alongside.audit.models import Look
from alongside.doings import operations as doings
from alongside.kernel import memo
from alongside.kernel.acting import acting_as
from alongside.story import operations as story
from alongside.walks import arc_picture
from alongside.walks import operations as walks
from alongside.walks.models import ArcChoice, ArcLine
from alongside.walks.queries import arc as arcs
from alongside.walks.tests.moments import recorded, walking
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
JUNE = dt.datetime(2026, 6, 10, 12, 0, tzinfo=dt.UTC)
MAY = JUNE.replace(month=5)


@pytest.fixture
def them(db):
    """Bev walks with Micky, Priya covers; a May, and a June with more in it and a setback."""
    bev, priya = cast.serving("Bev Ormerod"), cast.serving("Priya Nair")
    micky = cast.person("Micky Garrod", called="Micky")
    walking(bev, priya, micky)
    recorded(bev, micky, "We had a brew.", at=MAY)
    recorded(bev, micky, "To the garage together.", kind="together", at=JUNE)
    recorded(bev, micky, "He rang at night.", kind="reached_out", at=JUNE.replace(hour=22))
    recorded(bev, micky, "The van was towed.", kind="setback", at=JUNE.replace(hour=23))
    recorded(micky, micky, "I rang Steph myself.", kind="said", at=JUNE)
    with acting_as(micky):
        doings.begin(by=micky, person=micky, words="Get the ladders back.", at=JUNE)
        story.tie(by=micky, person=micky, name="Ron", introduced_by="Bev", since=dt.date(2026, 6, 2))
    return type("Them", (), {"micky": micky, "bev": bev, "priya": priya})


def arc(viewer, person, until=dt.date(2026, 6, 1)):
    with acting_as(viewer):
        return arcs.arc_of(viewer=viewer, person=person, until=until)


def drawn(them, shown=False):
    with acting_as(them.micky):
        walks.draw_arc(by=them.micky, person=them.micky)
        if shown:
            walks.show_arc(by=them.micky, person=them.micky)


def month(found, key):
    return next(each for each in found.months if each.key == key)


@pytest.fixture
def as_(client):
    def opened(whoever, name, data=None, **get):
        client.cookies.clear()
        cast.sign_in(client, whoever)
        address = reverse(name, args=[get.pop("person").pk])
        return client.get(address, get) if data is None else client.post(address, data)

    return opened


def page_of(as_, viewer, person, **get):
    return as_(viewer, "arc", person=person, **get).content.decode().replace("&#x27;", "'")


def test_nothing_is_drawn_until_the_person_asks_for_it(them, as_):
    assert not arc(them.micky, them.micky).is_drawn
    page = page_of(as_, them.micky, them.micky)
    assert '<svg class="arc"' not in page
    assert "Draw it for me" in page


def test_two_strands_are_drawn_from_what_is_written_down_already(them):
    drawn(them)
    june = month(arc(them.micky, them.micky), "2026-06")
    assert june.around_words == "Bev: did something together; Bev: reached out"
    assert june.mine_words == "got to know Ron; Said something; Get the ladders back."


def test_a_setback_is_said_to_be_part_of_every_arc_and_more_support_is_neither_good_nor_bad(them, as_):
    drawn(them)
    page = page_of(as_, them.micky, them.micky, to="2026-06")
    assert "More around you in June." in page
    assert "A setback came. That is part of every arc." in page
    for judging in ("better", "worse", "progress", "improve", "relapse", "less support"):
        assert judging not in page.lower()


def test_the_picture_has_words_for_those_who_do_not_see_it_and_a_table_beside_it(them, as_):
    drawn(them)
    page = page_of(as_, them.micky, them.micky, to="2026-06")
    assert '<title id="arc-title">My arc</title>' in page
    assert "June 2026: people from services around, things of one's own, a setback." in page
    assert "My arc, as a table" in page


def test_the_picture_has_no_number_but_the_places_of_its_lines(them):
    drawn(them)
    svg = str(arc_picture.draw(arc(them.micky, them.micky).months, "My arc", "Around me", "Me and mine"))
    read = re.findall(r"<text[^>]*>([^<]*)</text>|<title[^>]*>([^<]*)</title>", svg)
    assert not [words for pair in read for words in pair if any(letter.isdigit() for letter in words)]


def test_a_month_with_much_in_it_is_full_and_then_no_fuller(them):
    drawn(them)
    assert arc_picture._full(range(7)) == arc_picture._full(range(700))


def test_a_walker_sees_nothing_until_it_is_shown(them, as_):
    drawn(them)
    answer = as_(them.bev, "arc", person=them.micky)
    assert answer.status_code == 403
    assert "shown by the one it is about" in answer.content.decode()
    drawn(them, shown=True)
    assert "Micky shows you this." in page_of(as_, them.bev, them.micky, to="2026-06")
    with as_owner():
        assert list(Look.objects.filter(person_id=them.micky.pk).values_list("by_id", "page")) == [
            (them.bev.pk, "arc")
        ]


def test_a_neighbour_finds_nothing_also_when_it_is_shown(them, as_):
    drawn(them, shown=True)
    assert as_(cast.person("Gary Neighbour"), "arc", person=them.micky).status_code == 404


def test_what_is_only_for_the_two_is_not_in_what_the_others_are_shown(them):
    with acting_as(them.micky):
        walks.record_moment(
            by=them.micky,
            person=them.micky,
            words="Not for anybody.",
            audience="only_us",
            kind="said",
            at=MAY,
        )
    drawn(them, shown=True)
    assert month(arc(them.micky, them.micky), "2026-05").mine
    assert not month(arc(them.bev, them.micky), "2026-05").mine


def test_an_event_is_left_out_and_put_back_and_stays_where_it_was_written(them, as_):
    drawn(them)
    event = month(arc(them.micky, them.micky), "2026-05").around[0]
    as_(them.micky, "arc_leave_out", person=them.micky,
        data={"month": "2026-05", "strand": "around", "what": event.key})  # fmt: skip
    may = month(arc(them.micky, them.micky), "2026-05")
    assert not may.around
    assert [line.leaves_out for line in may.left_out] == [event.key]
    with as_owner():
        line = ArcLine.objects.get(leaves_out=event.key)
    as_(them.micky, "arc_take_back", person=them.micky, data={"line": line.pk})
    assert month(arc(them.micky, them.micky), "2026-05").around[0].key == event.key


def test_a_setback_can_be_left_out_too(them, as_):
    drawn(them)
    setback = month(arc(them.micky, them.micky), "2026-06").setbacks[0]
    as_(them.micky, "arc_leave_out", person=them.micky,
        data={"month": "2026-06", "strand": "setback", "what": setback.key})  # fmt: skip
    assert not month(arc(them.micky, them.micky), "2026-06").setbacks


def test_words_of_ones_own_stand_in_a_month(them, as_):
    drawn(them)
    as_(them.micky, "arc_say", person=them.micky, data={"month": "2026-05", "words": "I got up every day."})
    assert "I got up every day." in page_of(as_, them.micky, them.micky, to="2026-06")


def test_too_many_words_are_told_and_nothing_is_lost(them, as_):
    drawn(them)
    page = as_(them.micky, "arc_say", person=them.micky, data={"month": "2026-05", "words": "x" * 301})
    assert "Say it in fewer words" in page.content.decode()
    assert "x" * 301 in page.content.decode()
    # The page stands at the address of the form then: its ways lead to the arc itself.
    assert f'href="{reverse("arc", args=[them.micky.pk])}?' in page.content.decode()
    assert 'href="?' not in page.content.decode()


@pytest.mark.parametrize("name", ["arc_draw", "arc_show", "arc_hide", "arc_put_away", "arc_say"])
def test_a_walker_changes_nothing_of_it(them, as_, name):
    drawn(them, shown=True)
    assert as_(them.bev, name, person=them.micky, data={"month": "2026-05", "words": "x"}).status_code == 403
    with as_owner():
        assert ArcChoice.objects.get(person=them.micky).shown_at is not None
        assert not ArcLine.objects.exists()


def test_show_hide_and_put_away_are_one_press_each(them, as_):
    for name in ("arc_draw", "arc_show", "arc_hide", "arc_show", "arc_put_away"):
        assert as_(them.micky, name, person=them.micky, data={}).status_code == 302
    with as_owner():
        choice = ArcChoice.objects.get(person=them.micky)
    assert (choice.seen_at, choice.shown_at) == (None, None)


def test_there_is_no_way_to_ask_for_more_than_one_persons_arc_or_to_put_people_in_order_by_it(them):
    asks = [
        value
        for name, value in vars(arcs).items()
        if inspect.isfunction(value)
        and value.__module__ == arcs.__name__
        and "viewer" in str(inspect.signature(value))
    ]
    assert asks
    for ask in asks:
        for name, asked in inspect.signature(ask).parameters.items():
            assert "list" not in str(asked.annotation).lower(), (ask.__name__, name)
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    arc_addresses = [name for name in names if name == "arc" or name.startswith("arc_")]
    assert {reverse(name, args=[them.micky.pk]).split("/arc/")[0] for name in arc_addresses} == {
        f"/people/{them.micky.pk}"
    }
    kept = {
        field for kind in (arcs.Arc, arcs.Month, arcs.Event) for field in kind.__dataclass_fields__.values()
    }
    assert not [field.name for field in kept if field.type in ("int", "float", int, float)]


def test_it_asks_as_often_for_a_full_year_as_for_an_empty_one(them, django_assert_max_num_queries):
    drawn(them)
    for day in range(1, 20):
        recorded(them.bev, them.micky, f"Day {day}.", at=MAY.replace(day=day))
    with acting_as(them.micky), memo.remembering(), django_assert_max_num_queries(14):
        arcs.arc_of(viewer=them.micky, person=them.micky, until=dt.date(2026, 6, 1))


@pytest.mark.parametrize("asked", ["", "2026", "2026-13", "9999-01", "june"])
def test_a_month_that_is_none_leads_to_this_one(asked):
    assert arcs.month_of(asked) is None
