"""Is the house up? The database answers, its tables are those of this release, and jobs were done lately."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db import Error, connection, transaction

from alongside.kernel import clock

# The job of every minute is the house's pulse. A minute is lost where a worker was started anew.
PULSE = "messages.every_minute"
LATELY = dt.timedelta(minutes=5)
ANSWERS_WITHIN = 3000  # milliseconds
# Whoever asks a hundred times a second costs no more than one.
KEPT_FOR = 1.0
PARTS = ("database", "migrations", "jobs")
LAST_DONE = """
    SELECT max(e.at) FROM procrastinate_events e WHERE e.type = 'succeeded' AND e.job_id = (
        SELECT max(j.id) FROM procrastinate_jobs j WHERE j.task_name = %s AND j.status = 'succeeded')
"""
_kept: dict[str, Any] = {"until": 0.0, "faults": []}


class Fault(NamedTuple):
    """Which part is not well, and a sentence that says so to whoever looks after the machine."""

    part: str
    sentence: str


def faults() -> list[Fault]:
    """What is wrong now, at most a second old; nothing when the house is well."""
    if time.monotonic() >= _kept["until"]:
        _kept.update(faults=list(_look()), until=time.monotonic() + KEPT_FOR)
    return list(_kept["faults"])


def forget() -> None:
    """Look anew at the next question."""
    _kept["until"] = 0.0


def _look() -> Iterator[Fault]:
    """Each part in its order; where one is not well, nothing that stands on it is asked."""
    asked: tuple[tuple[str, Callable[[Any], str]], ...] = (("migrations", _behind), ("jobs", pulse))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(ANSWERS_WITHIN)])
            for part, question in asked:
                if said := question(cursor):
                    yield Fault(part, said)
                    return
    except Error as error:
        yield Fault("database", f"The database does not answer as it should ({type(error).__name__}).")


def _behind(cursor: Any) -> str:
    from django.db.migrations.loader import MigrationLoader

    cursor.execute("SELECT app, name FROM django_migrations")
    # What is on the disk does not change while this process runs.
    on_disk = _kept.get("on_disk") or MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    _kept["on_disk"] = set(on_disk)
    waiting = len(_kept["on_disk"] - set(cursor.fetchall()))
    return f"The database is {waiting} steps behind: run `alongside migrate`." if waiting else ""


def pulse(cursor: Any) -> str:
    """A sentence where no job was done lately, else nothing."""
    cursor.execute(LAST_DONE, [PULSE])
    (last,) = cursor.fetchone()
    if last is not None and clock.now() - last < LATELY:
        return ""
    since = f"since {last:%d %B %Y, %H:%M} UTC" if last else "yet"
    return f"No job was done {since}: the messages worker does not run, or stands still."
