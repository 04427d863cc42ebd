"""Every combination of how somebody wants to be reached: the way it goes, when, and what it says.

Serves I5 and I11 in one promise: never a way that is never, never outside their
hours, never words on a phone that others pick up, and never nobody.
"""

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.messages import reaching
from alongside.people.models import Channel, Person, Reach

LEAVES = {"email", "text"}
CARRIED = st.sets(st.sampled_from(sorted(LEAVES)))
HOURS = st.one_of(st.none(), st.times().map(lambda time: time.replace(microsecond=0)))
MOMENTS = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC))


@st.composite
def reaches(draw):
    """Somebody, with or without an account, and how they want to be reached: anything the tables can hold."""
    never = draw(st.lists(st.sampled_from(Channel.values), unique=True))
    whoever = Person(name="Tracey Hallam", account_id=draw(st.sampled_from([None, uuid4()])))
    hours = draw(st.tuples(HOURS, HOURS))
    return Reach(
        person=whoever,
        how=draw(st.sampled_from(Channel.values)),
        never=never,
        from_hour=hours[0],
        to_hour=hours[1],
        languages=draw(st.sampled_from([[], ["cy"], ["pl", "en"]])),
        phone=draw(st.sampled_from(["", "07700 900123"])),
        email=draw(st.sampled_from(["", "trace@tynebank.example"])),
        who_may_answer=draw(st.sampled_from(["", "me, or my brother"])),
        safe_word="bluebell",
    )


def way(reach, carried, *, now=None, **how):
    """The way to somebody in a place that carries these ways."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reaching, "reach_of", lambda person: reach)
        patch.setattr(reaching.providers, "carries", lambda channel: channel in carried)
        return reaching.way_to(reach.person, now=now or timezone.now(), **how)


def possible(reach, carried):
    """Every way they leave open and we have, said again in plain words."""
    open_ways = {"in_person", "letter", "voice_note"}
    open_ways |= {"own_page"} if reach.person.account_id else set()
    open_ways |= {"email"} if reach.email and "email" in carried else set()
    open_ways |= {"text"} if reach.phone and "text" in carried else set()
    open_ways |= {"call"} if reach.phone or reach.how == "call" else set()
    return open_ways - set(reach.never)


@given(reaches(), CARRIED, st.sampled_from(["", *Channel.values]))
def test_it_goes_by_a_way_they_left_open_and_we_have(reach, carried, asked):
    found = way(reach, carried, asked=asked)
    assert found.channel not in reach.never
    if found.channel:
        assert found.channel in possible(reach, carried)
    else:
        # A voice note is only ever sent where that is how they asked to be reached.
        assert possible(reach, carried) <= {"voice_note"}


@given(reaches(), CARRIED, st.sampled_from(["", *Channel.values]))
def test_a_wish_comes_first_then_how_they_asked_then_what_is_nearest(reach, carried, asked):
    turn = [asked, reach.how, "own_page", "email", "text", "call", "in_person", "letter"]
    first = next((one for one in turn if one in possible(reach, carried)), "")
    assert way(reach, carried, asked=asked).channel == first


@given(reaches(), CARRIED)
def test_only_what_leaves_the_house_has_an_address_and_it_is_theirs(reach, carried):
    found = way(reach, carried)
    assert found.address == {"email": reach.email, "text": reach.phone}.get(found.channel, "")
    assert found.by_a_human == (found.channel in {"call", "in_person", "letter", "voice_note"})


@given(reaches(), CARRIED, MOMENTS)
def test_nothing_rings_outside_their_hours(reach, carried, now):
    found = way(reach, carried, now=now)
    if found.channel not in LEAVES:
        assert found.not_before is None
        return
    goes = (found.not_before or now).astimezone(timezone.get_default_timezone())
    assert goes >= now.astimezone(timezone.get_default_timezone())
    assert goes - now < dt.timedelta(hours=25)
    assert in_their_hours(goes.time(), reach.from_hour, reach.to_hour)


def in_their_hours(time, start, end):
    start, end = start or dt.time.min, end or dt.time.max
    return start <= time <= end if start <= end else time >= start or time <= end


@given(reaches(), CARRIED, MOMENTS)
def test_what_they_wait_for_goes_at_any_hour(reach, carried, now):
    assert way(reach, carried, now=now, at_once=True).not_before is None


@given(reaches(), CARRIED, st.sampled_from(["", "text", "email"]))
def test_a_phone_that_others_pick_up_only_rings(reach, carried, asked):
    found = way(reach, carried, asked=asked)
    assert found.only_ring == (found.channel == "text" and reach.who_may_answer != "")


@given(reaches(), CARRIED)
def test_the_way_carries_their_first_language_and_never_the_safe_word(reach, carried):
    found = way(reach, carried)
    assert found.language == (reach.languages[0] if reach.languages else "")
    assert "bluebell" not in repr(found)


@pytest.mark.parametrize(
    ("now", "start", "end", "goes"),
    [
        ("2026-11-18 15:59", "16:00", "20:00", "2026-11-18 16:00"),
        ("2026-11-18 16:00", "16:00", "20:00", None),
        ("2026-11-18 20:00", "16:00", "20:00", None),
        ("2026-11-18 20:01", "16:00", "20:00", "2026-11-19 16:00"),
        ("2026-11-18 23:30", "22:00", "06:00", None),  # over midnight
        ("2026-11-19 05:30", "22:00", "06:00", None),
        ("2026-11-19 06:01", "22:00", "06:00", "2026-11-19 22:00"),
        ("2026-11-18 08:00", "09:00", None, "2026-11-18 09:00"),  # one hour alone
        ("2026-11-18 21:00", None, "20:00", "2026-11-19 00:00"),
        ("2026-11-18 03:00", None, None, None),
        ("2026-12-25 08:00", "09:00", "17:00", "2026-12-25 09:00"),  # a bank holiday is a day like any other
        ("2026-03-28 21:00", "08:00", "20:00", "2026-03-29 08:00"),  # the night that loses an hour
        ("2026-10-24 21:00", "08:00", "20:00", "2026-10-25 08:00"),  # the night that has one twice
        ("2026-02-28 21:00", "08:00", "20:00", "2026-03-01 08:00"),
    ],
)
def test_it_waits_for_the_next_good_hour(now, start, end, goes):
    def at(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())

    hours = [dt.time.fromisoformat(one) if one else None for one in (start, end)]
    assert reaching.in_hours(at(now), *hours) == (at(goes) if goes else None)


def test_in_summer_their_hours_are_those_on_the_wall():
    eight = dt.time(8)
    assert reaching.in_hours(dt.datetime(2026, 7, 1, 7, 30, tzinfo=dt.UTC), eight, dt.time(20)) is None
    assert reaching.in_hours(dt.datetime(2026, 7, 1, 19, 30, tzinfo=dt.UTC), eight, dt.time(20)) is not None


def test_where_every_way_is_never_a_human_is_told_plainly():
    assert "A human who knows them decides" in reaching.never_at_all()
