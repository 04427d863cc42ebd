"""Is the database one that we may work with, and up to date?"""

from collections.abc import Iterator

from alongside.config.cli.checks.finding import Finding, fine, wrong
from alongside.config.cli.house import waiting_migrations
from alongside.kernel import postgres


def version() -> Iterator[Finding]:
    """Which PostgreSQL answers (an older one than 15 is refused before we come here)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        yield fine("database", f"PostgreSQL {cursor.fetchone()[0]} answers.")


def role() -> Iterator[Finding]:
    """Whether row-level security holds for the role that runs."""
    from django.db import connection

    try:
        postgres.check_ordinary_role(connection)
    except postgres.NotSafe as error:
        yield wrong("role", str(error))
    else:
        yield fine("role", "The role that runs is an ordinary one, so that every lock holds for it.")


def migrations() -> Iterator[Finding]:
    """Whether tables and code agree."""
    waiting = waiting_migrations()
    if waiting:
        yield wrong(
            "migrations",
            f"{len(waiting)} steps are waiting ({', '.join(waiting[:3])}…): run `alongside migrate`.",
        )
    else:
        yield fine("migrations", "The database is up to date.")
