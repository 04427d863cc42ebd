"""Who can keep a walk that is come back to: the same two if they still serve, else somebody named at once (I11)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.acting import working_on
from alongside.kernel.policy import Denied, policy
from alongside.people.door import who_holds
from alongside.people.models import Person, Role, RoleHeld, Room
from alongside.people.policies import held_now
from alongside.walks.models import Company, Walk

# Whoever serves at all, before nobody does.
AFTER_THEM = (Role.TEAM_LEAD, Role.DUTY_HUMAN, Role.WORKER, Role.PEER, Role.CONNECTOR, Role.STEWARD)


def serves_still(person: Person) -> bool:
    """Whether somebody still walks alongside people here today."""
    return RoleHeld.objects.filter(held_now(), person=person, role__in=WALKING_ROLES).exists()


@policy(because=_lazy("A walk that one person alone holds up ends when they do."))
def check_two_are_there(viewer: Person, found: list[Person]) -> None:
    """A walk is kept by two: a walker, and somebody else who covers. `found` are those who can."""
    if len(found) < 2:
        raise Denied(
            _("There are no two people here to walk with you yet. Whoever is at the door hears of it."),
            whom=found[0] if found else None,
        )


def two_who_can(walk: Walk, *, by: Person) -> tuple[Person, Person]:
    """A walker and a different cover for a walk that is come back to. Raises Denied where there are no two."""
    found: list[Person] = []
    for person in _in_turn(walk, by):
        if person not in found and not walk.people.filter(person=person).exists():
            found.append(person)
        if len(found) == 2:
            return found[0], found[1]
    check_two_are_there(by, found)
    raise LookupError("no two people can keep this walk")  # reached only where policies are turned off


def _in_turn(walk: Walk, by: Person) -> Iterator[Person]:
    kept = Company.objects.filter(walk=walk).order_by("-part", "-from_at").select_related("person")
    # Whoever walked last, then whoever covered last.
    yield from (row.person for row in kept if serves_still(row.person))
    with working_on("hello", person=by):
        free = list(
            Room.objects.filter(room_for__gt=0).select_related("person").order_by("-room_for", "person_id")
        )
        others = who_holds(*AFTER_THEM)
    yield from (room.person for room in free if serves_still(room.person))
    yield from others
