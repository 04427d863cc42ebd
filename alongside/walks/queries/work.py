"""A worker's own days, and what a lead can mend: never a number about anybody, nor whose walk it is."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel import clock
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person, RoleHeld
from alongside.people.policies import held_now
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.models import Away, Company, CoverGap, SaidFull, Walk, WalkPerson
from alongside.walks.queries.names import names_of
from alongside.walks.queries.walks import who_could_walk


def _for_leads(found: QuerySet, viewer: Person, own: Q) -> QuerySet:
    may = policies.check_leads.allows(viewer)
    narrowed: QuerySet = narrow(found, Q() if may else own)
    return narrowed


def said_full(*, viewer: Person) -> SaidFull | None:
    """What the viewer said of being full, if they are, with its answer."""
    return next(iter(asked(_full, viewer.pk, Q(worker=viewer))), None)


def _full(worker: UUID, may: Q) -> QuerySet[SaidFull]:
    found = narrow(SaidFull.objects.filter(worker=worker, over_at__isnull=True), may)
    return found.select_related("answered_by").order_by("pk")[:1]


def full_to_answer(*, viewer: Person, said_full: UUID) -> SaidFull | None:
    """One "I'm full", for a lead, and for whoever said it."""
    found = SaidFull.objects.filter(pk=said_full).select_related("worker")
    return _for_leads(found, viewer, Q(worker=viewer)).first()


def days_away(*, viewer: Person, worker: Person) -> QuerySet[Away]:
    """The days somebody is not there, from today on, for themself and for a lead."""
    found = Away.objects.filter(worker=worker, to_day__gte=clock.today(), taken_back_at__isnull=True)
    return _for_leads(found, viewer, Q(worker=viewer)).order_by("from_day")


def away_to_take_back(*, viewer: Person, away: UUID) -> Away | None:
    """Some days away, for whoever is away and for a lead."""
    found = Away.objects.filter(pk=away).select_related("worker")
    return _for_leads(found, viewer, Q(worker=viewer)).first()


def workers(*, viewer: Person) -> list[Person]:
    """Those who walk alongside people here, by name, for a lead who says that somebody is ill; else only oneself."""
    if not policies.check_leads.allows(viewer):
        return [viewer]
    held = RoleHeld.objects.filter(held_now(), role__in=WALKING_ROLES)
    return list(Person.objects.filter(pk__in=held.values("person")).order_by("name"))


@dataclass(frozen=True)
class ToldFull:
    """Somebody who said they are full, and what was answered."""

    full: SaidFull
    who: Named
    answered_by: Named | None


@dataclass(frozen=True)
class ToldGap:
    """A walk that nobody covers: its walker and its cover, and why. Whose it is only where the viewer keeps it."""

    gap: CoverGap
    walker: Named | None
    cover: Named | None
    whose: Sequence[Named] = ()

    @property
    def is_kept_by_viewer(self) -> bool:
        """Whether the viewer can say themself who covers."""
        return bool(self.whose)


@dataclass(frozen=True)
class ToldAway:
    """Somebody who is away, from when until when."""

    away: Away
    who: Named


@dataclass(frozen=True)
class ToldWait:
    """A walk that somebody came back to, for which two are not there yet."""

    since: dt.datetime
    walker: Named | None


@dataclass(frozen=True)
class InTheWay:
    """What a lead can mend, by name of whoever it is about, and nothing that compares one with another.

    `have_room`: who says they have room and is here today, asked for only where somebody is needed.
    """

    full: Sequence[ToldFull]
    gaps: Sequence[ToldGap]
    waits: Sequence[ToldWait]
    away: Sequence[ToldAway]
    have_room: Sequence[Person]


def in_the_way(*, viewer: Person) -> InTheWay | None:
    """Who is full, which walks nobody covers, who waits for a second, who is away. Constant; None for others."""
    if not policies.check_leads.allows(viewer):
        return None
    full = list(SaidFull.objects.filter(over_at__isnull=True))
    gaps = list(CoverGap.objects.filter(mended_at__isnull=True).order_by("found_on", "pk"))
    soon = clock.today() + dt.timedelta(days=14)
    away = Away.objects.filter(to_day__gte=clock.today(), from_day__lte=soon, taken_back_at__isnull=True)
    days, waits = list(away.order_by("from_day")), _waits()
    keys = (
        {one.worker_id for one in full}
        | {one.worker_id for one in days}
        | {walker for _since, walker in waits}
    )
    keys |= {key for gap in gaps for key in (gap.walker_id, gap.cover_id)}
    keys |= {one.answered_by_id for one in full}
    whose = _whose(viewer, gaps)
    keys |= {key for people in whose.values() for key in people}
    names = _Names(names_of(viewer, {key for key in keys if key}))
    return InTheWay(
        full=sorted((ToldFull(one, names[one.worker_id], names.of(one.answered_by_id)) for one in full), key=_name),
        gaps=[_gap(gap, names, whose.get(gap.walk_id, [])) for gap in _each_once(gaps, whose)],
        waits=[ToldWait(since, names.of(walker)) for since, walker in waits],
        away=sorted((ToldAway(one, names[one.worker_id]) for one in days), key=_name),
        have_room=_have_room(viewer) if gaps or waits else [],
    )  # fmt: skip


class _Names(dict[UUID, Named]):
    """Names by key, for keys that may be nobody's."""

    def of(self, key: UUID | None) -> Named | None:
        """What somebody is called, or None where there is nobody."""
        return self.get(key) if key else None


def _name(told: ToldFull | ToldAway) -> str:
    return str(told.who).casefold()


def _gap(gap: CoverGap, names: _Names, whose: Iterable[UUID]) -> ToldGap:
    return ToldGap(
        gap, names.of(gap.walker_id), names.of(gap.cover_id), tuple(named for key in whose if (named := names.of(key)))
    )  # fmt: skip


def _whose(viewer: Person, gaps: Iterable[CoverGap]) -> dict[UUID, list[UUID]]:
    """Of these gaps' walks, those the viewer keeps, with whose they are. One statement more where there are any."""
    mine = policies.kept_by(viewer) & {gap.walk_id for gap in gaps}
    found: dict[UUID, list[UUID]] = {}
    if mine:
        theirs = WalkPerson.objects.filter(walk__in=mine, to_at__isnull=True).order_by("from_at", "pk")
        for walk, person in theirs.values_list("walk_id", "person_id"):
            found.setdefault(walk, []).append(person)
    return found


def _have_room(viewer: Person) -> list[Person]:
    """Who says they have room, and is not away today, by name. Four statements."""
    day = clock.today()
    away = Away.objects.filter(from_day__lte=day, to_day__gte=day, taken_back_at__isnull=True)
    gone = list(away.values_list("worker", flat=True))
    return [one.person for one in who_could_walk(viewer=viewer, but_not=[viewer.pk, *gone]) if one.has_room]


def _each_once(gaps: Iterable[CoverGap], mine: Collection[UUID]) -> list[CoverGap]:
    """Of gaps that look alike to a lead, the first: how many walks somebody has is nobody's to count.

    Those of a walk the viewer keeps stand each for itself: they know them, and mend them one by one.
    """
    first: dict[tuple[UUID | None, UUID | None, str, UUID | None], CoverGap] = {}
    for gap in gaps:
        own = gap.walk_id if gap.walk_id in mine else None
        first.setdefault((gap.walker_id, gap.cover_id, gap.why, own), gap)
    return list(first.values())


def _waits() -> list[tuple[dt.datetime, UUID | None]]:
    """Walks that somebody came back to and that are offered again, with who is there already."""
    back = Walk.objects.filter(state=Walk.State.OFFERED, state_at__gt=F("began_at"))
    walkers = Company.objects.filter(policies.keeping_now(), walk__in=back, part=Company.Part.WALKER)
    who = dict(walkers.values_list("walk", "person"))
    return [(since, who.get(key)) for key, since in back.order_by("state_at").values_list("pk", "state_at")]
