"""What this room asks of rooms above it, by dotted paths in `settings_sign_in`: it may not import them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from alongside.accounts.models import Account


def holds_others_stories(account: Account) -> bool:
    """Whether the account's person holds a role or may open somebody's page (asked while they act)."""
    return bool(import_string(settings.SECOND_FACTOR_WANTED_BY)(account))


def may_help_sign_in(by: Any, account: Account) -> bool:
    """Whether this person may make a link for that account."""
    return bool(import_string(settings.MAY_HELP_SIGN_IN)(by, account))


def may_open_accounts(by: Any) -> bool:
    """Whether this person may open an account for somebody."""
    return bool(import_string(settings.MAY_OPEN_ACCOUNTS)(by))


def find_account(words: str) -> Account | None:
    """The one account that an e-mail or a phone number reaches, or None (asked inside `sign_in`)."""
    found: Account | None = import_string(settings.FIND_ACCOUNT)(words)
    return found


def person_of(account: Account) -> tuple[UUID | None, str]:
    """The key of the account's person and what they are called; (None, "") where there is nobody."""
    found: tuple[UUID | None, str] = import_string(settings.PERSON_OF_ACCOUNT)(account)
    return found


def faces() -> list[Any]:
    """Those one may be in the demo: each with `account_id`, `called`, `name` and `roles`."""
    return list(import_string(settings.DEMO_FACES)())


def send_link(*, account: Account, link_url: str, way: str) -> None:
    """Send a link by e-mail or text (asked inside `sign_in`); raises Denied where that way is not theirs."""
    lasts = settings.SIGN_IN_LINK_LASTS[way]
    import_string(settings.SEND_SIGN_IN_LINK)(account=account, link_url=link_url, way=way, good_for=lasts)


def somebody_at_the_door() -> Any:
    """Who helps whoever stands at the door today: somebody with a name, or None before anybody serves."""
    return import_string(settings.SOMEBODY_AT_THE_DOOR)()
