"""What a machine or a database refuses is told in a sentence, with exit code 1 and no traceback."""

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db.utils import OperationalError

from alongside.config import cli
from alongside.config.cli.troubles import in_a_sentence
from alongside.config.tests.test_serving import alongside
from alongside.kernel.postgres import ensure_running, stop

FILES = ("--lsoa", "a.csv", "--boundaries", "b.geojson", "--wards", "c.geojson")
NEED_TABLES = (
    ("user", "add", "--name", "X"),
    ("place", "load", *FILES),
    ("worker",),
    ("serve", "--port", "1"),
)


@pytest.fixture(scope="module")
def never_migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("new")
    ensure_running(folder)
    yield folder
    stop(folder)


@pytest.mark.parametrize("command", NEED_TABLES, ids=" ".join)
def test_a_command_that_needs_tables_says_so_where_there_are_none(
    never_migrated: Path, command: tuple[str, ...]
) -> None:
    ended = alongside(never_migrated, *command)
    assert ended.returncode == 1
    assert "Run `alongside migrate`, then this again." in ended.stderr
    assert "Traceback" not in ended.stderr


def test_without_the_owners_address_it_says_the_same(never_migrated: Path) -> None:
    ended = alongside(never_migrated, *NEED_TABLES[0], DATABASE_URL=ensure_running(never_migrated).app)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "alongside migrate" in ended.stderr


@pytest.mark.parametrize("command", ["check", "migrate", "worker", "backup a.backup", "restore a.backup"])
def test_a_database_that_is_not_there_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.backup").touch()
    nowhere = "postgresql://alongside_app:hidden@127.0.0.1:1/alongside"
    words = [str(tmp_path / word) if "." in word else word for word in command.split()]
    ended = alongside(
        tmp_path / "data", *words, DATABASE_URL=nowhere, ALONGSIDE_BACKUP_PASSPHRASE="five words nobody said"
    )
    assert ended.returncode == 1
    assert "No database answers at DATABASE_URL" in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    assert "hidden" not in ended.stdout + ended.stderr


def test_a_data_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "note").touch()
    for folder in (tmp_path / "note" / "data", tmp_path / "note"):
        ended = alongside(folder, "check", "--json")
        assert ended.returncode == 1
        assert "ALONGSIDE_DATA names another" in json.loads(ended.stdout)["error"]
        assert "Traceback" not in ended.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_is_closed_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    ended = alongside(tmp_path, "check")
    tmp_path.chmod(0o700)
    assert (ended.returncode, "Traceback" in ended.stderr) == (1, False)
    assert "Permission denied" in ended.stderr


@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EROFS])
def test_a_full_or_closed_disk_is_told(
    why: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(why, os.strerror(why))

    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    monkeypatch.delenv("ALONGSIDE_SECRET_KEY", raising=False)
    monkeypatch.setattr(os, "fsync", refuse)
    assert cli.main(["check"]) == 1
    assert os.strerror(why) in capsys.readouterr().err
    assert not (tmp_path / "secrets.json").exists()


def test_a_fault_of_ours_is_not_taken_for_one_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall() -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file", "alongside/lost.py")

    monkeypatch.setattr(cli, "make_ready", fall)
    with pytest.raises(FileNotFoundError):
        cli.main(["user", "add", "--name", "X"])


def test_what_a_database_refuses_in_the_middle_has_its_sentence() -> None:
    lost = OperationalError("the connection is lost\nLINE 1")
    lost.__cause__ = psycopg.OperationalError("the connection is lost")
    assert in_a_sentence(lost) == (
        "The database does not answer: the connection is lost LINE 1. What was being done was not done."
    )
    assert "disk of the database is full" in in_a_sentence(psycopg.errors.DiskFull("could not extend file"))
