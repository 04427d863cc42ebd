"""Who needs two things to sign in, and whether this session has shown both."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from alongside.accounts import hooks
from alongside.accounts.models import Account
from alongside.accounts.queries import kinds_of


def needs_two(account: Account) -> bool:
    """Whether one secret is too little: the account's person holds others' stories.

    Nobody in the demo, whose people are invented and have no secrets. Asked while that person acts.
    """
    return not settings.DEMO and hooks.holds_others_stories(account)


def page_to_show_it(account: Account) -> str:
    """The name of the page where this account shows its second factor, or sets one up where it has none."""
    kinds = kinds_of(account)
    if Authenticator.Type.WEBAUTHN in kinds:
        return "mfa_reauthenticate_webauthn"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in kinds else "second_factor"


def shown(request: HttpRequest) -> bool:
    """Whether this session came in with a second factor, or set one up."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, request.user))


def note_shown(request: HttpRequest, kind: str) -> None:
    """The second factor was set up in this session, which shows that it is at hand."""
    record_authentication(request, request.user, method="mfa", type=kind)
