"""`alongside user add`: the first people of a place, each with a way in and nothing more than was said."""

import json

import pytest

from alongside.accounts.models import Account, SignInLink
from alongside.audit.models import Event
from alongside.config import cli
from alongside.people.models import Organisation, Person, Reach, Role, RoleHeld
from tests import cast
from tests.database import as_owner


@pytest.fixture(autouse=True)
def in_a_place(db, monkeypatch):
    monkeypatch.setattr(cli, "make_ready", lambda: None)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@/test")


def add(*argv):
    return cli.main(["user", "add", *argv])


def test_a_name_is_all_it_takes(capsys):
    assert add("--name", "Imogen Blake") == 0
    with as_owner():
        person = Person.objects.get()
        assert (person.name, person.called) == ("Imogen Blake", "Imogen")
        assert not RoleHeld.objects.exists()
        assert not Reach.objects.exists()
    said = capsys.readouterr().out
    assert "Imogen Blake is here. This link lets them in once, until" in said
    assert "/sign-in/" in said
    assert "or, on the sign-in page, this code: " in said


def test_what_they_like_to_be_called_is_kept(capsys):
    add("--name", "Imogen Blake", "--called", "Immy")
    with as_owner():
        assert Person.objects.get().called == "Immy"


def test_several_roles_are_held_from_today_at_one_organisation(capsys):
    argv = ["--role", "place_steward", "--role", "duty_human", "--organisation", "The Kettle"]
    assert add("--name", "Imogen Blake", *argv) == 0
    with as_owner():
        held = RoleHeld.objects.select_related("organisation").order_by("role")
        assert [(each.role, each.organisation.name) for each in held] == [
            ("duty_human", "The Kettle"), ("place_steward", "The Kettle"),
        ]  # fmt: skip
        assert Organisation.objects.count() == 1


@pytest.mark.parametrize("name", ["the kettle", "THE KETTLE", "The Kettle"])
def test_an_organisation_is_known_by_its_name_however_it_is_written(name):
    cast.organisation("The Kettle")
    assert add("--name", "Imogen Blake", "--role", "duty_human", "--organisation", name) == 0
    with as_owner():
        assert Organisation.objects.count() == 1


def test_the_link_is_a_printed_one_and_works_once(client, capsys):
    add("--name", "Imogen Blake", "--json")
    told = json.loads(capsys.readouterr().out)
    with as_owner():
        link = SignInLink.objects.get()
        assert (link.way, link.used_at) == ("printed", None)
    address = "/" + told["url"].split("://")[1].split("/", 1)[1]
    assert client.post(address).status_code == 302
    assert client.get("/me/").status_code == 200


def test_neither_the_link_nor_its_code_is_kept_anywhere(capsys):
    add("--name", "Imogen Blake", "--json")
    told = json.loads(capsys.readouterr().out)
    key = told["url"].rstrip("/").rsplit("/", 1)[1]
    with as_owner() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM accounts_signinlink l")
        rows = cursor.fetchone()[0] + "".join(str(event.__dict__) for event in Event.objects.all())
    assert key not in rows
    assert told["code"] not in rows
    assert told["code"].replace("-", "") not in rows


def test_everything_that_was_done_is_written_down_with_nobody_in_particular(capsys):
    add("--name", "Imogen Blake", "--role", "duty_human", "--organisation", "The Kettle")
    with as_owner():
        done = list(Event.objects.values_list("did", "by_id", "work"))
    assert {"people.write_down_person", "people.hold_role"} <= {did for did, *_ in done}
    assert {(by, work) for _, by, work in done} == {(None, "accounts.open")}


def test_a_name_that_is_one_long_word_is_cut_only_where_they_are_called_by_it(capsys):
    assert add("--name", "x" * 150) == 0
    with as_owner():
        person = Person.objects.get()
    assert (len(person.name), len(person.called)) == (150, 100)


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--name", "X", "--role", "boss"], "'boss' is no role here. Roles are: "),
        (["--name", "X", "--role", ""], "'' is no role here"),
        (["--name", " "], "name"),
        (["--name", "X", "--email", "nowhere"], "mail"),
        (["--name", "x" * 201], "very long for a name"),
        (["--name", "X", "--called", "x" * 101], "very long for a name"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence_and_nobody_is_there(argv, says, capsys):
    assert add(*argv) == 1
    said = capsys.readouterr()
    assert says in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    with as_owner():
        assert not Person.objects.exists()
        assert not Account.objects.exists()
        assert not SignInLink.objects.exists()


def test_two_people_with_one_e_mail_are_not_made(capsys):
    assert add("--name", "Imogen Blake", "--email", "imogen@example.org") == 0
    assert add("--name", "Somebody Else", "--email", "IMOGEN@example.org", "--json") == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    with as_owner():
        assert Person.objects.count() == 1


def test_every_role_there_is_can_be_given(capsys):
    for role in Role.values:
        assert add("--name", f"Somebody {role}", "--role", role) == 0, role
    with as_owner():
        assert set(RoleHeld.objects.values_list("role", flat=True)) == set(Role.values)
