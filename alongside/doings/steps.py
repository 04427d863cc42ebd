"""The one way a step is added: under a lock on its doing, beside whatever somebody else wrote meanwhile (I16)."""

import datetime as dt

from django.db import connection
from django.db.models import Max

from alongside.doings.models import Doing, DoingStep
from alongside.people.models import Person


def latest(doing: Doing) -> int:
    """The number of the latest step, with the doing held until this transaction ends."""
    # An advisory lock, for whoever owns a doing adds a step and may not change its row.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"doing {doing.pk}"])
    return DoingStep.objects.filter(doing=doing).aggregate(most=Max("number"))["most"] or 0


def add(
    doing: Doing, what: str, *, by: Person, words: str, at: dt.datetime, after: int | None = None
) -> DoingStep:
    """A step after all others. `after`: the number its writer had in front of them (the latest when None)."""
    number = latest(doing)
    step = DoingStep(
        doing=doing, number=number + 1, follows=number if after is None else min(max(after, 0), number),
        what=what, lane=doing.lane, words=words, by=by, at=at,
    )  # fmt: skip
    step.save(force_insert=True)
    return step
