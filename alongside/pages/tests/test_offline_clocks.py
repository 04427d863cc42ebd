"""When something happened, told by a phone whose clock may be wrong."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.pages.offline.clocks import CLOSE, Clocks, happened_at, on_day

THEN = dt.datetime(2027, 3, 10, 9, 0, tzinfo=dt.UTC)
NOW = THEN + dt.timedelta(hours=8)
HOURS = st.integers(-1000, 1000).map(lambda hours: dt.timedelta(hours=hours))


def wrong_by(before: dt.timedelta, after: dt.timedelta | None = None) -> Clocks:
    """A phone that was ahead by so much in the morning, and by so much when it sent."""
    return Clocks(THEN, THEN + before, NOW, NOW + (before if after is None else after))


@pytest.mark.parametrize("hours", [0, 26, -9, 24 * 365])
def test_a_clock_that_is_wrong_all_day_is_put_right(hours: int) -> None:
    ahead = dt.timedelta(hours=hours)
    at = THEN + dt.timedelta(hours=3)
    assert happened_at(at + ahead, wrong_by(ahead)) == at


def test_a_clock_put_right_at_noon_is_believed_as_it_was_when_the_words_were_kept() -> None:
    ahead, at = dt.timedelta(hours=26), THEN + dt.timedelta(hours=2)
    set_right = wrong_by(ahead, dt.timedelta(0))
    assert happened_at(at + ahead, set_right) == at
    assert happened_at(NOW - dt.timedelta(hours=1), set_right) == NOW - dt.timedelta(hours=1)


def test_seconds_of_difference_are_no_reason_to_doubt() -> None:
    just_before = THEN - CLOSE / 2
    assert happened_at(just_before, wrong_by(dt.timedelta(0))) == THEN
    assert happened_at(NOW + CLOSE / 2, wrong_by(dt.timedelta(0))) == NOW


def test_a_time_that_fits_neither_clock_is_the_nearer_end() -> None:
    right = wrong_by(dt.timedelta(0))
    assert happened_at(THEN - dt.timedelta(days=9), right) == THEN
    assert happened_at(NOW + dt.timedelta(days=9), right) == NOW


@given(kept=HOURS, before=HOURS, after=HOURS)
def test_whatever_a_phone_says_it_was_between_the_places_last_answer_and_its_arrival(
    kept: dt.timedelta, before: dt.timedelta, after: dt.timedelta
) -> None:
    assert THEN <= happened_at(THEN + kept, wrong_by(before, after)) <= NOW


def test_a_day_that_was_chosen_is_that_days_noon_here() -> None:
    at = on_day(dt.date(2027, 3, 8), NOW)
    assert timezone.localtime(at).isoformat()[:16] == "2027-03-08T12:00"


def test_the_day_it_was_kept_keeps_its_hour() -> None:
    assert on_day(timezone.localdate(NOW), NOW) == NOW
