"""One person's arc: what happened around them and what was theirs, month by month, from what is written down.

It is drawn for one person and never for two: nothing here takes a list of people or of workers, gives a number,
or puts anybody before anybody else (I35, F3).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.consent.policies import selves
from alongside.doings import queries as doings
from alongside.doings.models import Doing, Lane
from alongside.doings.told import Told as ToldDoing
from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story import policies as story
from alongside.story.models import Tie, TieChange
from alongside.walks import policies
from alongside.walks.models import ArcChoice, ArcLine, Moment
from alongside.walks.queries.names import names_of

AROUND, MINE = ArcLine.Strand.AROUND, ArcLine.Strand.MINE
SETBACK = "setback"
A_PICTURE = 12  # months side by side
# Life itself, whoever wrote it down: it belongs to neither strand.
NEITHER = {Moment.Kind.EVENT, Moment.Kind.SETBACK, Moment.Kind.SAY_SO}
# People brought together are the person's own, whoever was there.
THEIRS = {Moment.Kind.INTRODUCTION, Moment.Kind.GATHERING}
BECAME = {TieChange.What.TOOK: _("{name} took"), TieChange.What.MENDED: _("mended with {name}")}


@dataclass(frozen=True)
class Event:
    """Something that happened, said in a few words. `key` is what was written down of it; `line` words of their own."""

    key: UUID
    day: dt.date
    strand: str
    words: str | Promise
    line: ArcLine | None = None


@dataclass(frozen=True)
class Month:
    """One month: what was around them, what was theirs, and whether a setback came."""

    first: dt.date
    around: Sequence[Event] = ()
    mine: Sequence[Event] = ()
    setbacks: Sequence[Event] = ()
    left_out: Sequence[ArcLine] = ()
    more_around: bool = False
    more_mine: bool = False

    @property
    def key(self) -> str:
        """As it stands in an address: "2026-06"."""
        return f"{self.first:%Y-%m}"

    @property
    def events(self) -> Sequence[Event]:
        """All of it, in the order it happened."""
        return sorted([*self.around, *self.mine, *self.setbacks], key=lambda event: event.day)

    @property
    def around_words(self) -> str:
        """What was around them, each thing once."""
        return in_words(self.around)

    @property
    def mine_words(self) -> str:
        """What was theirs, each thing once."""
        return in_words(self.mine)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written down of it."""
        return not (self.around or self.mine or self.setbacks or self.left_out)


@dataclass(frozen=True)
class Arc:
    """A person's arc, oldest month first. `earlier` leads to the picture before this one, "" at the beginning."""

    choice: ArcChoice | None
    months: Sequence[Month] = ()
    earlier: str = ""
    later: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the person asked for it."""
        return self.choice is not None and self.choice.seen_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether whoever walks with them sees it too."""
        return self.choice is not None and self.choice.shown_at is not None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw yet."""
        return all(month.is_empty for month in self.months)


def month_of(asked: str) -> dt.date | None:
    """The first day of a month as it came in an address; None where it is no month, or has not come."""
    try:
        first = dt.date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return first if first <= clock.today() else None


def arc_of(*, viewer: Person, person: Person, until: dt.date | None = None) -> Arc:
    """The arc of one person as far as it is for `viewer`: a year of it, up to the month `until` (this one, when None).

    As many statements however much happened; none of what happened is read before the person asked for it.
    """
    choice = ArcChoice.objects.filter(person=person).first()
    if choice is None or choice.seen_at is None:
        return Arc(choice)
    last = (until or clock.today()).replace(day=1)
    firsts = [_back(last, months) for months in reversed(range(A_PICTURE))]
    told = [*_moments(viewer, person, firsts[0]), *_doings(viewer, person), *_ties(viewer, person)]
    lines = list(ArcLine.objects.filter(person=person).order_by("at", "pk"))
    began = min([event.day for event in told] + [line.month for line in lines], default=last)
    before = _first_moment(viewer, person)
    began = min(began, before) if before else began
    return Arc(
        choice,
        _months(firsts, told, lines, own=person.pk in selves(viewer)),
        earlier=f"{_back(firsts[0], 1):%Y-%m}" if began < firsts[0] else "",
        later=f"{_back(last, -A_PICTURE):%Y-%m}" if last < clock.today().replace(day=1) else "",
    )


def _back(first: dt.date, months: int) -> dt.date:
    """So many months before a month; after it where the number is below nothing."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)


def _day(at: dt.datetime) -> dt.date:
    return timezone.localtime(at).date()


def _first_moment(viewer: Person, person: Person) -> dt.date | None:
    found = narrow(Moment.objects.filter(person=person), policies.moments_visible_to(viewer))
    at = found.order_by("at", "id").values_list("at", flat=True).first()
    return _day(at) if at else None


def _moments(viewer: Person, person: Person, since: dt.date) -> Iterator[Event]:
    """What was written down with the person since a month; a setback is in neither strand and in every arc."""
    found = narrow(
        Moment.objects.filter(person=person, at__date__gte=since), policies.moments_visible_to(viewer)
    )
    rows = list(found.order_by("at", "pk").values_list("pk", "kind", "at", "by", "by_words"))
    called = names_of(viewer, {by for _pk, _kind, _at, by, _words in rows})
    for key, kind, at, by, by_words in rows:
        own = by == person.pk and not by_words
        strand = "" if kind in NEITHER and not own else (MINE if own or kind in THEIRS else AROUND)
        label = Moment.Kind(kind).label
        words = capfirst(label) if own else _by(by_words or called[by].called, label)
        yield Event(key, _day(at), SETBACK if kind == Moment.Kind.SETBACK else strand, words)


def _by(who: Any, what: Any) -> Promise:
    return format_lazy("{who}: {what}", who=who, what=what)


def _doings(viewer: Person, person: Person) -> Iterator[Event]:
    """What was done for the person and to them; and what they do themself, alone or with help."""
    for told in doings.doings_of(viewer=viewer, person=person):
        yield from _of_a_doing(told)


def _of_a_doing(told: ToldDoing) -> Iterator[Event]:
    doing = told.doing
    strand = AROUND if doing.lane in (Lane.FOR, Lane.TO) else MINE
    yield Event(told.pk, _day(doing.began_at), strand, told.words)
    if strand == MINE and doing.state == Doing.State.DONE and doing.over_at:
        yield Event(told.pk, _day(doing.over_at), strand, format_lazy(_("{thing}: done"), thing=told.words))


def _ties(viewer: Person, person: Person) -> Iterator[Event]:
    """Ties that took or mended, and people the person was introduced to."""
    ties = narrow(Tie.objects.filter(person=person), story.circle_visible_to(viewer))
    by_key = {tie.pk: tie for tie in ties}
    for tie in by_key.values():
        if tie.introduced_by:
            day = tie.since or _day(tie.began_at)
            yield Event(tie.pk, day, MINE, format_lazy(_("got to know {name}"), name=tie.name))
    changes = TieChange.objects.filter(tie__in=by_key, what__in=BECAME)
    for key, tie_key, what, on in changes.values_list("pk", "tie", "what", "on"):
        said = BECAME[TieChange.What(what)]
        yield Event(key, on, MINE, format_lazy(said, name=by_key[tie_key].name))


def _months(
    firsts: Sequence[dt.date], told: Iterable[Event], lines: Sequence[ArcLine], *, own: bool
) -> list[Month]:
    gone = {line.leaves_out for line in lines if line.leaves_out}
    by_month: dict[dt.date, list[Event]] = defaultdict(list)
    for event in sorted(told, key=lambda event: event.day):
        if event.key not in gone:
            by_month[event.day.replace(day=1)].append(event)
    for line in lines:
        if line.words:
            by_month[line.month].append(Event(line.pk, line.month, line.strand, line.words, line))
    out = [line for line in lines if line.leaves_out and own]
    months: list[Month] = []
    for first in firsts:
        months.append(_month(first, by_month[first], out, months[-1] if months else None))
    return months


def _month(first: dt.date, events: list[Event], out: list[ArcLine], before: Month | None) -> Month:
    around = [event for event in events if event.strand == AROUND]
    mine = [event for event in events if event.strand == MINE]
    return Month(
        first, around, mine,
        setbacks=[event for event in events if event.strand == SETBACK],
        left_out=[line for line in out if line.month == first],
        more_around=before is not None and len(around) > len(before.around),
        more_mine=before is not None and len(mine) > len(before.mine),
    )  # fmt: skip


def arc_line_of(*, viewer: Person, person: Person, key: str) -> ArcLine | None:
    """One line of the viewer's own arc by its key, as it came with a form."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    own = Q(person__in=selves(viewer), person=person)
    return narrow(ArcLine.objects.filter(pk=wanted), own).select_related("person").first()


def in_words(events: Sequence[Event]) -> str:
    """What happened, each thing said once, however often it was."""
    return "; ".join(dict.fromkeys(str(event.words) for event in events))
