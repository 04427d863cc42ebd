"""What an ending would break: rooms above say which relationships somebody keeps, before anything ends (I32).

A room that keeps relationships registers itself once, in its `AppConfig.ready`:

    from alongside.people.endings import before_ending
    before_ending("walks", walks_kept_by)

`walks_kept_by(keepers: Sequence[UUID]) -> Iterable[Relationship]` answers, for people by their keys, every
relationship that would be without them and has no handover yet; one that is handed over, or over, is not named any
more, and that is all it takes to let the ending go on. It is asked inside the work `people.ending`, which the room's
row-level security lets read (`doing("people.ending")`) or answers by a narrow guard function: the steward who asks
may not know of most of them. It gives keys and no names; who may know which name is decided here, once.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from alongside.kernel.acting import working_on
from alongside.people.models import Person


class Relationship(NamedTuple):
    """One relationship that would break: the key of the one who keeps it, and of the one they keep it with."""

    keeper: UUID
    person: UUID


Finding = Callable[[Sequence[UUID]], Iterable[Relationship]]
_rooms: dict[str, Finding] = {}


def before_ending(room: str, find: Finding) -> None:
    """Ask `find` before anything ends. Saying it again for the same room puts the newer in its place."""
    _rooms[room] = find


def no_longer_asked(room: str) -> None:
    """A room is not asked any more (tests plant rooms of their own)."""
    _rooms.pop(room, None)


def kept_by(keepers: Iterable[Person], *, asked_by: Person | None) -> list[Relationship]:
    """Every relationship that would be without these people, each once. Nobody is asked about nobody."""
    keys = [keeper.pk for keeper in keepers]
    if not keys or not _rooms:
        return []
    with working_on("people.ending", person=asked_by):
        found = [each for find in _rooms.values() for each in find(keys)]
    return list(dict.fromkeys(found))
