"""Days of those who walk alongside: one is full, one is away next week, and this morning nobody covers for one."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils import timezone

from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import AWAY, FULL, LEAVE
from alongside.pages.demo.cast import Cast
from alongside.pages.demo.events import Calendar, Event
from alongside.people.models import Person
from alongside.walks import operations as walk_room
from alongside.walks.gaps import find_gaps


def _full(worker: Person, words: str) -> None:
    with acting_as(worker):
        walk_room.say_full(by=worker, words=words)


def _away(worker: Person, from_day: dt.date, to_day: dt.date) -> None:
    with acting_as(worker):
        walk_room.say_away(by=worker, worker=worker, from_day=from_day, to_day=to_day)


def _morning() -> None:
    find_gaps()


def days_of_work(stories: dict[str, Any], cast: Cast, today: dt.date) -> Iterator[Event]:
    """Who is full, who was and will be away; and the look of this morning."""
    now = timezone.now()
    worker, ago, words = FULL
    yield Event(now - dt.timedelta(days=ago), 0, partial(_full, cast[worker], words))
    for who, first, last, ago in AWAY:
        days = (today + dt.timedelta(days=day) for day in (first, last))
        yield Event(now - dt.timedelta(days=ago), 0, partial(_away, cast[who], *days))
    name, who, first, last = LEAVE
    story = Calendar(next(one["start_days_ago"] for one in stories["stories"] if one["id"] == name), today)
    days = (story.first + dt.timedelta(days=day) for day in (first, last))
    yield Event(story.moment(first - 10), 0, partial(_away, cast[who], *days))
    yield Event(now - dt.timedelta(minutes=30), 0, _morning)
