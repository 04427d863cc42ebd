"""Who needs two things to sign in, and whether this session has shown both."""

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from alongside.accounts import hooks
from alongside.accounts.models import Account
from alongside.accounts.queries import SECOND


def needs_two(account: Account) -> bool:
    """Whether one secret is too little: the account's person holds others' stories.

    Nobody in the demo, whose people are invented and have no secrets. Asked while that person acts.
    """
    return not settings.DEMO and hooks.holds_others_stories(account)


def has_two(account: Account) -> bool:
    """Whether the account has a passkey or gets codes from a phone."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=SECOND).exists()


def shown(request: HttpRequest) -> bool:
    """Whether this session came in with a second factor, or set one up."""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, request.user))


def note_shown(request: HttpRequest, kind: str) -> None:
    """The second factor was set up in this session, which shows that it is at hand."""
    record_authentication(request, request.user, method="mfa", type=kind)
