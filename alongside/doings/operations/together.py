"""A family or a street that holds a plan: begun, asked into, joined, left."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.doings import policies
from alongside.doings.models import Belongs, Together
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.wording import as_said


def _belongs(together: Together, person: Person, *, by: Person, at: dt.datetime, **more: object) -> Belongs:
    belongs = Belongs(together=together, person=person, asked_by=by, asked_at=at, **more)
    belongs.save(force_insert=True)
    return belongs


@operation("doings.begin_together")
def begin_together(
    *, by: Person, person: Person, name: str, kind: str = Together.Kind.FAMILY, words: str = "",
    at: dt.datetime | None = None,
) -> Together:  # fmt: skip
    """Begin a plan for a family or a street, with its first member.

    Where somebody who walks with `person` writes it down, they are there too, as one who helps. Raises Denied;
    ValueError with a sentence where it has no name.
    """
    policies.check_can_decide(by, person)
    if not as_said(name):
        raise ValueError(_("Say what you call yourselves. “Ours” is plenty."))
    at = at or clock.now()
    together = Together(kind=kind, name=as_said(name)[:200], words=as_said(words), begun_by=by, begun_at=at)
    together.save(force_insert=True)
    if person.pk not in policies.selves(by):
        _belongs(together, by, by=by, at=at, from_at=at, helps=True)
    _belongs(together, person, by=by, at=at, from_at=at)
    record(
        "doings.begin_together",
        by=by,
        thing=together,
        person_id=person.pk,
        fields={"words": words, "name": name},
    )
    return together


@operation("doings.ask_in")
def ask_in(
    *, by: Person, together: Together, person: Person, helps: bool = False, at: dt.datetime | None = None
) -> Belongs:
    """Ask somebody into a family or a street; they belong from their own yes on. Raises Denied."""
    policies.check_can_plan(by, together)
    if Belongs.objects.filter(together=together, person=person, to_at__isnull=True).exists():
        raise ValueError(_("They have been asked already."))
    belongs = _belongs(together, person, by=by, at=at or clock.now(), helps=helps)
    record("doings.ask_in", by=by, thing=belongs, person_id=person.pk, fields={"helps": helps})
    return belongs


@operation("doings.join")
def join(*, by: Person, belongs: Belongs, at: dt.datetime | None = None) -> Belongs:
    """Say yes to belonging. Raises Denied; ValueError with a sentence where it was answered."""
    policies.check_can_join(by, belongs)
    if belongs.from_at is not None or belongs.to_at is not None:
        raise ValueError(_("You answered this already. Ask to be asked again."))
    belongs.from_at = at or clock.now()
    belongs.save(update_fields=["from_at"])
    record(
        "doings.join", by=by, thing=belongs, person_id=belongs.person_id, fields={"from_at": belongs.from_at}
    )
    return belongs


@operation("doings.leave")
def leave(*, by: Person, belongs: Belongs, at: dt.datetime | None = None) -> Belongs:
    """Leave, or say no to belonging: from the next page on nothing of it is theirs to read. Raises Denied."""
    policies.check_can_join(by, belongs)
    if belongs.to_at is not None:
        raise ValueError(_("You had left already."))
    belongs.to_at = at or clock.now()
    belongs.save(update_fields=["to_at"])
    record("doings.leave", by=by, thing=belongs, person_id=belongs.person_id, fields={"to_at": belongs.to_at})
    return belongs
