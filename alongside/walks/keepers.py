"""Who can keep a walk that is come back to: the same two if they still serve, else somebody named at once (I11)."""

from collections.abc import Iterator

from django.db.models import F

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.acting import working_on
from alongside.people.door import who_holds
from alongside.people.models import Person, Role, RoleHeld, Room
from alongside.people.policies import held_now
from alongside.walks.models import Company, Walk

# Whoever serves at all, before nobody does.
AFTER_THEM = (Role.TEAM_LEAD, Role.DUTY_HUMAN, Role.WORKER, Role.PEER, Role.CONNECTOR, Role.STEWARD)


def serves_still(person: Person) -> bool:
    """Whether somebody still walks alongside people here today."""
    return RoleHeld.objects.filter(held_now(), person=person, role__in=WALKING_ROLES).exists()


def up_to_two_who_can(walk: Walk, *, by: Person) -> list[Person]:
    """A walker and a different cover for a walk that is come back to; one, or none, where nobody else serves.

    A coming back is never refused for it: the walk waits with whoever is there, and a human hears of it (I11).
    """
    theirs = set(walk.people.values_list("person_id", "person__same_as"))
    not_them = {key for pair in theirs for key in pair}
    found: list[Person] = []
    for person in _in_turn(walk, by):
        if person not in found and person.pk not in not_them:
            found.append(person)
        if len(found) == 2:
            break
    return found


def _in_turn(walk: Walk, by: Person) -> Iterator[Person]:
    # Whoever walks now, then whoever covers, then those before them, the latest first: known faces.
    kept = Company.objects.filter(walk=walk).select_related("person")
    rows = kept.order_by(F("to_at").desc(nulls_first=True), "-part", "-from_at")
    yield from (row.person for row in rows if serves_still(row.person))
    with working_on("hello", person=by):
        free = list(
            Room.objects.filter(room_for__gt=0).select_related("person").order_by("-room_for", "person_id")
        )
        others = who_holds(*AFTER_THEM)
    yield from (room.person for room in free if serves_still(room.person))
    yield from others
