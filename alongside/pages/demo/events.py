"""The stories as moments in order: each is (when, what happens)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils import timezone

NOON = dt.time(12)
# Within a day: law, say-so to walk, then to cover, the walk itself, words, circle, say-so of parts, plans, what
# happened, looks, and only then endings.
REASONS, WALKING, COVERING, BEGUN, SAID, TIED, OPENED, PLANNED, HAPPENED, LOOKED, TAKEN_BACK, RESTED = range(
    12
)


class Event(NamedTuple):
    """Something that happens at a moment; `order` keeps what belongs together in order within a day."""

    at: dt.datetime
    order: int
    happen: Callable[[], None]


class Calendar:
    """The days of one story, counted back from today so that the demo never goes stale."""

    def __init__(self, start_days_ago: int, today: dt.date) -> None:
        self.first = today - dt.timedelta(days=start_days_ago)
        self.today = today

    def moment(self, day: int, order: int = 0) -> dt.datetime:
        """Noon of that day, a minute later for each step of order; never after now."""
        at = timezone.make_aware(dt.datetime.combine(self.first + dt.timedelta(days=day), NOON))
        return min(
            at + dt.timedelta(minutes=order), timezone.now() - dt.timedelta(minutes=60 - min(order, 59))
        )


def day_in(words: object) -> int | None:
    """The day in "day 120", or None."""
    text = str(words)
    return int(text.split()[1]) if text.startswith("day ") else None


def in_order(events: Iterable[Event]) -> list[Event]:
    """Every story's events, woven into one time."""
    return sorted(events, key=lambda event: (event.at, event.order))
