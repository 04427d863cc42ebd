"""Asking at the door for a link: the same page after the same time, whoever is known."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from alongside.accounts import hooks, limits
from alongside.accounts.models import SignInLink
from alongside.accounts.operations import make_link
from alongside.kernel.policy import Denied

Way = SignInLink.Way


@contextmanager
def taking_its_time() -> Iterator[None]:
    """Take `ASKING_TAKES` at least, so that a quick answer does not say "unknown"."""
    began = time.monotonic()
    yield
    time.sleep(max(0.0, settings.ASKING_TAKES.total_seconds() - (time.monotonic() - began)))


def way_of(where: str) -> str:
    """By e-mail to an e-mail, by text to a number."""
    return Way.EMAIL if "@" in where else Way.TEXT


def send_link_to(request: HttpRequest, where: str) -> None:
    """Send a link to whoever is reached there, if anybody; tell nobody whether (runs inside `sign_in`).

    Held back without a word after three links in the time that one lasts: those three still work.
    """
    with taking_its_time():
        account = hooks.find_account(where)
        if account is not None and limits.allowed(request, "send_link", key=str(account.pk)):
            # They said never to use this way: to say so here would tell a stranger that they are known.
            with suppress(Denied), transaction.atomic():
                made = make_link(by=None, account=account, way=way_of(where))
                hooks.send_link(account=account, link_url=made.url, way=way_of(where))
