"""Days as people say them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils.translation import override

from alongside.design.days import as_heading, as_people_say

THURSDAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 19), "Today"),
        (date(2026, 11, 18), "Yesterday"),
        (date(2026, 11, 20), "Tomorrow"),
        (date(2026, 11, 17), "Tuesday, 2 days ago"),
        (date(2026, 11, 13), "Friday, 6 days ago"),
        (date(2026, 11, 12), "12 November"),
        (date(2026, 11, 24), "Tuesday, in 5 days"),
        (date(2026, 12, 25), "25 December"),
        (date(2021, 5, 4), "4 May 2021"),
    ],
)
def test_a_day_is_said_as_a_person_would(day: date, said: str) -> None:
    assert as_people_say(day, THURSDAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 19), "today"),
        (date(2026, 11, 18), "yesterday"),
        (date(2026, 11, 20), "tomorrow"),
        (date(2026, 11, 17), "Tuesday, 2 days ago"),
        (date(2026, 11, 12), "12 November"),
    ],
)
def test_within_a_sentence_only_a_name_begins_with_a_capital(day: date, said: str) -> None:
    assert as_people_say(day, THURSDAY, within=True) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 19), "Today"),
        (date(2026, 11, 18), "Yesterday"),
        (date(2026, 11, 17), "Tuesday 17 November"),
        (date(2021, 5, 4), "Tuesday 4 May 2021"),
    ],
)
def test_over_what_happened_in_it_a_day_is_said_in_full(day: date, said: str) -> None:
    assert as_heading(day, THURSDAY) == said


def test_late_in_the_evening_belongs_to_the_day_people_are_living() -> None:
    with time_machine.travel(datetime(2026, 6, 10, 12, tzinfo=UTC)):
        assert as_people_say(datetime(2026, 6, 9, 23, 30, tzinfo=UTC)) == "Today"


def test_a_moment_without_a_zone_keeps_its_own_day() -> None:
    assert as_people_say(datetime(2026, 11, 18, 23, 59), THURSDAY) == "Yesterday"


def test_a_weekday_is_said_in_the_readers_language() -> None:
    with override("cy"):
        assert as_people_say(date(2026, 11, 12), THURSDAY) == "12 Tachwedd"
