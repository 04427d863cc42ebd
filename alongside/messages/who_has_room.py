"""Who is named on a hello: somebody with room, near and in the same language if they can, in turn.

Nobody is ranked. Among those who fit, it is whoever was named longest ago.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Max, Q

from alongside.accounts.models import Neighbourhood
from alongside.messages.models import Hello
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Person, Role, RoleHeld, Room
from alongside.people.policies import held_now

ANSWERS = (Role.WORKER, Role.PEER, Role.CONNECTOR)
ONE_AT_A_TIME = 5_207_281_644


@dataclass(frozen=True)
class Named:
    """The human who is named, if anybody serves; `no_room`: everybody was full, it is the duty human."""

    person: Person | None
    no_room: bool


def choose(*, language: str = "", neighbourhood: Neighbourhood | None = None) -> Named:
    """Name a human for a hello. Call in the work `hello`, in the transaction that keeps it.

    Those who speak the language come first, then those who work in the neighbourhood, then anyone with room:
    a wish narrows, and never leaves nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    free = _with_room()
    if not free:
        return Named(somebody_at_the_door(), no_room=True)
    for fits in (lambda room: _speaks(room, language), lambda room: _is_near(room, neighbourhood)):
        free = [room for room in free if fits(room)] or free
    return Named(_whose_turn([room.person for room in free]), no_room=False)


def _with_room() -> list[Room]:
    serving = RoleHeld.objects.filter(held_now(), role__in=ANSWERS).values_list("person_id", flat=True)
    rooms = list(Room.objects.filter(room_for__gt=0, person_id__in=set(serving)).select_related("person"))
    waiting = dict(
        Hello.objects.filter(named__in=[room.person_id for room in rooms], wait__answered_at__isnull=True)
        .values_list("named")
        .annotate(Count("id"))
    )
    return [room for room in rooms if room.room_for > waiting.get(room.person_id, 0)]


def _speaks(room: Room, language: str) -> bool:
    wish = language.strip().lower()
    return not wish or any(spoken.lower().startswith(wish) for spoken in room.languages)


def _is_near(room: Room, neighbourhood: Neighbourhood | None) -> bool:
    if neighbourhood is None:
        return True
    return (
        RoleHeld.objects.filter(held_now())
        .filter(Q(person_id=room.person_id), Q(role__in=ANSWERS), neighbourhoods=neighbourhood)
        .exists()
    )


def _whose_turn(people: list[Person]) -> Person:
    last = dict(Hello.objects.filter(named__in=people).values_list("named").annotate(Max("said_at")))
    never = [person for person in people if person.pk not in last]
    if never:
        return min(never, key=lambda person: str(person.pk))
    return min(people, key=lambda person: last[person.pk])
