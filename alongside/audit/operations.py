"""Sealing the days that are over. Runs in the work `audit.seal`, which reads all rows and changes none."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator

from django.db import connection, models
from django.utils.translation import gettext as _

from alongside.audit import chain
from alongside.audit.models import Carried, Event, Look, Seal
from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.kernel.acting import working_on

MARGIN = dt.timedelta(hours=1)
# More days than these are not closed in one go: a clock that ran ahead would close days that have not been.
MOST_AT_ONCE = 3
WAIT_FOR_OPEN = "10min"
Tell = Callable[[int, int], None]


class ClockAhead(Exception):  # noqa: N818 - reads as the sentence it carries
    """More days would be closed at once than the house closes without asking a human."""


def rows_between(
    model: type[models.Model], kind: str, begin: dt.datetime, end: dt.datetime
) -> Iterator[chain.Entry]:
    """The entries of all rows of one kind from one moment to before another, in their order, as they stand now."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._default_manager.filter(at__gte=begin, at__lt=end).order_by("at", "id").values(*names)
    for row in found.iterator(chunk_size=2000):
        yield chain.entry(kind, row)


def rows_of(day: dt.date) -> Iterator[chain.Entry]:
    """The entries of a day as its rows stand now. Call in one of the two works."""
    begin, end = chain.begin_of(day), chain.end_of(day)
    yield from rows_between(Event, chain.EVENT, begin, end)
    yield from rows_between(Look, chain.LOOK, begin, end)


def due(*, now: dt.datetime) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that are over, an hour ago or more, and not sealed; None where there is none."""
    last = chain.day_of(now - MARGIN) - dt.timedelta(days=1)
    sealed = Seal.objects.order_by("-day").values_list("day", flat=True).first()
    first = sealed + dt.timedelta(days=1) if sealed else _first_row()
    return (first, last) if first and first <= last else None


def _first_row() -> dt.date | None:
    firsts = [model.objects.aggregate(at=models.Min("at"))["at"] for model in (Event, Look)]
    moments = [at for at in firsts if at is not None]
    return chain.day_of(min(moments)) if moments else None


def seal_what_is_over(*, by_a_human: bool = False, tell: Tell | None = None) -> list[dt.date]:
    """Seal every day that is over and not sealed, each in a transaction of its own; which they were.

    Raises ClockAhead where a chain has begun and would grow by more than three days, unless a human asks for it.
    """
    with working_on("audit.seal"):
        found, begun = due(now=clock.now()), Seal.objects.exists()
    if found is None:
        return []
    first, last = found
    many = (last - first).days + 1
    if many > MOST_AT_ONCE and begun and not by_a_human:
        raise ClockAhead(
            _(
                "%(days)s days of the audit would be sealed at once, up to %(last)s. If the clock of this machine "
                "is right, run `alongside audit seal`."
            )
            % {"days": many, "last": last.isoformat()}
        )
    days = [first + dt.timedelta(days=number) for number in range(many)]
    for done, day in enumerate(days, start=1):
        with working_on("audit.seal"):
            seal_day(by=None, day=day)
        if tell:
            tell(done, many)
    return days


@operation("audit.seal_day")
def seal_day(*, by: None, day: dt.date) -> Seal:
    """Close a day: wait for whatever still writes in it, then write down what it holds.

    Doing it twice is doing it once. Raises DatabaseError where the day is not over, or is not the next one.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_FOR_OPEN}'")
        cursor.execute("SELECT guard.hold_day(%s, true)", [day])
    last = Seal.objects.order_by("-day").first()
    if last is not None and last.day >= day:
        record("audit.seal_day", by=by, thing=last)
        return last
    seal = made(day, before=last.link if last else chain.FIRST)
    seal.save(force_insert=True)
    record("audit.seal_day", by=by, thing=seal, fields={"link": seal.link})
    return seal


def made(day: dt.date, *, before: str) -> Seal:
    """The seal of a day as its rows stand now, not kept."""
    packed, counts = bytearray(), {chain.EVENT: 0, chain.LOOK: 0}
    for one in rows_of(day):
        packed += one.packed()
        counts[one.kind] += 1
    seal = Seal(
        day=day,
        events=counts[chain.EVENT],
        looks=counts[chain.LOOK],
        entries=bytes(packed),
        entries_digest=hashlib.sha256(packed).hexdigest(),
        before=before,
        sealed_at=clock.now(),
    )
    seal.link = link_of(seal)
    return seal


def link_of(seal: Seal) -> str:
    """The link of a seal, made anew from what it holds."""
    return chain.link(
        before=seal.before,
        day=seal.day,
        events=seal.events,
        looks=seal.looks,
        entries_digest=seal.entries_digest,
        sealed_at=seal.sealed_at,
    )


@operation("audit.carry")
def carry(*, by: None, way: str, through: dt.date | None, trouble: str = "") -> Carried:
    """Note how far the days are sealed or taken off the machine this way, and what stopped it ("": nothing did)."""
    kept, _new = Carried.objects.get_or_create(way=way, defaults={"tried_at": clock.now()})
    kept.through, kept.tried_at, kept.trouble = through or kept.through, clock.now(), trouble[:500]
    kept.save()
    record("audit.carry", by=by, thing=kept, fields={"through": kept.through})
    return kept
