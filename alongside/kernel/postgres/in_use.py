"""Several commands may use our own server at once: whoever leaves last stops it, if a command had started it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from alongside.kernel.folders import data_folder, locked, made
from alongside.kernel.postgres.server import ensure_running, is_running, stop

# Somebody who works there without a command: a test, `psql`, another program.
OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)
STOP_IT = b"the last one out stops the server\n"


@contextmanager
def in_use(folder: Path | None = None) -> Iterator[None]:
    """Our own server is used inside; at the end it is as it was found, or as the first of several found it.

    Every command holds a shared lock on one file for as long as it runs, also while it has no connection
    open. A process that is killed lets go of it too. The file says whether the server is to be stopped.
    """
    home = made(folder.absolute()) if folder else data_folder()
    handle = os.open(home / ".postgres.in-use", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        # One at a time at the door: between looking around and taking the lock nobody else comes or goes.
        with locked(home / ".postgres.door"):
            _come_in(handle, home)
        try:
            yield
        finally:
            with locked(home / ".postgres.door"):
                _leave(handle, home)
    finally:
        os.close(handle)


def _come_in(handle: int, home: Path) -> None:
    if _alone(handle):
        os.ftruncate(handle, 0)
        if not is_running(home):
            os.pwrite(handle, STOP_IT, 0)
    fcntl.flock(handle, fcntl.LOCK_SH)


def _leave(handle: int, home: Path) -> None:
    stopping = os.pread(handle, len(STOP_IT), 0) == STOP_IT
    if _alone(handle) and stopping and is_running(home) and not _others_work_there(home):
        stop(home)


def _alone(handle: int) -> bool:
    """Whether no other command holds the lock; we hold it then, alone."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _others_work_there(home: Path) -> bool:
    with psycopg.connect(ensure_running(home).admin or "") as connection:
        found = connection.execute(OTHERS).fetchone()
    return bool(found and found[0])
