"""A timeline is read a page at a time: everything once, nothing of anybody else's, as quick at 5,000 as at ten."""

import datetime as dt
import random
import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.consent.models import Basis
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.memo import remembering
from alongside.walks import operations as walks
from alongside.walks import queries
from alongside.walks.models import Moment
from alongside.walks.queries.timeline import cursor_of
from alongside.walks.tests.moments import (
    COVER,
    LONG_AGO,
    NEIGHBOUR,
    READER,
    TOGETHER,
    WALKER,
    micky_and_his_moments,
    recorded,
    walking,
)
from tests import cast
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db


built, world = standing(micky_and_his_moments)


def many(world, number, *, by=None, **more):
    """So many moments a quarter of an hour apart, the first of them long ago."""
    by = by or world.who[WALKER]
    rows = [
        Moment(
            person=world.micky, by=by, written_down_by=by, words=f"Number {n}.", kept_at=clock.now(),
            at=LONG_AGO + dt.timedelta(minutes=15 * n), **more,
        )
        for n in range(number)
    ]  # fmt: skip
    with as_owner():
        return Moment.objects.bulk_create(rows)


def pages(viewer, whose, between=lambda: None, **more):
    """Every page to the end, as keys."""
    cursor, found = "", []
    while True:
        with acting_as(viewer):
            page = queries.timeline(viewer=viewer, person=whose, cursor=cursor, **more)
        assert not page.lost
        found.append([told.pk for told in page.moments])
        if not (cursor := page.earlier):
            return found
        between()


def flat(found):
    return [key for page in found for key in page]


def in_order(world):
    with as_owner():
        return list(
            Moment.objects.filter(person=world.micky).order_by("-at", "-id").values_list("pk", flat=True)
        )


@pytest.mark.parametrize("number", [0, 4, 5, 6, 23])
def test_every_moment_is_there_once_newest_first(number, world):
    many(world, number)
    found = pages(world.micky, world.micky, most=5)
    assert flat(found) == in_order(world)
    assert all(len(page) <= 5 for page in found)


def test_moments_of_one_and_the_same_time_are_each_there_once(world):
    rows = many(world, 13)
    with as_owner():
        Moment.objects.filter(pk__in=[row.pk for row in rows]).update(at=LONG_AGO)
    assert flat(pages(world.micky, world.micky, most=3)) == in_order(world)


@pytest.mark.parametrize("seed", range(6))
def test_while_others_are_added_whatever_was_there_is_still_there_once(seed, world):
    chance, bev = random.Random(seed), world.who[WALKER]
    many(world, chance.randint(8, 30))
    before = in_order(world)

    def meanwhile():
        for _each in range(chance.randint(0, 3)):
            then = LONG_AGO + dt.timedelta(minutes=chance.randint(-500, 500))
            recorded(bev, world.micky, "Meanwhile.", at=then)

    found = flat(pages(bev, world.micky, meanwhile, most=chance.randint(1, 7)))
    assert len(found) == len(set(found))
    assert [key for key in found if key in set(before)] == before


def test_where_somebody_was_there_too_stands_on_their_page_in_its_place(world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    shared = [
        recorded(bev, world.micky, f"Together {n}.", with_=[denise], at=LONG_AGO + dt.timedelta(days=2 * n))
        for n in range(4)
    ]
    own = [recorded(bev, denise, f"Hers {n}.", at=LONG_AGO + dt.timedelta(days=2 * n + 1)) for n in range(4)]
    expected = [moment.pk for pair in zip(reversed(own), reversed(shared), strict=True) for moment in pair]
    assert flat(pages(denise, denise, most=3)) == expected


def test_the_other_moments_of_the_one_they_were_with_are_not_there(world):
    denise = world.who[TOGETHER]
    assert pages(denise, denise) == [[]]


def test_who_else_was_there_is_told(world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    shared = recorded(bev, world.micky, "Together.", with_=[denise])
    with acting_as(bev):
        told = queries.one(viewer=bev, moment=shared)
    assert [str(one) for one in told.others] == [str(denise)]


def test_a_reader_of_one_moment_finds_that_one(world):
    norah = world.who[READER]
    assert pages(norah, world.micky) == [[world.moment.pk]]


def test_a_neighbour_finds_nothing(world):
    assert pages(world.who[NEIGHBOUR], world.micky) == [[]]


@pytest.mark.parametrize(
    "cursor", ["x", "%00", "a" * 5000, "é", "-1", "2026-01-01|x", "\x00", "bm90aGluZw", "==", "..", "0"]
)
def test_a_link_that_leads_nowhere_is_a_first_page_that_says_so(cursor, world):
    with acting_as(world.micky):
        page = queries.timeline(viewer=world.micky, person=world.micky, cursor=cursor)
    assert page.lost
    assert [told.pk for told in page.moments] == in_order(world)


def test_a_link_of_somebody_elses_timeline_leads_nowhere_here(world):
    foreign = cursor_of(world.who[TOGETHER], (LONG_AGO, uuid4()))
    with acting_as(world.micky):
        page = queries.timeline(viewer=world.micky, person=world.micky, cursor=foreign)
    assert page.lost


def asked(viewer, whose, **narrowed):
    with acting_as(viewer):
        page = queries.timeline(viewer=viewer, person=whose, asked=queries.Asked(**narrowed))
    return [told.latest.words for told in page.moments]


def test_it_is_narrowed_to_a_kind(world):
    assert asked(world.micky, world.micky, kind="said") == ["I'm not going back in there."]


def test_it_is_narrowed_to_whose_moments(world):
    assert asked(world.micky, world.micky, who=world.micky.pk) == ["I'm not going back in there."]


@pytest.mark.parametrize("words", ["BREW", "van brew", "  the   van "])
def test_words_are_found_in_any_order_and_any_case(words, world):
    assert asked(world.micky, world.micky, words=words) == ["We had a brew by the van."]


@pytest.mark.parametrize("words", ["brew yard", "%", "_______", "\\", "x" * 300])
def test_signs_are_words_too_and_what_is_not_there_is_not_found(words, world):
    assert asked(world.micky, world.micky, words=words) == []


def test_words_of_an_answer_find_its_moment(world):
    with acting_as(world.micky):
        walks.answer_moment(by=world.micky, moment=world.moment, words="The tea was stewed.")
    assert asked(world.who[WALKER], world.micky, words="stewed") == ["We had a brew by the van."]


def test_words_only_for_two_are_found_by_nobody_else(world):
    recorded(world.who[WALKER], world.micky, "About the knife.", audience="only_us")
    assert asked(world.micky, world.micky, words="knife") == ["About the knife."]
    assert asked(world.who[COVER], world.micky, words="knife") == []


def test_a_narrowed_timeline_is_paged_like_any_other(world):
    many(world, 12, kind="event")
    found = pages(world.micky, world.micky, most=5, asked=queries.Asked(kind="event"))
    assert [len(page) for page in found] == [5, 5, 2]


def statements(viewer, whose, **more):
    with (
        acting_as(viewer),
        remembering(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        queries.timeline(viewer=viewer, person=whose, **more)
    return asked


@pytest.mark.parametrize("more", [{}, {"asked": queries.Asked(words="number")}])
def test_it_asks_as_often_for_many_as_for_few(more, world):
    bev = world.who[WALKER]
    _told_by_everybody(world, 1)
    few = len(statements(bev, world.micky, **more))
    many(world, 60)
    _told_by_everybody(world, 6)
    assert len(statements(bev, world.micky, **more)) == few
    assert few <= 9


def _told_by_everybody(world, number):
    for n in range(number):
        moment = recorded(world.who[WALKER], world.micky, f"Number two {n}.", with_=[world.who[TOGETHER]])
        with acting_as(world.micky):
            walks.answer_moment(by=world.micky, moment=moment, words="Aye.")


def plan(viewer, whose, cursor):
    """How the database finds one page of a timeline, as its ordinary role."""
    found = [
        one["sql"]
        for one in statements(viewer, whose, cursor=cursor)
        if "ORDER BY" in one["sql"] and "LIMIT 26" in one["sql"]
    ]
    assert len(found) == 2
    with acting_as(viewer), connection.cursor() as database:
        plans = []
        for sql in found:
            database.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) {sql}")
            plans.append("\n".join(line for (line,) in database.fetchall()))
    return plans


@pytest.mark.parametrize("who", [WALKER, COVER])
def test_with_five_thousand_the_order_of_the_index_carries_every_page(who, world):
    rows = many(world, 5000)
    with as_owner() as cursor:
        cursor.execute("ANALYZE walks_moment, walks_momentwith, walks_walkperson, consent_basis")
    middle = cursor_of(world.micky, (rows[2500].at, rows[2500].pk))
    for cursor in ("", middle):
        own, there_too = plan(world.who[who], world.micky, cursor)
        assert "moment_person_at" in own, own
        # No more than a page is read, already in order, wherever in the five thousand it begins.
        assert own.startswith("Limit (actual rows=26"), own
        assert "Sort" not in own.split("InitPlan")[0], own
        assert "Rows Removed by Filter" not in own.split("InitPlan")[0], own
        assert not re.search("Seq Scan on walks_moment(?!with)", there_too), there_too


def test_a_basis_that_ended_shows_no_page_more(world):
    many(world, 30)
    priya = world.who[COVER]
    with acting_as(priya):
        first = queries.timeline(viewer=priya, person=world.micky)
    with as_owner():
        Basis.objects.filter(actor=priya).update(to_at=clock.now())
    with acting_as(priya):
        assert not queries.timeline(viewer=priya, person=world.micky, cursor=first.earlier).moments


def test_a_moment_opens_on_its_persons_page_and_on_theirs_who_were_there_and_on_no_other(world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    tracey = cast.person("Tracey Hallam")
    walking(bev, world.who[COVER], tracey)
    shared = recorded(bev, world.micky, "Together.", with_=[denise])

    def opens(page: UUID):
        with acting_as(bev):
            return queries.moment_to_open(viewer=bev, person=page, moment=shared.pk)

    assert opens(world.micky.pk).pk == opens(denise.pk).pk == shared.pk
    assert opens(tracey.pk) is None
    assert opens(uuid4()) is None
