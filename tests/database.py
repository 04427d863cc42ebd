"""How tests get a database: cloned from a template that is rebuilt when the shape of the house changes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from alongside.kernel.migrations_run import migrate
from alongside.kernel.postgres import (
    APP_ROLE,
    Addresses,
    django_database,
    drop_database,
    ensure_running,
    make_database,
)

SLOT = os.environ.get("ALONGSIDE_TEST_SLOT", "main").lower()


def server() -> Addresses:
    """The test server: our own, with durability off."""
    return ensure_running()


def use(addresses: Addresses, *, role: str | None = APP_ROLE) -> None:
    """Point Django at a database, signed in as the superuser but acting as `role` from the first byte."""
    for alias, url in (("default", addresses.admin), ("owner", addresses.owner)):
        connections[alias].close()
        entry = django_database(url or "")
        if alias == "default" and role:
            entry["OPTIONS"] = {**entry.get("OPTIONS", {}), "options": f"-c role={role}"}
        connections[alias].settings_dict.update(entry)
        settings.DATABASES[alias].update(entry)


def _exists(addresses: Addresses, name: str) -> bool:
    with psycopg.connect(addresses.admin or "", autocommit=True) as admin:
        return admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def template(fingerprint: str) -> str:
    """The name of a migrated, locked, empty database of this shape, made when it is missing."""
    name = f"tpl_{SLOT}_{fingerprint}"
    found = server()
    if not _exists(found, name):
        _drop_old_templates(found)
        use(make_database(found, f"{name}_new"))
        try:
            migrate(APP_ROLE)
        finally:
            for alias in ("default", "owner"):
                connections[alias].close()
        with psycopg.connect(found.admin or "", autocommit=True) as admin:
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(f"{name}_new"), sql.Identifier(name)
                )
            )
    return name


def _drop_old_templates(found: Addresses) -> None:
    with psycopg.connect(found.admin or "", autocommit=True) as admin:
        old = admin.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"tpl_{SLOT}_%"]
        ).fetchall()
    for (name,) in old:
        drop_database(found, name)


@contextmanager
def clone(source: str, name: str) -> Iterator[Addresses]:
    """A database copied from another, gone at the end."""
    found = server()
    drop_database(found, name)
    with psycopg.connect(found.admin or "", autocommit=True) as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER alongside_owner").format(
                sql.Identifier(name), sql.Identifier(source)
            )
        )
    here = make_database(found, name)
    use(here)
    try:
        yield here
    finally:
        for alias in ("default", "owner"):
            connections[alias].close()
        drop_database(found, name)


@contextmanager
def slot_database(worker: str, fingerprint: str) -> Iterator[None]:
    """This worker's database for the session. The template is made under a lock, by whoever comes first."""
    from alongside.kernel.folders import data_folder, locked

    with locked(data_folder() / f"template-{SLOT}.lock"):
        source = template(fingerprint)
        context = clone(source, f"test_{SLOT}_{worker}")
        context.__enter__()
    try:
        yield
    finally:
        context.__exit__(None, None, None)


@contextmanager
def as_owner() -> Iterator[Any]:
    """Step out of row-level security, to arrange a test or to look at what is really there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute("SET ROLE NONE")
        try:
            yield cursor
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"SET ROLE {before}")
