"""What signing in asks about trust (the dotted paths in `settings_sign_in`): who holds others' stories."""

from django.db.models import Q

from alongside.accounts.models import Account
from alongside.consent.models import Basis
from alongside.consent.policies import basis_for, holds, live_now
from alongside.people.models import Person, Role, RoleHeld

MAY_OPEN = (
    Role.WORKER, Role.PEER, Role.CONNECTOR, Role.SOCIAL_WORKER, Role.TEAM_LEAD, Role.STEWARD, Role.DUTY_HUMAN,
)  # fmt: skip


def _persons(account: Account) -> list[Person]:
    """The account's person: both records, where two were found to be one."""
    own = Q(account_id=account.pk)
    return list(Person.objects.filter(own | Q(other_records__account_id=account.pk)))


def holds_others_stories(account: Account) -> bool:
    """Whether the account's person holds a role today, or may open somebody's page at this moment.

    Asked while that person acts: what they may open is theirs to see.
    """
    persons = _persons(account)
    if any(holds(person, *Role.values) for person in persons):
        return True
    return Basis.objects.filter(live_now(), actor__in=persons).exists()


def may_help_sign_in(by: Person, account: Account) -> bool:
    """Whether `by` may make a link for that account: they walk with its person, or look after who serves.

    Asked while `by` acts. A part that somebody opened is not enough.
    """
    persons = _persons(account)
    if any(basis.whole for person in persons if (basis := basis_for(by, person))):
        return True
    return holds(by, Role.STEWARD) and RoleHeld.objects.filter(person__in=persons).exists()


def may_open_accounts(by: Person) -> bool:
    """Whether `by` holds a role in which one helps people today."""
    return holds(by, *MAY_OPEN)
