"""Which database this process uses: the one it was told, or our own."""

import os

import psycopg

from alongside.kernel.postgres.errors import NotReady
from alongside.kernel.postgres.server import ensure_running
from alongside.kernel.postgres.url import Addresses, django_database, without_password

__all__ = ["Addresses", "addresses", "django_database"]

OLDEST = 15


def addresses() -> Addresses:
    """The addresses to use, checked by connecting.

    DATABASE_URL (and DATABASE_OWNER_URL) when set, else our own server, started if need be. Raises NotReady
    when a server does not answer or is older than PostgreSQL 15.
    """
    given = os.environ.get("DATABASE_URL")
    if not given:
        return ensure_running()
    owner = os.environ.get("DATABASE_OWNER_URL") or None
    check_server(given, "DATABASE_URL")
    if owner:
        check_server(owner, "DATABASE_OWNER_URL")
    return Addresses(app=given, owner=owner, admin=None)


def check_server(url: str, called: str) -> None:
    """Raise NotReady unless a server of a version we work with answers at that address."""
    django_database(url)
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        raise NotReady(f"No database answers at {called} ({without_password(url)}): {error}") from error
    check_version(version, called)


def check_version(version: int, called: str) -> None:
    """Raise NotReady for a server older than 15; `version` as libpq counts it (150004 is 15.4)."""
    if version // 10000 < OLDEST:
        raise NotReady(
            f"The server at {called} is PostgreSQL {version // 10000}. Alongside needs {OLDEST} or newer; "
            "docs/how-to/database.md says how to move."
        )
