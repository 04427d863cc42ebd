"""Small reads of the steward's pages."""

from uuid import UUID

from django.db.models import Q

from alongside.kernel.policy import narrow
from alongside.messages.models import FullHouse
from alongside.messages.policies import check_can_look_after_messages
from alongside.people.models import Person
from alongside.people.queries import person_to_look_after


def other_record(*, viewer: Person, key: str) -> Person | None:
    """A record by its key as it came in an address; None where it is no key, or nobody's."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return person_to_look_after(viewer=viewer, person=wanted)


def find_full_house(*, viewer: Person, full_house: UUID) -> FullHouse | None:
    """A day without room that nobody has answered for yet, for those who look after the place."""
    may = check_can_look_after_messages.allows(viewer)
    waiting = FullHouse.objects.filter(pk=full_house, answered_at__isnull=True)
    return narrow(waiting, Q() if may else Q(pk__in=[])).first()
