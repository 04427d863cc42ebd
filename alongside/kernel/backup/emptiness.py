"""A restore begins with nothing there, and where it goes wrong it leaves nothing there."""

import shutil
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from alongside.kernel.backup.errors import BackupFailed, NotEmpty, reason
from alongside.kernel.backup.manifest import SCHEMAS, anything_in

# Uploads that are not verified yet; while it is there, a restore is not finished.
MAKING = ".restoring"


def check_empty(owner: str, uploads: Path) -> None:
    """Raise NotEmpty where a database or a folder of uploads holds something, BackupFailed where none answers."""
    try:
        with psycopg.connect(owner) as connection:
            there = anything_in(connection)
    except psycopg.OperationalError as error:
        raise BackupFailed(f"The database does not answer: {reason(error)}.") from error
    interrupted = (uploads / MAKING).exists()
    if there and interrupted:
        raise NotEmpty(
            "A restore into this database was interrupted before it was verified. Make a new, empty database "
            f"and restore into that, with a folder of uploads other than {uploads}."
        )
    if there:
        raise NotEmpty(f"This database is not empty (it has {there}). A restore goes into an empty one only.")
    if interrupted:
        # Left by a restore that was killed before its database was committed.
        shutil.rmtree(uploads / MAKING)
    if _inside(uploads):
        raise NotEmpty(f"The folder {uploads} is not empty. A restore goes into an empty folder only.")


def _inside(uploads: Path) -> list[Path]:
    """What is in the folder; a disk of its own always has lost+found."""
    return [path for path in uploads.iterdir() if path.name != "lost+found"] if uploads.exists() else []


def clear(uploads: Path) -> None:
    """Take away what this restore brought: the folder was empty when it began."""
    for path in _inside(uploads):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def empty_again(owner: str, trouble: BaseException) -> None:
    """Take away what this restore brought, if it came that far: the database was empty when it began."""
    try:
        with psycopg.connect(owner) as connection:
            if anything_in(connection):
                _drop_all(connection)
    except psycopg.Error as error:
        trouble.add_note(f"The database could not be emptied again: {reason(error)}. Use a new one.")


def _drop_all(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SET LOCAL client_min_messages = warning")
    for (schema,) in connection.execute(SCHEMAS).fetchall():
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))
    connection.execute("CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")
