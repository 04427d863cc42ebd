"""Who keeps each active walk today, and why one of them has no cover: asked every morning, and when that changes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from alongside.audit.recording import record
from alongside.consent.policies import WALKING_ROLES
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.people.models import Person, RoleHeld
from alongside.people.policies import held_now
from alongside.walks.models import Away, Company, CoverGap, Walk
from alongside.walks.policies import keeping_now

WORK = "walks.cover"


@dataclass
class Kept:
    """Who keeps one walk now: keys of people, None where nobody does."""

    walker: UUID | None = None
    cover: UUID | None = None


@dataclass
class Today:
    """Every active walk, who keeps it, who is away, who still serves. Four statements, however many there are."""

    walks: dict[UUID, Kept] = field(default_factory=dict)
    away: set[UUID] = field(default_factory=set)
    serving: set[UUID] = field(default_factory=set)

    def why(self, kept: Kept) -> str:
        """Why a walk has no cover today, or ""."""
        here = self.serving
        if kept.cover is None:
            return str(CoverGap.Why.NO_COVER)
        if kept.walker not in here or kept.cover not in here:
            return str(CoverGap.Why.LEFT)
        if kept.cover in self.away:
            return str(CoverGap.Why.BOTH_AWAY if kept.walker in self.away else CoverGap.Why.COVER_AWAY)
        return ""

    def missing(self) -> dict[UUID, str]:
        """The walks that nobody covers today, each with why."""
        return {key: why for key, kept in self.walks.items() if (why := self.why(kept))}


def today(among: Iterable[UUID] | None = None) -> Today:
    """How every active walk (or each of those given) is kept today. Call in the work `walks.cover`."""
    found = Today()
    kept: dict[UUID, Kept] = defaultdict(Kept)
    active = Walk.objects.filter(state=Walk.State.WALKING)
    if among is not None:
        active = active.filter(pk__in=list(among))
    for key in active.values_list("pk", flat=True):
        kept[key] = Kept()
    rows = Company.objects.filter(keeping_now(), walk__in=active)
    for walk, part, person in rows.values_list("walk_id", "part", "person_id"):
        setattr(kept[walk], part, person)
    day = clock.today()
    gone = Away.objects.filter(from_day__lte=day, to_day__gte=day, taken_back_at__isnull=True)
    found.away = set(gone.values_list("worker_id", flat=True))
    roles = RoleHeld.objects.filter(held_now(), Q(role__in=WALKING_ROLES))
    found.serving = set(roles.values_list("person_id", flat=True))
    found.walks = dict(kept)
    return found


def over(gap: CoverGap, *, by: Person | None) -> None:
    """Write down that somebody covers again, or that the walk is not walked now. Only inside an operation."""
    gap.mended_at = clock.now()
    gap.save(update_fields=["mended_at"])
    record("walks.mend_gap", by=by, thing=gap, fields={"mended_at": gap.mended_at})


def over_where_covered(*, by: Person, walks: Iterable[UUID]) -> None:
    """Of these walks, the gaps that somebody has just closed are over at once, not the next morning.

    The house writes it, in the name of `by`: whoever found the cover may keep the walk no more, or lead.
    """
    with working_on(WORK, person=by):
        gaps = list(CoverGap.objects.filter(mended_at__isnull=True, walk__in=list(walks)))
        missing = today({gap.walk_id for gap in gaps}).missing() if gaps else {}
        for gap in gaps:
            if gap.walk_id not in missing:
                over(gap, by=by)
