"""When something happened, told by a phone whose clock may be wrong."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateparse import parse_datetime

# A phone's clock may be wrong by decades; years beyond these no calendar of ours can count with.
YEARS = range(1900, 3000)
# Clocks differ by seconds, and the way here takes some.
CLOSE = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Clocks:
    """What is known of a phone's clock, all with a time zone.

    `place_then` and `phone_then`: both clocks, when the place last answered the phone before the words were
    kept. `place_now` and `phone_now`: both, when they were sent.
    """

    place_then: dt.datetime
    phone_then: dt.datetime
    place_now: dt.datetime
    phone_now: dt.datetime


def happened_at(kept: dt.datetime, clocks: Clocks) -> dt.datetime:
    """The place's time at which the phone's clock showed `kept`.

    The words were kept after the place last answered and before they came, whatever the phone says. Within
    that, we trust the phone's clock as it was wrong before, then as it is wrong now; where neither fits (it
    was set meanwhile), the nearer end.
    """
    before = kept + (clocks.place_then - clocks.phone_then)
    after = kept + (clocks.place_now - clocks.phone_now)
    for guess in (before, after):
        if clocks.place_then - CLOSE <= guess <= clocks.place_now + CLOSE:
            return min(max(guess, clocks.place_then), clocks.place_now)
    return clocks.place_then if before < clocks.place_then else clocks.place_now


def a_time(said: str) -> dt.datetime:
    """The time that is said, with its zone. Raises ValueError where it is none, TypeError where it is no text."""
    found = parse_datetime(said)
    if found is None or timezone.is_naive(found) or found.year not in YEARS:
        raise ValueError("no time")
    return found


def on_day(day: dt.date, kept_at: dt.datetime) -> dt.datetime:
    """The moment that is meant by a day somebody chose: as kept where it is that day, else its noon here."""
    if timezone.localdate(kept_at) == day:
        return kept_at
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))
