"""A place as it runs: real processes, in a folder of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import psycopg
import pytest

from alongside.config import flags
from alongside.kernel.postgres import ensure_running, is_running, stop

PATIENCE = 60


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a migrated, empty place."""
    folder = tmp_path_factory.mktemp("place")
    assert alongside(folder, "migrate").returncode == 0
    yield folder
    stop(folder)


def environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_"))
    }
    return kept | {"ALONGSIDE_DATA": str(folder), "ALONGSIDE_PG_FAST": "1"}


def start(folder: Path, *argv: str, **more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "alongside.config.cli", *argv],
        env=environment(folder) | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def alongside(folder: Path, *argv: str, **more: str) -> subprocess.CompletedProcess[str]:
    process = start(folder, *argv, **more)
    said, told = process.communicate(timeout=PATIENCE)
    return subprocess.CompletedProcess(argv, process.returncode, said, told)


def free_port() -> int:
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return int(trying.getsockname()[1])


def opened(port: int, path: str) -> int:
    """The status of a page, once the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
                return int(answer.status)
        except URLError as error:
            if time.monotonic() > until or hasattr(error, "code"):
                raise
            time.sleep(0.1)


def until_closed(port: int) -> bool:
    """Whether nobody listens there any more, within a few seconds."""
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)):
                return True
        time.sleep(0.2)
    return False


def test_a_place_serves_pages_and_styles_and_stops_in_good_order(place: Path) -> None:
    port = free_port()
    serving = start(place, "serve", "--port", str(port), "--workers", "1")
    assert opened(port, "/") == 200
    assert opened(port, "/static/build/alongside.css") == 200
    serving.send_signal(signal.SIGTERM)
    _said, told = serving.communicate(timeout=PATIENCE)
    assert serving.returncode == 0, told
    assert "Traceback" not in told
    assert until_closed(port)
    # It started the database, so it stopped it.
    assert not is_running(place)


def test_a_place_that_was_killed_leaves_no_process_on_its_port(place: Path) -> None:
    port = free_port()
    serving = start(place, "serve", "--port", str(port), "--workers", "1")
    assert opened(port, "/") == 200
    serving.kill()
    serving.communicate(timeout=PATIENCE)
    assert until_closed(port)


def test_a_database_that_ran_before_runs_on(place: Path) -> None:
    ensure_running(place)
    assert alongside(place, "check").returncode == 1
    assert is_running(place)


def test_a_port_that_is_taken_is_told(place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = alongside(place, "serve", "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 1
    assert "Choose another with --port" in ended.stderr


def test_a_database_that_is_behind_is_not_served(tmp_path: Path) -> None:
    try:
        ended = alongside(tmp_path, "serve", "--port", str(free_port()))
        assert ended.returncode == 1
        assert "Run `alongside migrate`" in ended.stderr
    finally:
        stop(tmp_path)


@pytest.mark.parametrize("too_much", ["owner", "admin"])
def test_it_refuses_to_run_as_owner_or_superuser(place: Path, too_much: str) -> None:
    found: Any = ensure_running(place)
    ended = alongside(place, "serve", "--port", str(free_port()), DATABASE_URL=getattr(found, too_much))
    assert ended.returncode == 1
    assert "Alongside refuses to run as" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_check_names_a_lock_that_was_opened_by_hand(place: Path) -> None:
    found: Any = ensure_running(place)
    with psycopg.connect(found.owner, autocommit=True) as owner:
        owner.execute("ALTER POLICY see ON people_reach USING (true)")
    said = json.loads(alongside(place, "check", "--json").stdout)
    locks = next(each for each in said["says"] if each["what"] == "locks")
    assert not said["sound"]
    assert locks["sentence"].startswith("people_reach: the lock 'see' is not the one in the code.")
    assert alongside(place, "migrate").returncode == 0
    again = json.loads(alongside(place, "check", "--json").stdout)
    assert next(each for each in again["says"] if each["what"] == "locks")["ok"]


def test_a_place_is_kept_in_one_file_and_comes_back_elsewhere(place: Path, tmp_path: Path) -> None:
    phrase, kept = {"ALONGSIDE_BACKUP_PASSPHRASE": "five words nobody has said"}, tmp_path / "place.backup"
    elsewhere = tmp_path / "elsewhere"
    added = alongside(place, "user", "add", "--name", "Imogen Blake", "--role", "place_steward")
    assert added.returncode == 0, added.stderr
    taken = alongside(place, "backup", "--json", str(kept), **phrase)
    assert taken.returncode == 0, taken.stderr
    assert b"Imogen" not in kept.read_bytes()
    rehearsed = alongside(place, "rehearse", "--json", str(kept), **phrase)
    assert rehearsed.returncode == 0, rehearsed.stderr
    found = json.loads(rehearsed.stdout)
    assert found["restored"]["rows"] == json.loads(taken.stdout)["rows"]
    assert found["audit"]["sound"]
    assert [each for each in place.iterdir() if each.name.startswith("rehearsal")] == []
    try:
        wrong = alongside(elsewhere, "restore", str(kept), ALONGSIDE_BACKUP_PASSPHRASE="some other words")
        assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
        restored = alongside(elsewhere, "restore", "--json", str(kept), **phrase)
        assert restored.returncode == 0, restored.stderr
        assert json.loads(restored.stdout)["rows"] == json.loads(taken.stdout)["rows"] > 0
        found = {
            each["what"]: each["ok"]
            for each in json.loads(alongside(elsewhere, "check", "--json").stdout)["says"]
        }
        assert found["locks"]
        assert found["steward"]
    finally:
        stop(elsewhere)


def test_faces_to_sign_in_as_exist_behind_the_demo_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(flags.TICKET, raising=False)
    assert not flags.demo()
    monkeypatch.setenv(flags.TICKET, "1")
    assert not flags.demo()
    monkeypatch.setenv(flags.TICKET, flags._ticket(1))
    assert not flags.demo()
    flags.switch_demo_on()
    assert flags.demo()
