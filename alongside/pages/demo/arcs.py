"""What is the person's alone: their arc, in their words, shown by two of them; and one map of a life."""

import datetime as dt
from collections.abc import Iterator

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import LIFE_MAP, SHOW_THEIR_ARC
from alongside.pages.demo.events import RESTED, Event
from alongside.pages.demo.life import Life
from alongside.walks import operations as walk_room
from alongside.walks.models import ArcLine

A_MONTH = 30.4


def arcs(life: Life) -> Iterator[Event]:
    """The arc as it is today, and the map."""
    yield life.event(life.told["start_days_ago"] - 2, RESTED, _draw, life)
    whose, day, places = LIFE_MAP
    if life.name == whose:
        yield life.event(day, RESTED, _map, life, places)


def _draw(life: Life) -> None:
    """They look at it first; say in their own words what each month was; and two let whoever walks with them see."""
    person = life.whose
    with acting_as(person):
        walk_room.draw_arc(by=person, person=person)
        for entry in life.told["arc"]:
            month = _month(life, entry["month"])
            for strand, key in ((ArcLine.Strand.AROUND, "support"), (ArcLine.Strand.MINE, "own")):
                for words in entry[key]:
                    walk_room.say_in_arc(by=person, person=person, month=month, words=words, strand=strand)
        if life.name in SHOW_THEIR_ARC:
            walk_room.show_arc(by=person, person=person)


def _month(life: Life, number: int) -> dt.date:
    middle = life.days.first + dt.timedelta(days=round((number - 0.5) * A_MONTH))
    return min(middle, clock.today())


def _map(life: Life, places: list[tuple[str, str]]) -> None:
    person = life.whose
    with acting_as(person):
        for number, (name, words) in enumerate(places):
            at = clock.now() + dt.timedelta(minutes=number)
            walk_room.put_on_life_map(by=person, person=person, name=name, words=words, at=at)
