"""Changing what the place has learnt to hold to: its own principles, never the two rules of the practice (R12)."""

from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.accounts.models.place import Place
from alongside.accounts.models.principles import PrinciplesChange
from alongside.accounts.place import policies
from alongside.audit.recording import operation, record
from alongside.kernel import clock


class ChangedMeanwhile(ValueError):  # noqa: N818 - reads as the sentence it carries
    """Somebody else changed them since they were shown; nothing of either is lost."""


@operation("place.change_principles")
def change_principles(
    *, by: Any, principles: list[str], why: str, said_by: str = "", after: int | None = None
) -> PrinciplesChange:
    """Change the place's own principles, all of them in their order, and keep why for everybody to read.

    `said_by` is the name to stand beside it (their own where none is given); `after` the number of the latest change
    that was in front of them (the latest when None). Raises Denied; ChangedMeanwhile where somebody else changed them
    since; ValueError with a sentence where none is left, one stands twice, nothing is changed, or no why is said.
    """
    policies.check_can_change_principles(by)
    place, number = _held()
    if after is not None and after != number:
        raise ChangedMeanwhile(_("Somebody else changed these while you were writing. Read theirs first."))
    _check(principles, place.principles, why)
    change = PrinciplesChange.objects.create(
        place=place, number=number + 1, at=clock.now(), said_by=said_by or by.name, by_id=by.pk,
        before=place.principles, after=principles, why=why,
    )  # fmt: skip
    fields = {"after": principles, "why": why, "said_by": change.said_by}
    record("place.change_principles", by=by, thing=change, fields=fields)
    return change


def _held() -> tuple[Place, int]:
    """The place as it stands, and the number of its latest change, until this transaction ends."""
    # An advisory lock, for a learning partner may not hold the place's own row.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('principles of the place', 0))")
    place = Place.objects.get()
    latest = PrinciplesChange.objects.filter(place=place).aggregate(most=Max("number"))["most"]
    return place, latest or 0


def _check(principles: list[str], before: list[str], why: str) -> None:
    if not principles:
        raise ValueError(_("Keep one at least. If none of these is right any more, write the one that is."))
    twice = next((each for number, each in enumerate(principles) if each in principles[:number]), "")
    if twice:
        raise ValueError(_("“%(principle)s” stands there twice. Once is enough.") % {"principle": twice})
    if principles == before:
        raise ValueError(_("This is how they stand already. Change one, add one or take one out."))
    if not why.strip():
        raise ValueError(_("Say why, in a few words: whoever comes after you wants to know."))
