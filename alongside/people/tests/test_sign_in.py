"""Whose number, whose e-mail, whose account: what signing in asks about people."""

import pytest

from alongside.accounts.models import Account
from alongside.kernel.acting import working_on
from alongside.people import sign_in
from alongside.people.models import Reach
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def reached(whoever, **how):
    with as_owner():
        return Reach.objects.create(person=whoever, how="own_page", **how)


def found(words):
    with working_on("sign_in"):
        return sign_in.find_account(words)


@pytest.fixture
def trace(db):
    return cast.person("Tracey Hallam", called="Trace")


@pytest.mark.parametrize("kept", ["07700 900123", "+44 7700 900123", "(07700) 900-123", "00447700900123"])
@pytest.mark.parametrize("typed", ["07700900123", "+447700900123", " 07700 900 123 "])
def test_a_number_is_the_same_however_it_is_written(trace, kept, typed):
    reached(trace, phone=kept)
    assert found(typed).pk == trace.account_id


@pytest.mark.parametrize("typed", ["", "123", "900123", "07700 900124", "trace", "@", "%", "_@_"])
def test_half_a_number_or_a_pattern_finds_nobody(trace, typed):
    reached(trace, phone="07700 900123", email="trace@tynebank.example")
    assert found(typed) is None


def test_an_e_mail_of_the_account_or_of_the_person_is_found(trace):
    reached(trace, email="trace@tynebank.example")
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(email="t.hallam@tynebank.example")
    assert found("Trace@tynebank.example").pk == trace.account_id
    assert found("T.Hallam@tynebank.example").pk == trace.account_id


def test_an_e_mail_two_people_share_finds_nobody(trace):
    reached(trace, email="home@tynebank.example")
    reached(cast.person("Dean Pike"), email="home@tynebank.example")
    assert found("home@tynebank.example") is None


def test_a_way_that_is_never_to_be_used_finds_nobody(trace):
    reached(trace, phone="07700 900123", email="trace@tynebank.example", never=["text", "email"])
    assert found("07700 900123") is None
    assert found("trace@tynebank.example") is None


def test_a_closed_account_or_none_at_all_is_not_found(trace):
    reached(trace, phone="07700 900123")
    reached(cast.person("Dean Pike", account=False), phone="07700 900124")
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(is_active=False)
    assert found("07700 900123") is None
    assert found("07700 900124") is None


def test_outside_signing_in_the_database_finds_nobody(trace):
    reached(trace, phone="07700 900123")
    assert sign_in.find_account("07700 900123") is None


def test_the_kept_record_is_the_person_of_an_account(trace):
    twin = cast.person("Tracy Hallam", same_as=trace)
    with working_on("sign_in"):
        assert sign_in.person_of(trace.account) == (trace.pk, "Trace")
        assert sign_in.person_of(twin.account)[0] == trace.pk


def test_faces_are_those_with_an_account_residents_first_each_with_their_roles(trace):
    cast.serving("Callum Reay", title="Neighbourhood worker")
    cast.person("Nobody Yet", account=False)
    with working_on("sign_in"):
        faces = sign_in.faces()
    assert [(face.called, face.roles) for face in faces] == [
        ("Trace", []),
        ("Callum", ["Neighbourhood worker"]),
    ]


MANY = 3000


@pytest.fixture
def a_town(trace):
    """A few thousand people with numbers and e-mails, half of them without."""
    with as_owner() as cursor:
        cursor.execute(
            "WITH accounts AS (INSERT INTO accounts_account (id, username, password, email, is_active)"
            " SELECT gen_random_uuid(), 'one ' || n, '!', 'one' || n || '@tynebank.example', true"
            " FROM generate_series(1, %s) n RETURNING id, username),"
            " people AS (INSERT INTO people_person (id, name, called, account_id, began_at)"
            " SELECT gen_random_uuid(), username, '', id, now() FROM accounts RETURNING id, name)"
            " INSERT INTO people_reach (id, person_id, how, how_words, never, never_words, languages, phone, email,"
            " who_may_answer, safe_word, who_words, note)"
            " SELECT gen_random_uuid(), id, 'own_page', '', '{}', '', '{}',"
            " CASE WHEN n %% 2 = 0 THEN '07' || (700000000 + n) ELSE '' END,"
            " CASE WHEN n %% 2 = 0 THEN 'Home' || n || '@tynebank.example' ELSE '' END, '', '', '', ''"
            " FROM (SELECT id, substring(name from 5)::int AS n FROM people) made",
            [MANY],
        )
        cursor.execute("ANALYZE people_reach, people_person, accounts_account")


def scans(table):
    """How often this transaction has read a table from its beginning to its end."""
    with as_owner() as cursor:
        cursor.execute("SELECT seq_scan FROM pg_stat_xact_user_tables WHERE relname = %s", [table])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("words", "username"),
    [
        ("07700 002223", None),
        ("nobody@tynebank.example", None),
        ("07700002222", "one 2222"),
        ("+44 7700 002222", "one 2222"),
        ("ONE77@tynebank.example", "one 77"),
        ("home78@TYNEBANK.example", "one 78"),
    ],
)
def test_one_of_thousands_is_found_without_reading_all_of_them(a_town, words, username):
    tables = ("people_reach", "people_person", "accounts_account")
    before = [scans(table) for table in tables]
    assert getattr(found(words), "username", None) == username
    assert [scans(table) for table in tables] == before


def test_a_reader_of_every_row_would_be_noticed(a_town):
    before = scans("people_reach")
    with working_on("sign_in"):
        assert Reach.objects.filter(note="nobody wrote this").first() is None
    assert scans("people_reach") > before


def test_outside_of_signing_in_nobody_learns_whom_a_number_reaches(trace):
    reached(trace, phone="07700 900123", email="trace@tynebank.example")
    assert found("07700 900123")
    assert found("trace@tynebank.example")
    with working_on("messages.send"):
        assert sign_in.find_account("07700 900123") is None
        assert sign_in.find_account("trace@tynebank.example") is None
