"""What signing in asks about people (the dotted paths in `settings_sign_in`): whose number, whose account."""

from typing import NamedTuple
from uuid import UUID

from django.db import connection

from alongside.accounts.models import Account
from alongside.people.models import Person, RoleHeld
from alongside.people.names import OWN
from alongside.people.policies import held_now


class Face(NamedTuple):
    """Somebody one may be in the demo: `roles` are titles or role names, none for a resident."""

    account_id: UUID
    called: str
    name: str
    roles: list[str]


def _figures(number: str) -> str:
    return "".join(figure for figure in number if figure.isdigit())[-OWN:]


def _reached(by: str, said: str) -> set[UUID]:
    """Accounts that a "phone" or an "email" reaches: asked in the database, where an index answers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT guard.reached_by_{by}(%s)", [said])
        return {key for (key,) in cursor.fetchall()}


def find_account(words: str) -> Account | None:
    """The one account that this e-mail or phone number reaches; asked inside `working_on("sign_in")`.

    None where nobody is reached by it, where they said never to use it, and where two people share it: a
    link to one of them could be opened by the other.
    """
    words = words.strip()
    if "@" in words:
        found = _reached("email", words)
    elif len(_figures(words)) == OWN:
        found = _reached("phone", _figures(words))
    else:
        return None
    return Account.objects.filter(pk__in=found).first() if len(found) == 1 else None


def person_of(account: Account) -> tuple[UUID | None, str]:
    """The key of the account's person (of the kept record, where two were one), and what they are called."""
    person = Person.objects.filter(account_id=account.pk).first()
    if person is None:
        return None, ""
    return person.same_as_id or person.pk, str(person)


def _roles_today() -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = {}
    for role in RoleHeld.objects.filter(held_now()):
        found.setdefault(role.person_id, []).append(role.title or str(role.get_role_display()))
    return found


def faces() -> list[Face]:
    """Everybody in the demo who can sign in, residents first; asked inside `working_on("sign_in")`."""
    roles = _roles_today()
    people = Person.objects.filter(account__isnull=False, same_as__isnull=True).order_by("name")
    found = [
        Face(one.account_id, str(one), one.name, roles.get(one.pk, [])) for one in people if one.account_id
    ]
    return sorted(found, key=lambda face: bool(face.roles))
