"""Two records of one person: found by one, agreed by another, and it can be undone.

It opens nothing new to anybody: each reader keeps only the record they had a Basis for. Only the person
sees both, under one page, because `guard.selves()` knows both as them.
"""

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people import policies
from alongside.people.models import Person, SamePerson
from alongside.people.problems import NotYet, wrong


@operation("people.propose_same")
def propose_same(*, by: Person, kept: Person, other: Person, why: str) -> SamePerson:
    """Say that two records are one person, and why; nothing changes until another steward agrees.

    `kept` is the record that stays the person's own. Raises Denied, or ValidationError without a why, for
    one record twice, or for a record that is part of another already.
    """
    policies.check_can_look_after_place(by)
    if not why.strip():
        raise wrong("why", _("Say how you know, so that another steward can look at it with you."))
    same = SamePerson(kept=kept, other=other, why=why.strip(), proposed_by=by, proposed_at=clock.now())
    _refuse_tangles(same)
    same.save(force_insert=True)
    record(
        "people.propose_same", by=by, thing=same, person_id=kept.pk, fields={"other": other.pk, "why": why}
    )
    return same


@operation("people.agree_same")
def agree_same(*, by: Person, same: SamePerson) -> SamePerson:
    """Agree that two records are one person. From now on they have one page, which they alone see whole.

    Raises Denied for the one who proposed it, or NotYet where things have changed meanwhile.
    """
    policies.check_can_agree_same(by, same)
    same = SamePerson.objects.select_for_update().select_related("kept", "other").get(pk=same.pk)
    if same.agreed_at or same.undone_at:
        raise NotYet(_("Somebody has answered this already."))
    _refuse_tangles(same)
    same.agreed_by, same.agreed_at = by, clock.now()
    same.save(update_fields=["agreed_by", "agreed_at"])
    same.other.same_as = same.kept
    same.other.save(update_fields=["same_as"])
    record("people.agree_same", by=by, thing=same, person_id=same.kept_id, fields={"other": same.other_id})
    return same


@operation("people.undo_same")
def undo_same(*, by: Person, same: SamePerson) -> SamePerson:
    """Two records are two again, or were never one: each is as it was, nothing lost. Raises Denied."""
    policies.check_can_look_after_place(by)
    if same.undone_at:
        raise NotYet(_("That has been undone already."))
    same.undone_by, same.undone_at = by, clock.now()
    same.save(update_fields=["undone_by", "undone_at"])
    if same.agreed_at and same.other.same_as_id == same.kept_id:
        same.other.same_as = None
        same.other.save(update_fields=["same_as"])
    record("people.undo_same", by=by, thing=same, person_id=same.kept_id, fields={"other": same.other_id})
    return same


def _refuse_tangles(same: SamePerson) -> None:
    """One record is kept and one is put with it; never a chain, of which nobody could see the end."""
    if same.kept_id == same.other_id:
        raise wrong("other", _("That is one and the same record. Choose the other one."))
    part = Person.objects.filter(same_as__in=[same.other_id]).exists()
    if same.other.same_as_id or same.kept.same_as_id or part:
        raise wrong(
            "other", _("One of these is part of another record already. Undo that first, or choose that one.")
        )
