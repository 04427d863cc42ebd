"""`alongside backup` and `alongside restore`: what they ask, what they say, and what they leave behind."""

import getpass
import json
import sys
from datetime import UTC, datetime

import pytest

from alongside.config import cli
from alongside.config.cli import backups
from alongside.kernel.backup import BackupFailed
from alongside.kernel.backup.restoring import Restored
from alongside.kernel.backup.taking import Taken
from alongside.kernel.postgres import Addresses

PHRASE = "kettle lantern bramble harbour"
NOWHERE = Addresses("postgresql://app@/place", "postgresql://owner@/place", None)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("DATABASE_URL", NOWHERE.app)
    monkeypatch.setenv(backups.PASS_PHRASE, PHRASE)
    monkeypatch.setattr(backups, "addresses", lambda: NOWHERE)
    return tmp_path


@pytest.fixture
def taken(monkeypatch):
    """`backup` without a database: what it was asked, and what it says it took."""
    asked = {}

    def take(addresses, uploads, out, phrase, progress):
        asked.update(addresses=addresses, uploads=uploads, out=out, phrase=phrase)
        progress("counting", 0)
        return Taken(out, 2_345_678, 41, 12_345, 7, ["voice/pipe"], ["sign_in_links"])

    monkeypatch.setattr(backups, "backup", take)
    return asked


@pytest.fixture
def restored(monkeypatch):
    asked = {}

    def bring(file, addresses, uploads, phrase, progress):
        asked.update(file=file, uploads=uploads, phrase=phrase)
        return Restored("2026-03-09T09:00:00+00:00", 41, 12_345, 7, ["sign_in_links"])

    monkeypatch.setattr(backups, "restore", bring)
    return asked


def at_a_keyboard(monkeypatch, *typed):
    """Somebody who types, one line after another."""
    monkeypatch.delenv(backups.PASS_PHRASE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    lines = iter(typed)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(lines))


def test_a_backup_says_what_is_in_it_and_where_to_keep_it(folder, taken, capsys):
    assert cli.main(["backup", str(folder / "place.backup")]) == 0
    said = capsys.readouterr()
    assert "12,345 rows in 41 tables and 7 uploads (2.3 MB, encrypted)" in said.out
    assert "Keep it on another machine, and the pass phrase apart from it." in said.out
    assert "Left out, because it is not a plain file: voice/pipe" in said.out
    assert said.err == ""


def test_the_same_for_programs(folder, taken, capsys):
    assert cli.main(["backup", str(folder / "place.backup"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "path": str(folder / "place.backup"), "size": 2345678, "tables": 41, "rows": 12345, "files": 7,
        "left_out": ["voice/pipe"], "secrets": ["sign_in_links"],
    }  # fmt: skip


def test_it_takes_the_uploads_of_this_installation(folder, taken):
    cli.main(["backup", str(folder / "place.backup")])
    assert taken["uploads"] == folder / "data" / "uploads"
    assert taken["addresses"] is NOWHERE


def test_the_pass_phrase_is_never_said(folder, taken, restored, capsys):
    (folder / "place.backup").touch()
    for argv in (["backup", "a"], ["backup", "a", "--json"], ["restore", str(folder / "place.backup")]):
        cli.main(argv)
    said = capsys.readouterr()
    assert PHRASE not in said.out + said.err


def test_when_the_last_one_was_taken_is_kept_for_check(folder, taken):
    before = datetime.now(UTC)
    cli.main(["backup", str(folder / "place.backup")])
    noted = folder / "data" / backups.LAST_BACKUP
    kept = json.loads(noted.read_text())
    assert before <= datetime.fromisoformat(kept["at"]) <= datetime.now(UTC)
    assert kept["path"] == str(folder / "place.backup")
    assert noted.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_failed_is_not_kept_as_the_last_one(folder, monkeypatch, capsys):
    def fail(*given):
        raise BackupFailed("The disk is full.")

    monkeypatch.setattr(backups, "backup", fail)
    assert cli.main(["backup", str(folder / "place.backup"), "--json"]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == {"error": "The disk is full."}
    assert said.err == "The disk is full.\n"
    assert not (folder / "data" / backups.LAST_BACKUP).exists()


def test_whoever_types_is_asked_twice_before_a_backup(folder, taken, monkeypatch):
    at_a_keyboard(monkeypatch, "first try at it", "first try at it")
    assert cli.main(["backup", str(folder / "place.backup")]) == 0
    assert taken["phrase"] == "first try at it"


def test_a_slip_the_second_time_costs_nothing(folder, taken, monkeypatch, capsys):
    at_a_keyboard(monkeypatch, "first try at it", "first try at in")
    assert cli.main(["backup", str(folder / "place.backup")]) == 1
    assert capsys.readouterr().err == "Those were two different pass phrases. Nothing was written.\n"
    assert taken == {}


def test_and_once_before_a_restore(folder, restored, monkeypatch):
    (folder / "place.backup").touch()
    at_a_keyboard(monkeypatch, "the only time")
    assert cli.main(["restore", str(folder / "place.backup")]) == 0
    assert restored["phrase"] == "the only time"


def test_where_nobody_types_the_variable_is_named(folder, taken, monkeypatch, capsys):
    monkeypatch.delenv(backups.PASS_PHRASE)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert cli.main(["backup", str(folder / "x")]) == 1
    assert capsys.readouterr().err == (
        "There is nobody to ask for the pass phrase: set ALONGSIDE_BACKUP_PASSPHRASE.\n"
    )


def test_a_restore_says_what_was_verified(folder, restored, capsys):
    (folder / "place.backup").touch()
    assert cli.main(["restore", str(folder / "place.backup")]) == 0
    said = capsys.readouterr().out
    assert "The backup of 2026-03-09T09:00:00+00:00 is back." in said
    assert "12,345 rows in 41 tables" in said
    assert "Secrets that rows need: sign_in_links." in said


def test_a_restore_says_it_to_programs_too(folder, restored, capsys):
    (folder / "place.backup").touch()
    assert cli.main(["restore", str(folder / "place.backup"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["tables"], told["rows"], told["files"]) == (41, 12345, 7)


@pytest.mark.parametrize("json_asked", [False, True])
def test_a_backup_that_is_not_there_is_told_before_anybody_is_asked(
    folder, restored, monkeypatch, capsys, json_asked
):
    at_a_keyboard(monkeypatch)
    assert cli.main(["restore", str(folder / "none"), *(["--json"] if json_asked else [])]) == 1
    said = capsys.readouterr()
    assert f"There is no backup at {folder / 'none'}." in said.err
    assert bool(said.out) is json_asked


def test_a_folder_is_no_backup(folder, restored, capsys):
    assert cli.main(["restore", str(folder)]) == 1
    assert "There is no backup at" in capsys.readouterr().err
