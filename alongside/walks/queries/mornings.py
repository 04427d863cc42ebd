"""What somebody who walks alongside people has in front of them in the morning: names and days, and no words.

Nobody is counted, and nobody comes before anybody else but by name (F3). As many statements for one as for forty.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.models import Away, Company, Moment, MomentAfter, Walk, WalkPerson
from alongside.walks.queries.names import names_of

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
class Morning:
    """Everybody the viewer keeps a walk with, by name, and what came since a day, newest first."""

    people: Sequence[Walked]
    came: Sequence[Came]


def morning_of(*, viewer: Person, since: dt.datetime) -> Morning:
    """The walks the viewer keeps today, and what came from their people `since`. Eight statements."""
    kept = list(
        Company.objects.filter(policies.keeping_now(), person=viewer, walk__state__in=SHOWN).select_related(
            "walk"
        )
    )
    walks = [row.walk_id for row in kept]
    whose = list(WalkPerson.objects.filter(walk__in=walks, to_at__isnull=True).values_list("walk", "person"))
    people = {person for _walk, person in whose}
    others = Company.objects.filter(policies.keeping_now(), walk__in=walks).exclude(person=viewer)
    other = dict(others.values_list("walk", "person"))
    came = [*_answers(viewer, since), *_said_themselves(viewer, people, since)]
    keys = people | set(other.values()) | {key for row in came for key in row[:2]}
    names, away, last = names_of(viewer, keys), _away(set(other.values())), _last(viewer, people)

    def walked(row: Company, person: UUID) -> Walked:
        called, at = last.get(person, (names[person].called, None))
        keeper = other.get(row.walk_id)
        return Walked(
            who=Named(person, called), walk=row.walk, is_walker=row.part == WALKER,
            other=names[keeper] if keeper else None, away_until=away.get(keeper) if keeper else None, last=at,
        )  # fmt: skip

    found = [walked(row, person) for row in kept for walk, person in whose if walk == row.walk_id]
    return Morning(
        sorted(found, key=lambda one: (str(one.who).casefold(), one.who.pk)),
        [
            Came(names[who], names[whose], moment, is_answer, at)
            for who, whose, moment, is_answer, at in sorted(came, key=lambda row: row[4], reverse=True)
        ],
    )


def _away(workers: set[UUID]) -> dict[UUID, dt.date]:
    today = clock.today()
    gone = Away.objects.filter(
        worker__in=workers, from_day__lte=today, to_day__gte=today, taken_back_at__isnull=True
    )
    return dict(gone.order_by("to_day").values_list("worker", "to_day"))


def _last(viewer: Person, people: set[UUID]) -> dict[UUID, tuple[Any, dt.datetime | None]]:
    """Each one's whole name, and when something was last written down: one step along an index for each."""
    theirs = narrow(Moment.objects.filter(person=OuterRef("pk")), policies.moments_visible_to(viewer))
    newest = Subquery(theirs.order_by("-at", "-id").values("at")[:1])
    found = Person.objects.filter(pk__in=people).values_list("pk", "name", newest)
    return {key: (name, at) for key, name, at in found}


def _answers(viewer: Person, since: dt.datetime) -> list[tuple[Any, ...]]:
    """Answers to what the viewer wrote down, by somebody else."""
    mine = Q(moment__by=viewer) | Q(moment__written_down_by=viewer)
    found = MomentAfter.objects.filter(mine, kind=MomentAfter.Kind.ANSWER, at__gte=since)
    rows = found.exclude(by=viewer).values_list("by", "moment__person", "moment", "at")
    return [(by, person, moment, True, at) for by, person, moment, at in rows]


def _said_themselves(viewer: Person, people: set[UUID], since: dt.datetime) -> list[tuple[Any, ...]]:
    """What people said on their own page with their own hand."""
    found = narrow(
        Moment.objects.filter(person__in=people, at__gte=since, by=F("person"), written_down_by=F("person")),
        policies.moments_visible_to(viewer),
    )
    return [(by, by, moment, False, at) for by, moment, at in found.values_list("by", "pk", "at")]
