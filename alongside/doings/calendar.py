"""Promises as an iCalendar feed (RFC 5545), by hand: a handful of lines, and nothing else to keep up with."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.doings.models import Promise
from alongside.doings.told import ToldPromise

MOST_OCTETS = 75
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
# Somebody's visit is an hour long where nobody said.
AN_HOUR = dt.timedelta(hours=1)


def feed(promises: Iterable[ToldPromise], *, plain: bool, now: dt.datetime) -> str:
    """A calendar of these promises. `plain`: titles without words. Lines end in CRLF, none over 75 octets."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Alongside//Promises//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", f"X-WR-CALNAME:{escaped(_('My days'))}",
    ]  # fmt: skip
    for told in promises:
        lines += _event(told, plain=plain, now=now)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(told: ToldPromise, *, plain: bool, now: dt.datetime) -> Iterator[str]:
    promise = told.promise
    yield "BEGIN:VEVENT"
    yield f"UID:{promise.pk}@alongside"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"LAST-MODIFIED:{_utc(promise.told_at or promise.at)}"
    # What was settled since has a higher number, so that a calendar takes it over.
    yield f"SEQUENCE:{len(promise.steps.all())}"
    yield from _when(promise)
    yield f"SUMMARY:{escaped(title(told, plain=plain))}"
    if promise.where_words and not plain:
        yield f"LOCATION:{escaped(promise.where_words)}"
    # In a diary others share, it is only a time that is taken.
    yield "CLASS:PRIVATE"
    yield f"TRANSP:{'OPAQUE' if promise.at_time else 'TRANSPARENT'}"
    yield "END:VEVENT"


def title(told: ToldPromise, *, plain: bool) -> str:
    """What a calendar shows of a promise: without words, or who and what."""
    if plain:
        return _("Somebody is coming") if told.promise.coming else _("Something for today")
    return f"{told.owner}: {told.promise.words}"


def _when(promise: Promise) -> Iterator[str]:
    if promise.at_time is None:
        yield f"DTSTART;VALUE=DATE:{promise.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{promise.day + dt.timedelta(days=1):%Y%m%d}"
    else:
        # In UTC, so that no time zone has to be described: the clock on the wall is turned by whoever reads.
        begins = timezone.make_aware(dt.datetime.combine(promise.day, promise.at_time))
        yield f"DTSTART:{_utc(begins)}"
        yield f"DTEND:{_utc(begins + AN_HOUR)}"


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(words: str) -> str:
    """Text as RFC 5545 wants it: backslash, semicolon, comma and line ends escaped, control characters gone."""
    words = CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line broken where it is longer than 75 octets, never inside a letter; each further line begins with a space."""
    parts, now, most = [], "", MOST_OCTETS
    for letter in line:
        if len((now + letter).encode()) > most:
            parts.append(now)
            # The space that begins it counts too.
            now, most = "", MOST_OCTETS - 1
        now += letter
    return "\r\n ".join([*parts, now])
