"""The real server on a bench database, in a process of its own; with the locks, or without to see their price.

Only this program can take the locks off, and only on its own database: it wraps the application before the
server imports it, and signs in as a role that row-level security does not hold.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import psutil

UNLOCKED_ROLE = "alongside_bench_unlocked"
LOCKED = "alongside.config.wsgi:application"
UNLOCKED = "bench.unlocked:application"


@contextmanager
def server(database_url: str, port: int, *, locked: bool) -> Iterator[psutil.Process]:
    """One granian worker on `port` until the block ends."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--workers",
        "1",
        "--blocking-threads",
        "4",
    ]
    command += ["--port", str(port), "--log-level", "error", LOCKED if locked else UNLOCKED]
    process = subprocess.Popen(command, env=environment)
    try:
        _wait(port)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/leave/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}")


def cpu_seconds(process: psutil.Process) -> tuple[float, float]:
    """CPU used so far by the server with its children, and by the database's own processes that serve it."""
    database = [one for one in psutil.process_iter(["cmdline"]) if _serves_us(one)]
    return sum(map(_used, [process, *process.children(recursive=True)])), sum(map(_used, database))


def _serves_us(process: psutil.Process) -> bool:
    words = " ".join(process.info["cmdline"] or [])
    return words.startswith("postgres:") and " bench_" in words


def _used(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:  # a connection that was closed since it was listed
        return 0.0
    return times.user + times.system
