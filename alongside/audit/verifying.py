"""Reading the whole audit anew, and naming whatever is not as it was sealed.

Days are taken one after another and rows as a stream, so that memory holds the list of one day at most.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from alongside.audit import chain
from alongside.audit.chain import Entry
from alongside.audit.models import Event, Look, Seal
from alongside.audit.operations import due, link_of, rows_between, rows_of
from alongside.kernel import clock

MOST_NAMED = 100  # rows of one day that are named; the others are counted
# Every moment that has a day, and is one of UTC too.
CALENDAR = (dt.datetime(2, 1, 1, tzinfo=dt.UTC), dt.datetime(9998, 12, 31, tzinfo=dt.UTC))
MODELS: dict[str, Any] = {chain.EVENT: Event, chain.LOOK: Look}
Tell = Callable[[str, float, float | None], None]


@dataclass(frozen=True)
class Found:
    """One thing that is not as it was sealed: what kind of thing, the day, the row where there is one, a sentence."""

    what: str
    day: dt.date
    sentence: str
    kind: str = ""
    key: UUID | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same for programs."""
        row = {"kind": self.kind, "key": str(self.key)} if self.key else {}
        return {"what": self.what, "day": self.day.isoformat(), **row, "sentence": self.sentence}


@dataclass
class Summary:
    """What was gone through: filled while `verify` runs."""

    days: int = 0
    events: int = 0
    looks: int = 0
    first: dt.date | None = None
    last: dt.date | None = None
    link: str = ""
    found: int = 0
    not_sealed: list[dt.date] = field(default_factory=list)
    not_sealed_rows: int = 0
    waiting: bool = False


def verify(summary: Summary, tell: Tell | None = None) -> Iterator[Found]:
    """Everything that is not as it was sealed, day by day. Call in the work `audit.verify`; nothing is written."""
    total = Seal.objects.count()
    before: Seal | None = None
    for seal in Seal.objects.order_by("day").iterator(chunk_size=20):
        if before is None:
            yield from _at_no_time()
            yield from _before_the_first(seal.day)
        yield from _gap(before, seal)
        yield from _link(before, seal)
        yield from rows_against(seal.day, seal.entries_digest, bytes(seal.entries))
        before = seal
        _count(summary, seal)
        if tell:
            tell(seal.day.isoformat(), summary.days, total)
    _not_sealed(summary, before)


def _count(summary: Summary, seal: Seal) -> None:
    summary.days += 1
    summary.events += seal.events
    summary.looks += seal.looks
    summary.first = summary.first or seal.day
    summary.last, summary.link = seal.day, seal.link


def _not_sealed(summary: Summary, last: Seal | None) -> None:
    """Days after the last seal that hold rows or are over, and how many rows they hold."""
    waits = due(now=clock.now())
    summary.waiting = waits is not None
    begin = chain.end_of(last.day) if last else chain.EPOCH
    days: set[dt.date] = set()
    for model in MODELS.values():
        by_day = model._default_manager.filter(at__gte=begin, at__lte=CALENDAR[1]).annotate(
            of=TruncDate("at", tzinfo=dt.UTC)
        )
        for day, rows in by_day.values_list("of").annotate(rows=Count("id")).order_by("of"):
            summary.not_sealed_rows += rows
            days.add(day)
    if waits is not None:
        first, until = waits
        days |= {first + dt.timedelta(days=number) for number in range((until - first).days + 1)}
    summary.not_sealed = sorted(days)


def _before_the_first(day: dt.date) -> Iterator[Found]:
    """Rows of days before the chain began: there were none, or it would have begun with them."""
    for kind, model in MODELS.items():
        for one in rows_between(model, kind, CALENDAR[0], chain.begin_of(day)):
            yield _row("added", chain.day_of(one.moment), one, "stands before the first day that was sealed")


def _at_no_time() -> Iterator[Found]:
    """Rows at a moment that is none (for ever, or before the year 1): only an owner's hand writes that."""
    for kind, model in MODELS.items():
        for key in model._default_manager.filter(~Q(at__range=CALENDAR)).values_list("pk", flat=True)[
            :MOST_NAMED
        ]:
            sentence = f"The {kind} {key} stands at a time that is in no calendar: somebody put it there."
            yield Found("no_time", CALENDAR[0].date(), sentence, kind, key)


def _gap(before: Seal | None, seal: Seal) -> Iterator[Found]:
    """Seals that are not there: from the day after the last one to the day before this."""
    if before is None:
        if seal.before != chain.FIRST:
            yield Found(
                "seal_missing", seal.day, f"The seals before {seal.day} are missing: it follows one of them."
            )
        return
    day = before.day + dt.timedelta(days=1)
    while day < seal.day:
        yield Found("seal_missing", day, f"The seal of {day} is missing; its rows cannot be compared.")
        day += dt.timedelta(days=1)


def _link(before: Seal | None, seal: Seal) -> Iterator[Found]:
    if link_of(seal) != seal.link:
        yield Found("seal_changed", seal.day, f"The seal of {seal.day} was changed: its own digest tells.")
    follows = before is not None and before.day + dt.timedelta(days=1) == seal.day
    if follows and before is not None and seal.before != before.link:
        sentence = (
            f"The seal of {seal.day} follows another seal of {before.day} than the one that stands there."
        )
        yield Found("chain_broken", seal.day, sentence)
    if hashlib.sha256(seal.entries).hexdigest() != seal.entries_digest:
        yield Found(
            "list_changed", seal.day, f"The list of rows in the seal of {seal.day} is not the one sealed."
        )


def rows_against(day: dt.date, digest: str, entries: bytes) -> Iterator[Found]:
    """What the rows of a day differ in from the entries they were sealed with; `digest` is the entries' SHA-256."""
    try:
        sealed = list(chain.unpacked(entries)) if entries else []
    except ValueError as trouble:
        yield Found("list_changed", day, f"In the seal of {day}, {trouble}.")
        sealed = []
    now = hashlib.sha256()
    compared = Compared()
    for one, other in side_by_side(iter(sealed), rows_of(day)):
        if other is not None:
            now.update(other.packed())
        compared.take(one, other)
    if now.hexdigest() == digest:
        return
    named = 0
    for each in compared.told(day):
        named += 1
        if named <= MOST_NAMED:
            yield each
    if named > MOST_NAMED:
        yield Found("more", day, f"{named - MOST_NAMED:,} more rows of {day} are not as they were sealed.")
    if not named:
        yield Found("day_changed", day, f"The rows of {day} are not those that were sealed.")


def side_by_side(
    sealed: Iterator[Entry], rows: Iterator[Entry]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    """Two streams in the same order, side by side: what is in one alone has None for the other."""
    one, other = next(sealed, None), next(rows, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.place < other.place):
            yield one, None
            one = next(sealed, None)
        elif one is None or other.place < one.place:
            yield None, other
            other = next(rows, None)
        else:
            yield one, other
            one, other = next(sealed, None), next(rows, None)


class Compared:
    """The rows of a day that are not as they were sealed."""

    def __init__(self) -> None:
        self.changed: list[Entry] = []
        self.gone: dict[tuple[str, UUID], Entry] = {}
        self.come: dict[tuple[str, UUID], Entry] = {}

    def take(self, sealed: Entry | None, row: Entry | None) -> None:
        """One place in the day: as it was sealed, and as it stands now."""
        if sealed is None and row is not None:
            self.come[row.kind, row.key] = row
        elif row is None and sealed is not None:
            self.gone[sealed.kind, sealed.key] = sealed
        elif sealed is not None and row is not None and sealed.digest != row.digest:
            self.changed.append(row)

    def told(self, day: dt.date) -> Iterator[Found]:
        """Each in a sentence: changed, at another time, missing, added."""
        for one in self.changed:
            yield _row("changed", day, one, "is not as it was sealed: something in it was changed")
        for key, one in self.gone.items():
            there = self.come.pop(key, None) or _elsewhere(one)
            if there is None:
                yield _row("missing", day, one, "was sealed and is not there any more")
            else:
                now = f"{there.moment:%Y-%m-%d %H:%M:%S.%f}"
                yield _row(
                    "moved", day, one, f"stands in another place: its time was changed to {now}", told=one
                )
        for one in self.come.values():
            yield _row("added", day, one, "was not there when the day was sealed")


def _elsewhere(one: Entry) -> Entry | None:
    """The same row on another day; None where it is nowhere."""
    model = MODELS[one.kind]
    names = [each.attname for each in model._meta.concrete_fields]
    row = model._default_manager.filter(pk=one.key, at__range=CALENDAR).values(*names).first()
    return chain.entry(one.kind, row) if row else None


def _row(what: str, day: dt.date, one: Entry, does: str, told: Entry | None = None) -> Found:
    at = f"{(told or one).moment:%H:%M:%S}"
    return Found(what, day, f"The {one.kind} {one.key} of {day}, {at} UTC, {does}.", one.kind, one.key)
