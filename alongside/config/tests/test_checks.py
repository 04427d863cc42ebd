"""Each question of `alongside check` and both of its answers, in sentences that say what to do (I11).

What is wrong is told before anybody is hurt by it: nobody at the door, messages that reach nobody, a backup
that grew old.
"""

import datetime as dt
import json

import pytest
from django.db import connection
from django.utils import timezone

from alongside.accounts.models import Place
from alongside.config.cli import check
from alongside.config.cli.checks import Finding, database, fine, machine, people, wrong
from alongside.config.running import health
from alongside.kernel import postgres
from alongside.kernel.secrets import SecretsUnsafe
from alongside.people.models import Role, RoleHeld
from tests import cast
from tests.database import as_owner


def answer(question):
    (finding,) = question()
    return finding


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "data_folder", lambda: tmp_path)
    return tmp_path


ANSWERED = [(Role.STEWARD, people.steward, "steward"), (Role.DUTY_HUMAN, people.on_the_door, "door")]


@pytest.mark.parametrize(("role", "question", "what"), ANSWERED)
@pytest.mark.parametrize(
    ("first", "last", "ok"),
    [(-1, None, True), (0, None, True), (-9, 0, True), (-9, -1, False), (1, None, False)],
)
def test_somebody_serves_from_the_first_day_of_their_role_to_its_last(
    db, role, question, what, first, last, ok
):
    held = cast.hold(cast.person(), role)
    today = timezone.localdate()
    days = {
        "from_day": today + dt.timedelta(first),
        "to_day": None if last is None else today + dt.timedelta(last),
    }
    with as_owner():
        RoleHeld.objects.filter(pk=held.pk).update(**days)
    assert answer(question)[:2] == (what, ok)


@pytest.mark.parametrize("question", [people.steward, people.on_the_door])
def test_a_role_of_another_kind_answers_for_neither(db, question):
    cast.serving("Priya Nair", Role.WORKER)
    found = answer(question)
    assert not found.ok
    assert found.sentence.startswith("Nobody is")


def test_a_place_without_a_name_is_asked_for_it(db):
    assert "alongside place load" in answer(people.place).sentence
    with as_owner():
        Place.objects.create(slug="tynebank", name="Tynebank")
    assert answer(people.place) == fine("place", "Tynebank, with 0 neighbourhoods.")


@pytest.mark.parametrize(
    ("silent_for", "alive"), [(None, False), (5, True), (59, True), (61, False), (3600, False)]
)
def test_a_worker_is_alive_while_it_says_so(db, monkeypatch, silent_for, alive):
    if silent_for is not None:
        with as_owner() as cursor:
            heard = timezone.now() - dt.timedelta(seconds=silent_for)
            cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [heard])
    monkeypatch.setattr(health, "pulse", lambda cursor: "")
    assert answer(people.worker).ok is alive


@pytest.mark.parametrize(("age", "ok"), [(0, True), (47, True), (49, False), (24 * 30, False)])
def test_a_backup_is_good_for_two_days(folder, age, ok):
    at = timezone.now() - dt.timedelta(hours=age)
    (folder / machine.LAST_BACKUP).write_text(json.dumps({"at": at.isoformat(), "path": "the-safe/a.backup"}))
    found = answer(machine.backups)
    assert found.ok is ok
    assert "the-safe/a.backup" in found.sentence
    assert ("more than two days ago" in found.sentence) is not ok


@pytest.mark.parametrize(("slug", "ok"), [("tynebank", True), ("gateshead", False), (None, False)])
def test_only_the_made_up_place_needs_no_backup_and_no_mail(db, folder, settings, slug, ok):
    settings.MAIL_BY = "console"
    if slug:
        with as_owner():
            Place.objects.create(slug=slug, name=slug.title())
    assert answer(machine.backups).ok is ok
    assert answer(machine.mail).ok is ok


@pytest.mark.parametrize(
    ("by", "key", "ok", "says"),
    [
        ("smtp", "", True, "texts need GOV.UK Notify"),
        ("notify", "", False, "set ALONGSIDE_NOTIFY_KEY"),
        ("notify", "a-key", True, "E-mails and texts leave"),
        ("console", "a-key", False, "reach nobody"),
        ("pigeon", "", False, "reach nobody"),
    ],
)
def test_messages_that_reach_nobody_are_told(db, settings, monkeypatch, by, key, ok, says):
    settings.MAIL_BY = by
    monkeypatch.setenv("ALONGSIDE_NOTIFY_KEY", key)
    found = answer(machine.mail)
    assert found.ok is ok
    assert says in found.sentence
    assert "a-key" not in found.sentence


@pytest.mark.parametrize(("token", "told"), [("", 0), ("short", 1), ("t" * 24, 0)])
def test_a_token_that_opens_nothing_is_told_and_not_repeated(settings, token, told):
    settings.METRICS_TOKEN = token
    found = list(machine.numbers())
    assert len(found) == told
    assert "short" not in str(found)


def test_secrets_that_others_could_read_end_the_looking_around(monkeypatch):
    def unsafe(name):
        raise SecretsUnsafe("Others can read the secrets.")

    monkeypatch.setattr(machine, "secret", unsafe)
    monkeypatch.setattr(check, "read_settings", lambda: pytest.fail("nothing is opened with such secrets"))
    *_others, last = check.findings()
    assert Finding("secrets", False, "Others can read the secrets.") in [*_others, last]


def test_a_database_that_is_not_ready_is_a_finding_and_the_last(monkeypatch):
    def not_ready():
        raise postgres.NotReady("No database answers.")

    monkeypatch.setattr(check, "read_settings", not_ready)
    assert list(check.findings())[-1] == wrong("database", "No database answers.")


def test_a_role_that_may_do_too_much_is_wrong(db, monkeypatch):
    def too_much(asked):
        raise postgres.NotSafe("This role is a superuser.")

    # Whoever signs in here, in tests, is a superuser who acts as the ordinary role.
    assert "superuser" in answer(database.role).sentence
    monkeypatch.setattr(postgres, "check_ordinary_role", lambda asked: None)
    assert answer(database.role).ok
    monkeypatch.setattr(postgres, "check_ordinary_role", too_much)
    assert answer(database.role) == wrong("role", "This role is a superuser.")


@pytest.mark.parametrize(("waiting", "ok"), [([], True), (["people.0002_x"], False)])
def test_steps_that_wait_are_named_with_what_to_do(monkeypatch, waiting, ok):
    monkeypatch.setattr(database, "waiting_migrations", lambda: waiting)
    found = answer(database.migrations)
    assert found.ok is ok
    assert ok or ("people.0002_x" in found.sentence and "alongside migrate" in found.sentence)


def test_the_database_that_answers_is_named(db):
    assert answer(database.version).sentence.startswith("PostgreSQL ")
    assert connection.pg_version >= 150000


def test_styles_that_were_not_built_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "BUILT", tmp_path / "alongside.css")
    assert not answer(machine.static_files).ok
    (tmp_path / "alongside.css").touch()
    assert answer(machine.static_files).ok


@pytest.mark.parametrize(
    ("found", "code", "says"),
    [
        ([fine("door", "x")], 0, "This installation is sound."),
        ([fine("door", "x"), wrong("mail", "y")], 1, "Something needs putting right"),
        ([wrong("mail", "y")], 1, "Something needs putting right"),
    ],
)
def test_the_exit_code_says_whether_all_is_well(monkeypatch, capsys, found, code, says):
    monkeypatch.setattr(check, "findings", lambda: iter(found))
    assert check.run(_args(json=False)) == code
    out = capsys.readouterr().out.splitlines()
    assert len(out) == len(found) + 1
    assert out[-1].startswith(says)
    assert check.run(_args(json=True)) == code
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] is (code == 0)
    assert [set(one) for one in told["says"]] == [{"what", "ok", "sentence"}] * len(found)


def _args(**given):
    return type("Args", (), given)()
