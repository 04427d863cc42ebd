"""The morning's look for walks that nobody covers today. It finds and tells; it never changes a walk."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import humans
from alongside.messages.operations.outbox import send
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Person, RoleHeld
from alongside.people.policies import held_now
from alongside.walks.models import Away, Company, CoverGap, Walk
from alongside.walks.operations.work import mend_gap, note_gap
from alongside.walks.policies import keeping_now

WORK = "walks.cover"


@dataclass
class Kept:
    """Who keeps one walk now: keys of people, None where nobody does."""

    walker: UUID | None = None
    cover: UUID | None = None


@dataclass
class Today:
    """Every active walk, who keeps it, who is away, who still serves. Five statements, however many there are."""

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


def today() -> Today:
    """How every active walk is kept today. Call in the work `walks.cover`."""
    found = Today()
    kept: dict[UUID, Kept] = defaultdict(Kept)
    active = Walk.objects.filter(state=Walk.State.WALKING).values_list("pk", flat=True)
    for key in active:
        kept[key] = Kept()
    rows = Company.objects.filter(keeping_now(), walk__state=Walk.State.WALKING)
    for walk, part, person in rows.values_list("walk_id", "part", "person_id"):
        setattr(kept[walk], part, person)
    day = clock.today()
    gone = Away.objects.filter(from_day__lte=day, to_day__gte=day, taken_back_at__isnull=True)
    found.away = set(gone.values_list("worker_id", flat=True))
    roles = RoleHeld.objects.filter(held_now(), Q(role__in=WALKING_ROLES))
    found.serving = set(roles.values_list("person_id", flat=True))
    found.walks = dict(kept)
    return found


def find_gaps() -> int:
    """Note each walk that nobody covers from today on, tell its walker and a lead, and note what was mended.

    Returns how many were found new. Running it twice tells nobody twice.
    """
    with working_on(WORK):
        now = today()
        known = {gap.walk_id: gap for gap in CoverGap.objects.filter(mended_at__isnull=True)}
        missing = {key: why for key, kept in now.walks.items() if (why := now.why(kept))}
        for key, gap in known.items():
            if key not in missing:
                mend_gap(by=None, gap=gap)
        new = {key: why for key, why in missing.items() if key not in known}
    for key, why in new.items():
        _note(key, now.walks[key], why)
    return len(new)


def _note(walk: UUID, kept: Kept, why: str) -> None:
    with working_on("messages.send"):
        lead = humans.to_alarm()
    with working_on(WORK):
        gap = CoverGap(
            walk_id=walk, walker_id=kept.walker, cover_id=kept.cover, why=why, found_on=clock.today()
        )
        note_gap(by=None, gap=gap, alarmed=lead)
        with working_on("messages.send"):
            for whom in _told(kept, lead):
                _tell(whom, gap)


def _told(kept: Kept, lead: Person | None) -> list[Person]:
    walker = Person.objects.filter(pk=kept.walker).first() if kept.walker else None
    return [whom for whom in dict.fromkeys([walker, lead]) if whom is not None]


def _tell(whom: Person, gap: CoverGap) -> None:
    sender = somebody_at_the_door(but_not=whom) or whom
    words = format_lazy(
        _("From {day} on, {why}, on a walk you look after. Please see today that somebody is there."),
        day=f"{gap.found_on:%d.%m.%Y}",
        why=gap.get_why_display(),
    )
    send(
        by=sender,
        to=whom,
        subject=_("A walk has nobody to cover"),
        words=words,
        reference=f"cover-gap-{gap.pk}-{whom.pk}",
        about=gap,
    )
