"""`alongside demo` and `alongside migrate`: in which order things are done, and what stops them."""

import argparse
import json

import pytest

from alongside.config import cli, flags
from alongside.config.cli import demo, migrate, serve
from alongside.config.cli.house import CannotGoOn

ADDRESS = {"host": "127.0.0.1", "port": 8000, "workers": 1, "pages_only": False}


@pytest.fixture
def done(monkeypatch):
    """What `demo` does, in its order, without doing it."""
    order = []
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@/test")
    monkeypatch.setattr(flags, "switch_demo_on", lambda: order.append("demo on"))
    monkeypatch.setattr(serve, "stop_in_good_order", lambda: order.append("signals"))
    monkeypatch.setattr(serve, "gather_static_files", lambda: order.append("static"))
    monkeypatch.setattr(serve, "serve_pages", lambda *where, messages=True: order.append(where))
    monkeypatch.setattr(demo, "set_up", lambda: order.append("role"))
    monkeypatch.setattr(demo, "bring_up_to_date", lambda: order.append("tables"))
    monkeypatch.setattr(demo, "refuse_a_real_place", lambda: order.append("a real place?"))
    monkeypatch.setattr(demo, "load", lambda: order.append("load"))
    return order


def test_nothing_is_loaded_before_it_is_sure_that_nobody_real_is_there(done):
    assert cli.main(["demo", "--port", "8077"]) == 0
    assert done == [
        "demo on", "signals", "role", "tables", "a real place?", "load", "static", ("127.0.0.1", 8077, 1),
    ]  # fmt: skip


def test_it_can_be_loaded_without_being_served(done, capsys):
    assert cli.main(["demo", "--no-serve"]) == 0
    assert done[-1] == "load"
    assert capsys.readouterr().out == "Tynebank is loaded. `alongside demo` serves it.\n"


def test_a_real_place_stops_it_before_anything_is_loaded(done, monkeypatch, capsys):
    def real():
        raise CannotGoOn("This installation holds Gateshead, a real place.")

    monkeypatch.setattr(demo, "refuse_a_real_place", real)
    assert cli.main(["demo"]) == 1
    assert "holds Gateshead" in capsys.readouterr().err
    assert "load" not in done


def test_a_release_without_its_people_says_so(monkeypatch, capsys):
    monkeypatch.setattr(demo, "find_spec", lambda name: None)
    demo.load()
    assert "Tynebank's people are not in this release yet" in capsys.readouterr().err


@pytest.fixture
def waiting(monkeypatch):
    """Steps that wait, and whether they were taken and for which role."""
    steps, taken = ["people.0001_initial", "story.0001_initial"], []
    monkeypatch.setenv("DATABASE_URL", "postgresql://place_app@/test")
    monkeypatch.setattr(migrate, "read_settings", lambda: None)
    monkeypatch.setattr(migrate, "owner_alias", lambda: "owner")
    monkeypatch.setattr(migrate, "waiting_migrations", lambda: list(steps))
    monkeypatch.setattr("alongside.kernel.migrations_run.migrate", taken.append)
    return steps, taken


def test_migrating_says_how_many_steps_were_taken_and_locks_in_any_case(waiting, capsys):
    steps, taken = waiting
    assert cli.main(["migrate"]) == 0
    assert "2 steps were taken, and every lock was written anew." in capsys.readouterr().out
    steps.clear()
    assert cli.main(["migrate"]) == 0
    assert "was up to date already; every lock was written anew." in capsys.readouterr().out
    assert taken == ["place_app", "place_app"]


def test_migrating_tells_programs_which(waiting, capsys):
    assert cli.main(["migrate", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "migrations": ["people.0001_initial", "story.0001_initial"]
    }


def test_migrating_without_the_owner_changes_nothing_and_says_what_to_set(waiting, monkeypatch, capsys):
    def missing():
        raise CannotGoOn("This needs the role that owns the database: set DATABASE_OWNER_URL.")

    monkeypatch.setattr(migrate, "owner_alias", missing)
    assert cli.main(["migrate", "--json"]) == 1
    assert "DATABASE_OWNER_URL" in json.loads(capsys.readouterr().out)["error"]
    assert waiting[1] == []


def test_a_place_is_served_only_once_it_is_ready(monkeypatch):
    order = []
    monkeypatch.setattr(serve, "stop_in_good_order", lambda: order.append("signals"))
    monkeypatch.setattr(serve, "make_ready", lambda: order.append("ready"))
    monkeypatch.setattr(serve, "gather_static_files", lambda: order.append("static"))
    monkeypatch.setattr(serve, "serve_pages", lambda *where, messages=True: order.append("open"))
    assert serve.run(argparse.Namespace(**ADDRESS)) == 0
    assert order == ["signals", "ready", "static", "open"]


def test_a_house_that_is_not_ready_is_not_opened(monkeypatch, capsys):
    def behind():
        raise CannotGoOn("The database is 2 steps behind.")

    monkeypatch.setenv("DATABASE_URL", "postgresql://app@/test")
    monkeypatch.setattr(serve, "stop_in_good_order", lambda: None)
    monkeypatch.setattr(serve, "make_ready", behind)
    monkeypatch.setattr(
        serve, "serve_pages", lambda *where, messages=True: pytest.fail("the house was opened")
    )
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().err == "The database is 2 steps behind.\n"
