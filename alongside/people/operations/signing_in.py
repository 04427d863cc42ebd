"""Switching somebody's way to sign in off and on again, once they no longer serve (or do again)."""

from typing import cast
from uuid import UUID

from alongside.accounts.models import Account
from alongside.audit.recording import operation, record
from alongside.kernel.acting import working_on
from alongside.people import policies
from alongside.people.models import Person
from alongside.people.operations.roles import refuse_while_kept


@operation("people.switch_sign_in")
def switch_sign_in(*, by: Person, person: Person, on: bool) -> Person:
    """Switch a way to sign in off, so that nobody gets in by it at the next request; or on again.

    Only of those who serve or served. Nothing of theirs is taken away but the door. Raises Denied; NotYet while they
    keep relationships that are not handed over (I32).
    """
    policies.check_can_switch_sign_in(by, person)
    door = cast("UUID", person.account_id)  # whoever has none was refused just above
    if not on:
        refuse_while_kept(by, [person])
    with working_on("sign_in", person=by):
        Account.objects.filter(pk=door).update(is_active=on)
    record("people.switch_sign_in", by=by, thing=person, person_id=person.pk, fields={"on": on})
    return person
