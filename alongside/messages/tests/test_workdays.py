"""When a human is at the door, and what one working day after a hello is (I11).

The clock is the place's own: weekends, the bank holidays of its country, their substitute days, and the two
nights a year on which an hour is lost or comes twice.
"""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.messages import workdays


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-04-02", True),  # the day before Good Friday
        ("2026-04-03", False),  # Good Friday
        ("2026-04-05", False),  # Easter Sunday
        ("2026-04-06", False),  # Easter Monday
        ("2026-04-07", True),
        ("2026-05-04", False),  # Early May
        ("2026-08-31", False),  # Summer, in England
        ("2026-12-25", False),
        ("2026-12-28", False),  # for Boxing Day, which is a Saturday
        ("2027-12-27", False),  # for Christmas Day, which is a Saturday
        ("2027-12-28", False),  # for Boxing Day, which is a Sunday
        ("2028-01-03", False),  # for New Year's Day, which is a Saturday
        ("2028-01-04", True),
        ("2026-11-21", False),  # a Saturday
        ("2026-11-22", False),  # a Sunday
    ],
)
def test_weekends_bank_holidays_and_their_substitutes_are_no_working_days(day, works):
    assert workdays.is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("country", "day", "works"),
    [
        ("SCT", "2026-04-06", True),  # Easter Monday is not one in Scotland
        ("SCT", "2026-11-30", False),  # St Andrew's Day
        ("SCT", "2026-08-03", False),
        ("SCT", "2026-08-31", True),
        ("NIR", "2026-07-13", False),  # for the Twelfth, which is a Sunday
        ("NIR", "2026-03-17", False),
        ("ENG", "2026-03-17", True),
        ("WLS", "2026-04-06", False),
    ],
)
def test_each_country_has_its_own(settings, country, day, works):
    settings.DOOR_COUNTRY = country
    assert workdays.is_working_day(dt.date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-18 08:59:59", False),
        ("2026-11-18 09:00", True),
        ("2026-11-18 16:59:59", True),
        ("2026-11-18 17:00", False),
        ("2026-11-21 12:00", False),
        ("2026-04-03 12:00", False),
    ],
)
def test_the_door_is_open_from_its_first_minute_to_its_last(moment, is_open):
    assert workdays.is_open(at(moment)) is is_open


def test_in_summer_the_door_opens_by_the_clock_on_the_wall():
    assert workdays.is_open(dt.datetime(2026, 7, 1, 8, 30, tzinfo=dt.UTC))
    assert not workdays.is_open(dt.datetime(2026, 7, 1, 16, 30, tzinfo=dt.UTC))


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-04-02 15:00", "2026-04-07 15:00"),  # before Easter: the Tuesday after
        ("2026-04-03 12:00", "2026-04-07 17:00"),  # on Good Friday: by the end of Tuesday
        ("2026-11-18 17:00", "2026-11-19 17:00"),  # as the door shuts
        ("2026-11-20 23:30", "2026-11-23 17:00"),  # Friday night
        ("2026-11-23 00:10", "2026-11-23 17:00"),  # after midnight before a working day: that day
        ("2026-12-31 16:00", "2027-01-04 16:00"),
        ("2027-12-24 16:00", "2027-12-29 16:00"),  # both substitutes
        ("2026-03-27 15:00", "2026-03-30 15:00"),  # the clocks go forward in between
        ("2026-10-23 15:00", "2026-10-26 15:00"),  # and back
    ],
)
def test_one_working_day_after(said, due):
    assert workdays.one_working_day_after(at(said)) == at(due)


def test_a_place_with_other_hours_keeps_its_own(settings):
    settings.DOOR_OPENS, settings.DOOR_SHUTS = "10:30", "20:00"
    assert workdays.hours() == (dt.time(10, 30), dt.time(20))
    assert workdays.is_open(at("2026-11-18 19:30"))
    assert workdays.one_working_day_after(at("2026-11-18 10:00")) == at("2026-11-18 20:00")


@given(st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2035, 12, 31), timezones=st.just(dt.UTC)))
def test_an_answer_is_always_due_later_on_a_working_day_while_somebody_is_there(said):
    due = workdays.one_working_day_after(said).astimezone(timezone.get_default_timezone())
    opens, shuts = workdays.hours()
    assert due > said
    assert workdays.is_working_day(due.date())
    assert opens <= due.time() <= shuts
    # Never more than the longest holiday of the year away.
    assert due - said < dt.timedelta(days=6)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31)))
def test_the_next_working_day_leaves_out_none(day):
    following = workdays.next_working_day(day)
    assert workdays.is_working_day(following)
    between = [day + dt.timedelta(days=n) for n in range(1, (following - day).days)]
    assert not any(workdays.is_working_day(one) for one in between)


def test_the_day_is_told_as_people_say_it():
    assert workdays.day_and_time(at("2026-11-23 17:00")) == "Monday 23 November, 17:00"
    assert workdays.day_and_time(dt.datetime(2026, 7, 1, 16, 5, tzinfo=dt.UTC)) == "Wednesday 1 July, 17:05"
