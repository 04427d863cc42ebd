"""Who walks with one person, in a line: for the pages that combine rooms."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from alongside.consent.policies import selves
from alongside.kernel import clock
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.models import Away, Walk, WalkPerson

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
    """A walk, the keys of the two who keep it, and until when its walker is away, where they are away today."""

    walk: Walk
    walker: UUID | None
    cover: UUID | None
    away_until: dt.date | None


def kept(*, viewer: Person, person: Person) -> list[Kept]:
    """The walks of a person that the viewer may see, the one that is walked first. One statement."""
    whose = selves(viewer) if person.pk in selves(viewer) else {person.pk}
    may = policies.whose_walks_visible_to(viewer, person)
    rows: list[Any] = asked(_kept_now, whose=whose, may=may, now=clock.now(), today=clock.today())
    walks: dict[UUID, Walk] = {}
    keep: dict[tuple[UUID, str], tuple[UUID, dt.date | None]] = {}
    for row in rows:
        walks[row.walk_id] = row.walk
        keep[row.walk_id, row.part or ""] = (row.keeper, row.away)
    found = sorted(walks.values(), key=lambda walk: (SHOWN.index(Walk.State(walk.state)), walk.pk))
    return [_kept(walk, keep) for walk in found]


def _kept_now(whose: Set[UUID], may: Q, now: dt.datetime, today: dt.date) -> QuerySet[WalkPerson]:
    """Their walks, each with whoever keeps it (`part`, `keeper`) and until when that one is `away`."""
    theirs = WalkPerson.objects.filter(person__one_of=whose, to_at__isnull=True, walk__state__in=SHOWN)
    still = Q(walk__company__to_at__isnull=True) | Q(walk__company__to_at__gt=now)
    gone = Away.objects.filter(
        worker=OuterRef("keeps__person"), from_day__lte=today, to_day__gte=today, taken_back_at__isnull=True
    )
    return (
        narrow(theirs, may)
        .select_related("walk")
        .annotate(
            keeps=FilteredRelation("walk__company", condition=Q(walk__company__from_at__lte=now) & still)
        )
        .annotate(part=F("keeps__part"), keeper=F("keeps__person"), away=Subquery(gone.values("to_day")[:1]))
    )


def _kept(walk: Walk, keep: Mapping[tuple[UUID, str], tuple[UUID, dt.date | None]]) -> Kept:
    walker, away_until = keep.get((walk.pk, "walker"), (None, None))
    cover, _there = keep.get((walk.pk, "cover"), (None, None))
    return Kept(walk, walker, cover, away_until)


def people_of(walks: Iterable[Kept]) -> set[UUID]:
    """Everybody who keeps one of these."""
    return {key for one in walks for key in (one.walker, one.cover) if key}


def near(walks: Sequence[Kept], called: Mapping[UUID, Named]) -> list[Near]:
    """These walks as a line each; `called` names who keeps them, as far as the viewer may know."""
    return [
        Near(
            walk=one.walk,
            walker=called[one.walker] if one.walker else None,
            cover=called[one.cover] if one.cover else None,
            away_until=one.away_until,
        )
        for one in walks
    ]
