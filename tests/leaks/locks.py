"""Take one lock off, to see whether the other holds alone."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any
from unittest import mock

import psycopg
from django.db import connection
from django.urls import get_resolver
from psycopg import sql

from alongside.kernel.postgres import APP_ROLE
from tests.database import server

BARE_ROLE = f"{APP_ROLE}_bare"


def make_bare_role() -> None:
    """A role that may do what the ordinary one may, and that no row policy holds back. For tests alone."""
    with psycopg.connect(server().admin or "", autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(20260101)")
        found = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [BARE_ROLE]).fetchone()
        if found is None:
            names = [sql.Identifier(BARE_ROLE), sql.Identifier(APP_ROLE)]
            admin.execute(sql.SQL("CREATE ROLE {} NOLOGIN BYPASSRLS IN ROLE {}").format(*names))


@contextmanager
def without_row_security() -> Iterator[None]:
    """Policies alone: the same requests as a role that row-level security does not hold back."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {BARE_ROLE}")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"SET ROLE {APP_ROLE}")


@contextmanager
def without_policies() -> Iterator[None]:
    """Row-level security alone: no check refuses, nothing is narrowed, no look is asked for a Basis."""
    from alongside.consent import looks
    from alongside.kernel import policy

    def nothing(*args: Any, **kwargs: Any) -> None: ...

    with (
        mock.patch.object(policy, "enforce", nothing),
        everywhere(policy.narrow, lambda queryset, condition: queryset),
        everywhere(looks.looked, nothing),
    ):
        yield


@contextmanager
def everywhere(function: Callable[..., Any], instead: Callable[..., Any]) -> Iterator[None]:
    """Put another function in its place, in every module of the house that took it by name."""
    # All of them, also the views: one imported only meanwhile would keep the stand-in for good.
    get_resolver().url_patterns  # noqa: B018 - asked for what it imports
    taken = [
        (module, name)
        for module in _of_the_house()
        for name, value in list(vars(module).items())
        if value is function
    ]
    for module, name in taken:
        setattr(module, name, instead)
    try:
        yield
    finally:
        for module, name in taken:
            setattr(module, name, function)


def _of_the_house() -> list[ModuleType]:
    return [module for name, module in list(sys.modules.items()) if name.startswith("alongside.") and module]


@contextmanager
def both() -> Iterator[None]:
    """The house as it is."""
    yield


LOCKS = {
    "both locks": both,
    "row-level security alone": without_policies,
    "policies alone": without_row_security,
}
