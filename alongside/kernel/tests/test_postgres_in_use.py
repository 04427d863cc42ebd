"""Two commands at once: neither takes the server away from the other, and the last one out stops it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import psycopg
import pytest

from alongside.kernel.postgres import ensure_running, in_use, is_running, stop
from alongside.kernel.tests.postgres_servers import environment

# It has no connection open while it waits: a question to the server would not see it.
CHILD = """
import sys
from pathlib import Path
from alongside.kernel.postgres import ensure_running, in_use
home = Path(sys.argv[1])
with in_use(home):
    ensure_running(home)
    print("in", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    with (
        tempfile.TemporaryDirectory(prefix="alongside-test-") as name,
        mock.patch.dict("os.environ", environment("wheel")),
    ):
        Path(name).chmod(0o711)
        folder = Path(name) / "data"
        try:
            yield folder
        finally:
            stop(folder)


def comes(home: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in\n"
    return process


def leaves(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=60)
    assert process.returncode == 0


def test_who_started_the_server_does_not_take_it_from_those_who_came_after(home: Path) -> None:
    first, second = comes(home), comes(home)
    leaves(first)
    assert is_running(home)
    leaves(second)
    assert not is_running(home)


def test_one_who_was_killed_holds_nobody_up(home: Path) -> None:
    first, second = comes(home), comes(home)
    first.kill()
    first.communicate()
    assert is_running(home)
    leaves(second)
    assert not is_running(home)


def test_a_server_that_ran_before_runs_on(home: Path) -> None:
    ensure_running(home)
    first, second = comes(home), comes(home)
    leaves(first)
    leaves(second)
    assert is_running(home)


def test_a_server_left_by_one_that_was_killed_is_one_that_ran_before(home: Path) -> None:
    first = comes(home)
    first.kill()
    first.communicate()
    leaves(comes(home))
    assert is_running(home)


def test_who_works_there_without_a_command_keeps_the_server(home: Path) -> None:
    first = comes(home)
    with psycopg.connect(ensure_running(home).app):
        leaves(first)
        assert is_running(home)


def falls_over(home: Path) -> None:
    with in_use(home):
        ensure_running(home)
        raise ZeroDivisionError


def test_also_after_a_fault_the_server_is_as_it_was_found(home: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        falls_over(home)
    assert not is_running(home)
