"""Two who write the same thing at once take turns, until their transaction ends."""

from django.db import connection


def one_at_a_time(what: str) -> None:
    """Wait for whoever is at `what` now. An advisory lock: whoever adds a row may not change the one above it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
