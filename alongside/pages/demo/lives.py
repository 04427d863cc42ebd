"""What the six stories' people said, drew, allowed, took back and were looked at for, day by day.

A room adds its own part of a life in a file of its own: a function that takes a `Life` and yields events,
named in `CHAPTERS`.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from alongside.consent import operations as consent
from alongside.kernel.acting import acting_as
from alongside.pages.demo.arcs import arcs
from alongside.pages.demo.cast import Cast
from alongside.pages.demo.events import (
    COVERING,
    LOOKED,
    OPENED,
    REASONS,
    SAID,
    TAKEN_BACK,
    TIED,
    WALKING,
    Calendar,
    Event,
)
from alongside.pages.demo.extras import (
    COVERS,
    DUTIES,
    LAW,
    LINES,
    NEIGHBOURS_OF,
    NEIGHBOURS_WORDS,
    OPENS,
)
from alongside.pages.demo.life import Life
from alongside.pages.demo.planning import plans
from alongside.pages.demo.promising import promises
from alongside.pages.demo.walking import walks
from alongside.people.models import Person


def _name_the_law(steward: Person) -> None:
    with acting_as(steward):
        for code, (basis, statute, plain) in LAW.items():
            consent.name_legal_reason(by=steward, code=code, basis=basis, statute=statute, plain_words=plain)


def lives(stories: dict[str, Any], cast: Cast, today: dt.date) -> Iterator[Event]:
    """Every event of every story, unordered."""
    longest = max(story["start_days_ago"] for story in stories["stories"])
    yield Event(Calendar(longest + 30, today).moment(0), 0, partial(_name_the_law, cast["st1"]))
    offices = {entry["id"]: entry["name"] for entry in stories["shared"]["organisations"]}
    for told in stories["stories"]:
        yield from _one_life(Life(told | {"offices": offices}, cast, today))


def _one_life(life: Life) -> Iterator[Event]:
    for chapter in CHAPTERS:
        yield from chapter(life)


def _words(life: Life) -> Iterator[Event]:
    for entry in [*life.told.get("story", ()), *_said_elsewhere(life.told)]:
        yield life.event(entry["day"], SAID, life.say, entry)
    for line in LINES.get(life.name, ()):
        yield life.event(line.day, SAID, life.line, line.kind, line.words, line.key, line.person)


def _said_elsewhere(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The pavilion's people have no story of their own in the file: their strengths and what they said."""
    if "story" in told:
        return
    for person in told["people"]:
        yield {"part": "good_at", "day": 1, "by": person["id"], "words": person["good_at"].capitalize()}
    for said in told["outcomes_in_own_words"]:
        yield {"part": "what_matters", "day": said["day"], "by": said["by"], "words": said["words"]}


def _circle(life: Life) -> Iterator[Event]:
    first = min((entry["day"] for entry in life.told.get("story", ())), default=1)
    for entry in life.told.get("circle_start", ()):
        yield life.event(first, TIED, life.tie, entry, later=False)
    for entry in life.told.get("circle_later", ()):
        yield life.event(entry["since_day"], TIED, life.tie, entry, later=True)


def _walks_with(entry: dict[str, Any], life: Life) -> bool:
    return (life.name, entry["given_to"]) not in OPENS and not entry.get("refused")


def _say_so(life: Life) -> Iterator[Event]:
    for entry in life.told.get("permissions", ()):
        if entry.get("refused"):
            yield life.event(entry["day"], OPENED, life.refuse, entry)
        elif _walks_with(entry, life):
            person = life.giver(entry)
            yield life.event(entry["day"], WALKING, life.walk, entry["given_to"], entry["for"], person=person)
        else:
            yield life.event(entry["day"], OPENED, life.open_parts, entry)
        if "ended_day" in entry:
            yield life.event(entry["ended_day"], TAKEN_BACK, life.take_back, entry)
        if "renewed_day" in entry:
            yield life.event(entry["renewed_day"], TAKEN_BACK, life.renew, entry)
    yield from _covers(life)


def _covers(life: Life) -> Iterator[Event]:
    """Whoever covers for the walker has the person's say-so too, from the day of the first one."""
    days = [entry["day"] for entry in life.told.get("permissions", ())]
    known = {entry["given_to"] for entry in life.told.get("permissions", ())}
    covers = list(COVERS.get(life.name, ()))
    cover = life.told.get("cover")
    if cover and cover not in known | {who for who, *_rest in covers}:
        covers.append((cover, min(days), None, "cover, so that I am not left on my own"))
    for who, day, until, why in covers:
        yield life.event(day, COVERING, life.walk, who, why, person=life.whose, until=until)


def _looks(life: Life) -> Iterator[Event]:
    for entry in life.told.get("looked_at", ()):
        who = entry["who"]
        if code := DUTIES.get((life.name, who)):
            yield life.event(entry["day"], REASONS, life.by_duty, who, code, entry["why"], 30)
        elif entry["why"].startswith("reaching out"):
            yield life.event(
                entry["day"], REASONS, life.by_duty, who, "asking-how-they-are", entry["why"], 21
            )
        yield life.event(entry["day"], LOOKED, life.look, entry)


def _neighbours(life: Life) -> Iterator[Event]:
    if life.name == NEIGHBOURS_OF:
        yield life.event(0, REASONS, life.live_close, "neighbour", NEIGHBOURS_WORDS)


def _paper(life: Life) -> Iterator[Event]:
    yield life.event(life.told["start_days_ago"], TAKEN_BACK, life.one_page)


Chapter = Callable[[Life], Iterator[Event]]
# What a life is made of. A room above adds one line here and keeps its events in a file of its own.
CHAPTERS: tuple[Chapter, ...] = (
    _words,
    _circle,
    _say_so,
    walks,
    plans,
    promises,
    _looks,
    _neighbours,
    _paper,
    arcs,
)
