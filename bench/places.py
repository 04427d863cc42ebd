"""A database of its own for each measurement, and a session of somebody in it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any


@contextmanager
def fresh(name: str) -> Iterator[Any]:
    """The addresses of a new, migrated, empty database on the bench server; it stays there afterwards."""
    from django.conf import settings
    from django.db import connections

    from alongside.kernel.migrations_run import migrate
    from alongside.kernel.postgres import (
        APP_ROLE,
        django_database,
        drop_database,
        ensure_running,
        make_database,
    )

    ours = ensure_running()
    drop_database(ours, name)
    addresses = make_database(ours, name)
    for alias, url in (("default", addresses.app), ("owner", addresses.owner)):
        connections[alias].close()
        connections[alias].settings_dict.update(django_database(url or ""))
        settings.DATABASES[alias].update(django_database(url or ""))
    migrate(APP_ROLE)
    try:
        yield addresses
    finally:
        connections.close_all()


def cookie_of(account: Any) -> str:
    """A session of somebody who has shown both factors, as a browser sends it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from alongside.accounts.models import Account

    owner = Account.objects.using("owner").get(pk=account)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(owner.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = owner.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(owner.pk)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def statements_of(cookie: str, path: str, sent: Callable[[], str] | None = None) -> list[dict[str, str]]:
    """Every statement of one page, asked a second time, so that what is kept by the process is there.

    With `sent`, the form it gives is sent to that page.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    name, _, value = cookie.partition("=")
    client.cookies[name] = value
    _once(client, path, sent)
    with CaptureQueriesContext(connection) as asked:
        _once(client, path, sent)
    return list(asked.captured_queries)


def _once(client: Any, path: str, sent: Callable[[], str] | None) -> None:
    if sent is None:
        client.get(path)
    else:
        client.post(path, sent(), content_type="application/x-www-form-urlencoded")


def print_statements(asked: list[dict[str, str]]) -> None:
    """One line a statement, numbered: what it asks of which table."""
    for number, one in enumerate(asked, start=1):
        said = " ".join(one["sql"].split())
        began, _, rest = said.partition(" FROM ")
        print(f"    {number:>3}  {began.split()[0] + ' … FROM ' + rest if rest else said:.150}")
