"""Does every lock in the database equal the one in the code?

PostgreSQL keeps a condition as a tree and writes it back in its own words, so texts cannot be compared
straight away. Each declared lock is put on an empty temporary table of the same name, and what PostgreSQL
makes of it there is compared with what stands on the real one. That needs the owner's address; without it
only the presence of the locks is looked at.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from alongside.config.cli.checks.finding import Finding, fine, wrong

POLICIES = """
    SELECT p.polname, p.polcmd, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
    FROM pg_policy p WHERE p.polrelid = %s::regclass
"""
TABLES = """
    SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""
KINDS = {"see": "r", "add": "a", "change": "w", "remove": "d", "owner": "*"}


class Lock(NamedTuple):
    """One policy: for which command, and PostgreSQL's words for its two conditions."""

    command: str
    using: str | None
    check: str | None


def unlocked_tables(cursor: Any) -> list[str]:
    """Where the tables in the database and those the code speaks of differ, as sentences."""
    from alongside.kernel.rows import all_rows, open_tables

    cursor.execute(TABLES)
    forced = dict(cursor.fetchall())
    locked, unlocked = all_rows(), open_tables()
    return [
        *(
            f"{name} has no lock: its row-level security is not forced."
            for name in locked
            if forced.get(name) is False
        ),
        *(f"{name} should have a lock, and is not in the database." for name in locked if name not in forced),
        *(
            f"{name} is neither locked nor named as open."
            for name in forced
            if name not in {*locked, *unlocked}
        ),
        *(f"{name} is named as open and locked at once." for name in unlocked if name in locked),
    ]


def changed_locks(cursor: Any) -> list[str]:
    """Locks that are not as in the code, as sentences. The cursor is the owner's."""
    from alongside.kernel.rows import all_rows

    # The real ones first: a temporary table of the same name would colour how they are written.
    standing = {name: _locks_on(cursor, f'public."{name}"') for name in all_rows()}
    said: list[str] = []
    for name, rows in all_rows().items():
        said += _differences(name, _declared(cursor, name, rows), standing[name])
    return said


def _locks_on(cursor: Any, table: str) -> dict[str, Lock]:
    cursor.execute(POLICIES, [table])
    return {name: Lock(*rest) for name, *rest in cursor.fetchall()}


def _declared(cursor: Any, name: str, rows: Any) -> dict[str, Lock]:
    """What PostgreSQL makes of the code's conditions."""
    cursor.execute(f'CREATE TEMPORARY TABLE "{name}" (LIKE public."{name}")')
    try:
        for statement in rows.statements():
            cursor.execute(statement)
        return _locks_on(cursor, f'pg_temp."{name}"')
    finally:
        cursor.execute(f'DROP TABLE pg_temp."{name}"')


def _differences(table: str, wanted: dict[str, Lock], found: dict[str, Lock]) -> Iterator[str]:
    for name in sorted({*wanted, *found}):
        if name not in found:
            yield f"{table}: the lock '{name}' is missing."
        elif name not in wanted:
            yield f"{table}: the lock '{name}' is not ours."
        elif wanted[name] != found[name]:
            yield f"{table}: the lock '{name}' is not the one in the code."


def locks() -> Iterator[Finding]:
    """Every table locked or open by name, and every lock the code's own."""
    from django.conf import settings
    from django.db import connection, connections

    with connection.cursor() as cursor:
        said = unlocked_tables(cursor)
    compared = "owner" in settings.DATABASES
    if compared and not said:
        with connections["owner"].cursor() as cursor:
            said = changed_locks(cursor)
    if said:
        yield wrong("locks", f"{' '.join(said)} `alongside migrate` writes every lock anew.")
    elif compared:
        yield fine("locks", "Every lock in the database is the one in the code.")
    else:
        yield fine(
            "locks",
            "Every table is locked. Set DATABASE_OWNER_URL to compare the locks with the code, word by word.",
        )
