"""What somebody who walks alongside people has in front of them in the morning: names and days, and no words.

Nobody is counted, and nobody comes before anybody else but by name (F3). As many statements for one as for forty.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from alongside.kernel import clock
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.models import Away, Company, Moment, MomentAfter, Walk

WALKER = Company.Part.WALKER
# Where the two never said how often they meet.
A_WHILE = dt.timedelta(days=14)
SHOWN = (Walk.State.WALKING, Walk.State.OFFERED, Walk.State.RESTING)


@dataclass(frozen=True)
class Walked:
    """Somebody the viewer walks with, or is there for: whose walk, who else keeps it, and when last was.

    `away_until` is the last day on which that other is away, where they are away today.
    """

    who: Named
    walk: Walk
    is_walker: bool
    other: Named | None
    away_until: dt.date | None
    last: dt.datetime | None

    @property
    def is_walking(self) -> bool:
        """Whether they walk now."""
        return bool(self.walk.state == Walk.State.WALKING)

    @property
    def is_quiet(self) -> bool:
        """Whether it is longer than the two of them said, or than a fortnight where they said nothing."""
        usual = dt.timedelta(days=self.walk.usual_days) if self.walk.usual_days else A_WHILE
        since = max(filter(None, [self.last, self.walk.state_at]))
        return self.is_walking and clock.now() - since > usual


@dataclass(frozen=True)
class Came:
    """Something that came from somebody: an answer, or words of their own. Where it stands, and when; no words."""

    who: Named
    whose: Named
    moment: UUID
    is_answer: bool
    at: dt.datetime


@dataclass(frozen=True)
class Keeping:
    """A walk the viewer keeps and one whose walk it is; who else keeps it, and until when they are away today."""

    walk: Walk
    person: UUID
    is_walker: bool
    other: UUID | None = None
    away_until: dt.date | None = None


@dataclass(frozen=True)
class Morning:
    """Every walk the viewer keeps, and what came since a day: by key, for names to be asked for once."""

    keeps: Sequence[Keeping]
    came: Sequence[tuple[Any, ...]]
    called: Mapping[UUID, Named]
    last: Mapping[UUID, dt.datetime | None]

    @property
    def people(self) -> set[UUID]:
        """Those whose walks they are: whoever keeps a walk knows their names, and `called` has them."""
        return {one.person for one in self.keeps}

    @property
    def others(self) -> set[UUID]:
        """Everybody else who is named in the morning."""
        keepers = {one.other for one in self.keeps if one.other}
        return (self.people | keepers | {key for row in self.came for key in row[:2]}) - set(self.called)

    def walked(self, called: Mapping[UUID, Named]) -> list[Walked]:
        """Everybody the viewer keeps a walk with, by name."""
        found = [self._walked(one, called) for one in self.keeps]
        return sorted(found, key=lambda one: (str(one.who).casefold(), one.who.pk))

    def _walked(self, one: Keeping, called: Mapping[UUID, Named]) -> Walked:
        who = called[one.person]
        return Walked(
            who=Named(who.pk, who.name or who.called), walk=one.walk, is_walker=one.is_walker,
            other=called[one.other] if one.other else None, away_until=one.away_until,
            last=self.last.get(one.person),
        )  # fmt: skip

    def told(self, called: Mapping[UUID, Named]) -> list[Came]:
        """What came, newest first."""
        newest = sorted(self.came, key=lambda row: row[4], reverse=True)
        return [
            Came(called[who], called[whose], moment, answer, at) for who, whose, moment, answer, at in newest
        ]


def morning_of(*, viewer: Person, since: dt.datetime) -> Morning:
    """The walks the viewer keeps today, and what came from their people `since`. Five statements, or six."""
    keeps = _keeps(viewer)
    people = {one.person for one in keeps}
    came = [*_answers(viewer, since), *_said_themselves(viewer, people, since)]
    return Morning(keeps, came, *_last(viewer, people))


def _keeps(viewer: Person) -> list[Keeping]:
    """One row for each who keeps each of these walks, with whose it is: put together by walk and person."""
    walks = policies.kept_by(viewer)
    rows: list[Any] = asked(_kept_by, walks, policies.keeping_now(), clock.today()) if walks else []
    kept: dict[tuple[UUID, UUID], Keeping] = {}
    others: dict[UUID, tuple[UUID, dt.date | None]] = {}
    for row in rows:
        if row.person_id != viewer.pk:
            others[row.walk_id] = row.person_id, row.away
        elif row.whose:
            kept[row.walk_id, row.whose] = Keeping(row.walk, row.whose, row.part == WALKER)
    return [replace(one, **_other(others.get(one.walk.pk))) for one in kept.values()]


def _kept_by(walks: set[UUID], now: Q, today: dt.date) -> QuerySet[Company]:
    """Who keeps these walks, each with `whose` it is and until when the one who keeps it is `away`."""
    gone = Away.objects.filter(
        worker=OuterRef("person"), from_day__lte=today, to_day__gte=today, taken_back_at__isnull=True
    )
    return (
        Company.objects.filter(now, walk__one_of=walks, walk__state__in=SHOWN)
        .select_related("walk")
        .annotate(of=FilteredRelation("walk__people", condition=Q(walk__people__to_at__isnull=True)))
        .annotate(whose=F("of__person"), away=Subquery(gone.order_by("-to_day").values("to_day")[:1]))
    )


def _other(keeper: tuple[UUID, dt.date | None] | None) -> dict[str, Any]:
    return {"other": keeper[0], "away_until": keeper[1]} if keeper else {}


def _last(viewer: Person, people: set[UUID]) -> tuple[dict[UUID, Named], dict[UUID, dt.datetime | None]]:
    """Each one's name, and when something was last written down: one step along an index for each."""
    found = asked(_named_with_last, people, policies.moments_visible_to(viewer)) if people else []
    called = {key: Named(key, called, name) for key, called, name, _at in found}
    return called, {key: at for key, _called, _name, at in found}


def _named_with_last(people: set[UUID], may: Q) -> QuerySet[Person, tuple[Any, ...]]:
    theirs = narrow(Moment.objects.filter(person=OuterRef("pk")), may)
    newest = Subquery(theirs.order_by("-at", "-id").values("at")[:1])
    return Person.objects.filter(pk__one_of=people).values_list("pk", "called", "name", newest)


def _answers(viewer: Person, since: dt.datetime) -> list[tuple[Any, ...]]:
    """Answers to what the viewer wrote down, by somebody else."""
    rows = asked(_answered, viewer.pk, since)
    return [(by, person, moment, True, at) for by, person, moment, at in rows]


def _answered(writer: UUID, since: dt.datetime) -> QuerySet[MomentAfter, tuple[Any, ...]]:
    theirs = Q(moment__by=writer) | Q(moment__written_down_by=writer)
    found = MomentAfter.objects.filter(theirs, kind=MomentAfter.Kind.ANSWER, at__gte=since)
    return found.exclude(by=writer).values_list("by", "moment__person", "moment", "at")


def _said_themselves(viewer: Person, people: set[UUID], since: dt.datetime) -> list[tuple[Any, ...]]:
    """What people said on their own page with their own hand."""
    found = asked(_own_words, people, since, policies.moments_visible_to(viewer)) if people else []
    return [(by, by, moment, False, at) for by, moment, at in found]


def _own_words(people: set[UUID], since: dt.datetime, may: Q) -> QuerySet[Moment, tuple[Any, ...]]:
    theirs = Moment.objects.filter(
        person__one_of=people, at__gte=since, by=F("person"), written_down_by=F("person")
    )
    return narrow(theirs, may).values_list("by", "pk", "at")
