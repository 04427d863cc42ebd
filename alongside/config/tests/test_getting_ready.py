"""Before a command runs: the house is ready for it, or says in a sentence what is missing."""

import contextlib
import sys

import pytest
from django.db import ProgrammingError
from django.db.migrations import executor

from alongside.config import cli
from alongside.config.cli import house
from alongside.config.cli.house import CannotGoOn
from alongside.kernel import postgres
from alongside.kernel.policy import Denied


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("", postgres.APP_ROLE),
        ("postgresql://place_app:secret@db/place", "place_app"),
        ("postgresql://place%20app@db/place", "place app"),
        ("postgresql:///place", ""),
    ],
)
def test_the_role_that_runs_is_the_one_in_the_address_else_our_own(monkeypatch, address, role):
    monkeypatch.setenv("DATABASE_URL", address)
    assert house.app_role() == role


def test_a_command_for_the_owner_says_which_address_is_missing(settings, monkeypatch):
    assert house.owner_alias() == "owner"
    monkeypatch.delitem(settings.DATABASES, "owner")
    with pytest.raises(CannotGoOn, match="set DATABASE_OWNER_URL beside DATABASE_URL"):
        house.owner_alias()


@pytest.mark.parametrize("waiting", [["story.0001_initial"], ["people.0002_x", "story.0001_initial"]])
def test_tables_that_are_behind_stop_a_command_with_the_first_step_named(monkeypatch, waiting):
    monkeypatch.setattr(house, "waiting_migrations", lambda: waiting)
    with pytest.raises(CannotGoOn, match=rf"{len(waiting)} steps behind \({waiting[0]} is the first\)"):
        house.check_up_to_date()


def test_a_database_that_may_not_even_be_asked_is_told_what_to_do(monkeypatch):
    def refused(connection):
        raise ProgrammingError("permission denied for table django_migrations")

    monkeypatch.setattr(executor, "MigrationExecutor", refused)
    with pytest.raises(CannotGoOn, match="never made ready: run `alongside migrate`"):
        house.waiting_migrations()


def test_translations_that_cannot_be_written_do_not_stop_a_place(monkeypatch, capsys):
    def read_only():
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(house, "compile_newer", read_only)
    house.words_ready()
    said = capsys.readouterr()
    assert said.out == ""
    assert "older words are shown" in said.err
    assert "Read-only file system" in said.err


def test_ready_means_settings_role_tables_and_words_in_that_order(monkeypatch):
    done = []
    monkeypatch.setattr(house, "set_up", lambda: done.append("role"))
    monkeypatch.setattr(house, "check_up_to_date", lambda: done.append("tables"))
    monkeypatch.setattr(house, "compile_newer", lambda: done.append("words"))
    house.make_ready()
    assert done == ["role", "tables", "words"]


def test_a_database_of_somebody_elses_is_neither_started_nor_stopped(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@db/place")
    monkeypatch.setattr(postgres, "in_use", lambda: pytest.fail("our own server was touched"))
    with house.database_as_found():
        pass


@pytest.mark.parametrize("trouble", [None, KeyError])
def test_our_own_is_left_as_it_was_found_whatever_happens(monkeypatch, trouble):
    done = []

    @contextlib.contextmanager
    def in_use():
        done.append("in use")
        try:
            yield
        finally:
            done.append("left")

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(postgres, "in_use", in_use)
    monkeypatch.setattr(house, "_close_ours", lambda: done.append("closed"))
    with pytest.raises(trouble) if trouble else contextlib.nullcontext(), house.database_as_found():
        if trouble:
            raise trouble
    assert done == ["in use", "closed", "left"]


def test_a_refusal_is_known_trouble_once_there_are_policies(monkeypatch):
    assert Denied in house.known_trouble()
    monkeypatch.delitem(sys.modules, "alongside.kernel.policy")
    assert Denied not in house.known_trouble()


@pytest.mark.parametrize("json_asked", [False, True])
@pytest.mark.parametrize(
    "trouble",
    [
        Denied("This is for stewards."),
        CannotGoOn("No."),
        postgres.NotReady("Not yet."),
        postgres.NotSafe("Too much."),
    ],
    ids=lambda error: type(error).__name__,
)
def test_every_known_trouble_of_a_command_is_one_sentence_and_code_one(
    monkeypatch, capsys, trouble, json_asked
):
    def refuse():
        raise trouble

    monkeypatch.setattr(house, "database_as_found", contextlib.nullcontext)
    monkeypatch.setattr(cli, "make_ready", refuse)
    assert cli.main(["user", "add", "--name", "X", *(["--json"] if json_asked else [])]) == 1
    said = capsys.readouterr()
    assert said.err == f"{trouble}\n"
    assert bool(said.out) is json_asked
