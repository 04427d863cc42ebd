"""The `alongside` command: what it says, what it refuses, what it leaves behind."""

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.accounts.models import Place
from alongside.config import cli
from alongside.config.cli import check, demo, house, users
from alongside.config.cli.checks import database, fine, machine, people, wrong
from alongside.config.cli.house import CannotGoOn
from alongside.config.running.tests.test_health import job_done
from alongside.kernel.acting import working_on
from alongside.kernel.postgres import NotSafe
from alongside.people.models import Person, RoleHeld
from tests import cast
from tests.database import as_owner

COMMANDS = (
    *("serve", "demo", "migrate", "check", "user add", "place load", "backup", "restore"),
    *("sealing renew", "worker"),
)


@pytest.fixture
def as_in_a_place(committed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database stands for the installation's; who we are to it is tested where servers are real."""
    monkeypatch.setattr(cli, "make_ready", lambda: None)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert f"alongside {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv", [[], ["fly"], ["user"], ["user", "add"], ["backup"], ["serve", "--port", "x"]]
)
def test_what_is_not_understood_ends_with_two(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(argv)
    assert ended.value.code == 2
    assert "usage: alongside" in capsys.readouterr().err


def test_known_trouble_is_a_sentence_and_not_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise NotSafe("This role may do too much.")

    monkeypatch.setattr(cli, "make_ready", refuse)
    assert cli.main(["user", "add", "--name", "X", "--json"]) == 1
    said = capsys.readouterr()
    assert said.err == "This role may do too much.\n"
    assert json.loads(said.out) == {"error": "This role may do too much."}


def test_an_unknown_fault_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fall() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "make_ready", fall)
    with pytest.raises(ZeroDivisionError):
        cli.main(["user", "add", "--name", "X"])


def test_the_first_steward_is_made_with_a_link(
    as_in_a_place: None, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["--name", "Imogen Blake", "--role", "place_steward", "--organisation", "Tynebank Council"]
    assert cli.main(["user", "add", *argv, "--email", "imogen@example.org", "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert "/sign-in/" in made["url"]
    assert made["code"].count("-") == 2
    with as_owner():
        held = RoleHeld.objects.select_related("person__account", "organisation").get()
    assert (held.role, held.person.name, held.organisation.name) == (
        "place_steward",
        "Imogen Blake",
        "Tynebank Council",
    )
    assert held.person.account.email == "imogen@example.org"
    assert str(held.person.pk) == made["person"]


def test_somebody_is_added_whole_or_not_at_all(
    as_in_a_place: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["user", "add", "--name", "X", "--role", "boss"]) == 1
    assert "'boss' is no role here. Roles are: relational_worker," in capsys.readouterr().err
    assert cli.main(["user", "add", "--name", "  "]) == 1
    assert cli.main(["user", "add", "--name", "X", "--email", "not an address"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    with as_owner():
        assert not Person.objects.exists()


def test_an_organisation_that_is_there_is_not_added_again(as_in_a_place: None) -> None:
    cast.organisation("Tynebank Council", "public")
    with working_on("accounts.open"):
        assert users.find_organisation("tynebank council").name == "Tynebank Council"


def make_place(slug: str, name: str) -> None:
    with as_owner():
        Place.objects.create(slug=slug, name=name)


@pytest.fixture
def owner_is_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a test that is rolled back the owner's connection would not see it: ask the one that does."""
    monkeypatch.setattr(demo, "owner_alias", lambda: "default")


def test_the_demo_refuses_a_real_place(db: None, owner_is_us: None) -> None:
    make_place("gateshead", "Gateshead")
    with pytest.raises(CannotGoOn, match="holds Gateshead, a real place"):
        demo.refuse_a_real_place()


def test_the_demo_refuses_real_people_in_a_place_without_a_name(db: None, owner_is_us: None) -> None:
    cast.person()
    with as_owner(), pytest.raises(CannotGoOn, match="holds real people"):
        demo.refuse_a_real_place()


def test_the_demo_finds_itself_again(db: None, owner_is_us: None) -> None:
    make_place("tynebank", "Tynebank")
    cast.person()
    with as_owner():
        demo.refuse_a_real_place()


def found(questions: Any) -> dict[str, bool]:
    return {finding.what: finding.ok for finding in questions()}


def test_an_empty_place_is_told_what_it_lacks(db: None) -> None:
    assert found(people.place) == {"place": False}
    assert found(people.steward) == {"steward": False}
    assert found(people.on_the_door) == {"door": False}
    assert found(people.worker) == {"worker": False}


def test_a_place_with_people_is_sound(db: None) -> None:
    make_place("gateshead", "Gateshead")
    cast.serving("Imogen Blake", "place_steward")
    cast.serving("Dev Rao", "duty_human")
    with as_owner() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    job_done(1)
    for question in (people.place, people.steward, people.on_the_door, people.worker):
        assert all(found(question).values())


def test_a_role_that_ended_yesterday_answers_no_door(db: None) -> None:
    cast.serving("Dev Rao", "duty_human")
    with as_owner():
        RoleHeld.objects.update(to_day="2020-01-01", from_day="2019-01-01")
    assert found(people.on_the_door) == {"door": False}


def test_the_database_of_a_test_is_up_to_date(committed: Any) -> None:
    assert found(database.version) == {"database": True}
    assert found(database.migrations) == {"migrations": True}
    # Tests sign in as the superuser and step down: `check` must see through that.
    assert found(database.role) == {"role": False}


def test_a_database_that_was_never_made_ready_says_so(committed: Any) -> None:
    with as_owner() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'story'")
    assert "story.0001_initial" in house.waiting_migrations()
    assert found(database.migrations) == {"migrations": False}


def test_mail_that_reaches_nobody_is_wrong_in_a_real_place(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_BY = "console"
    assert found(machine.mail) == {"mail": False}
    make_place("tynebank", "Tynebank")
    assert found(machine.mail) == {"mail": True}
    settings.MAIL_BY = "smtp"
    assert found(machine.mail) == {"mail": True}
    settings.MAIL_BY = "notify"
    monkeypatch.delenv("ALONGSIDE_NOTIFY_KEY", raising=False)
    assert found(machine.mail) == {"mail": False}
    monkeypatch.setenv("ALONGSIDE_NOTIFY_KEY", "key")
    assert found(machine.mail) == {"mail": True}


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    return tmp_path


def test_the_age_of_the_last_backup_is_told(db: None, own_folder: Path) -> None:
    assert found(machine.backups) == {"backup": False}
    noted = own_folder / "last_backup.json"
    noted.write_text('{"at": "2020-01-01T00:00:00+00:00", "path": "old"}')
    assert found(machine.backups) == {"backup": False}
    from alongside.config.cli.backups import remember

    remember(own_folder / "place.backup")
    assert found(machine.backups) == {"backup": True}


def test_secrets_that_others_can_read_are_wrong(own_folder: Path) -> None:
    assert found(machine.secrets) == {"secrets": True}
    (own_folder / "secrets.json").chmod(0o644)
    assert found(machine.secrets) == {"secrets": False}


def test_check_says_it_in_sentences_and_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "findings", lambda: iter([fine("a", "All is well."), wrong("b", "Do this.")]))
    assert cli.main(["check"]) == 1
    said = capsys.readouterr().out
    assert "WRONG  b" in said
    assert "Do this." in said
    assert cli.main(["check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "sound": False,
        "says": [
            {"what": "a", "ok": True, "sentence": "All is well."},
            {"what": "b", "ok": False, "sentence": "Do this."},
        ],
    }
    monkeypatch.setattr(check, "findings", lambda: iter([fine("a", "All is well.")]))
    assert cli.main(["check"]) == 0


def test_what_stands_on_something_wrong_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "OF_THE_DATABASE", (lambda: [wrong("role", "Too much.")],))
    monkeypatch.setattr(check, "OF_THE_PLACE", (lambda: [wrong("place", "never asked")],))
    assert "place" not in {finding.what for finding in check.findings()}


def test_without_anybody_to_ask_a_backup_wants_its_pass_phrase_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("ALONGSIDE_BACKUP_PASSPHRASE", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert cli.main(["backup", str(tmp_path / "out")]) == 1
    assert "set ALONGSIDE_BACKUP_PASSPHRASE" in capsys.readouterr().err


def test_a_restore_of_nothing_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.main(["restore", str(tmp_path / "nothing")]) == 1
    assert "There is no backup at" in capsys.readouterr().err
