"""Who walks with one person, in a line: for the pages that combine rooms."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.consent.policies import selves
from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.models import Away, Company, Walk, WalkPerson

SHOWN = (Walk.State.WALKING, Walk.State.RESTING, Walk.State.OFFERED, Walk.State.MOVED)


@dataclass(frozen=True)
class Near:
    """A walk and the two who keep it; `away_until` where its walker is away today, so that the cover is there."""

    walk: Walk
    walker: Named | None
    cover: Named | None
    away_until: dt.date | None

    @property
    def is_walking(self) -> bool:
        """Whether they walk now."""
        return bool(self.walk.state == Walk.State.WALKING)

    @property
    def may_come_back(self) -> bool:
        """Whether it rests, or they moved away: one press brings it back."""
        return self.walk.state in (Walk.State.RESTING, Walk.State.MOVED)


@dataclass(frozen=True)
class Kept:
    """A walk, and the keys of the two who keep it."""

    walk: Walk
    walker: UUID | None
    cover: UUID | None


def kept(*, viewer: Person, person: Person) -> list[Kept]:
    """The walks of a person that the viewer may see, the one that is walked first. Three statements."""
    whose = selves(viewer) if person.pk in selves(viewer) else {person.pk}
    of = WalkPerson.objects.filter(person__in=whose, to_at__isnull=True).values("walk")
    found = narrow(Walk.objects.filter(pk__in=of, state__in=SHOWN), policies.visible_to(viewer))
    walks = sorted(found, key=lambda walk: (SHOWN.index(Walk.State(walk.state)), walk.pk))
    if not walks:
        return []
    keep = Company.objects.filter(policies.keeping_now(), walk__in=walks)
    parts = {(walk, part): who for walk, part, who in keep.values_list("walk", "part", "person")}
    return [Kept(walk, parts.get((walk.pk, "walker")), parts.get((walk.pk, "cover"))) for walk in walks]


def people_of(walks: Iterable[Kept]) -> set[UUID]:
    """Everybody who keeps one of these."""
    return {key for one in walks for key in (one.walker, one.cover) if key}


def near(walks: Sequence[Kept], called: Mapping[UUID, Named]) -> list[Near]:
    """These walks as a line each; `called` names who keeps them, as far as the viewer may know. One statement."""
    if not walks:
        return []
    today = clock.today()
    gone = Away.objects.filter(
        worker__in=people_of(walks), from_day__lte=today, to_day__gte=today, taken_back_at__isnull=True
    )
    away = dict(gone.values_list("worker", "to_day"))
    return [
        Near(
            walk=one.walk,
            walker=called[one.walker] if one.walker else None,
            cover=called[one.cover] if one.cover else None,
            away_until=away.get(one.walker) if one.walker else None,
        )
        for one in walks
    ]
