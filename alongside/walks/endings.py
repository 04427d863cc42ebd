"""Before a role, a way to sign in or an organisation ends: which walks would be without somebody (I32)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from alongside.people.endings import Relationship
from alongside.walks.models import Company, Walk, WalkPerson
from alongside.walks.policies import keeping_now

# A walk that rests is come back to: to somebody. One that was only offered, or of somebody who died, breaks nothing.
KEPT = (Walk.State.WALKING, Walk.State.RESTING)


def walks_kept_by(keepers: Sequence[UUID]) -> Iterable[Relationship]:
    """Everybody whom these people walk with, or cover for, today. Two statements, in the work `people.ending`."""
    kept = Company.objects.filter(keeping_now(), person__in=keepers, walk__state__in=KEPT)
    keeps = list(kept.values_list("walk", "person"))
    of = WalkPerson.objects.filter(walk__in={walk for walk, _keeper in keeps}, to_at__isnull=True)
    people: dict[UUID, list[UUID]] = {}
    for walk, person in of.values_list("walk", "person"):
        people.setdefault(walk, []).append(person)
    return [Relationship(keeper, person) for walk, keeper in keeps for person in people.get(walk, [])]
