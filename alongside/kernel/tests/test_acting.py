"""Who the database believes is acting, and that nobody stays in the room after leaving it."""

from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.kernel.acting import Acting, acting_as, current, entering, working_on
from alongside.people.models import Person
from tests import cast

NOBODY = ("", "", "")


def database_believes() -> tuple[str, ...]:
    """Actor, work and account, as row-level security reads them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('alongside.actor', true), ''),"
            " coalesce(current_setting('alongside.work', true), ''),"
            " coalesce(current_setting('alongside.account', true), '')"
        )
        return tuple(cursor.fetchone())


@pytest.fixture
def tracey(db: None) -> Person:
    return cast.person()


def test_without_anybody_acting_nobody_is_seen(tracey: Person) -> None:
    assert database_believes() == NOBODY
    assert not Person.objects.filter(pk=tracey.pk).exists()


def test_a_person_who_acts_sees_herself(tracey: Person) -> None:
    with acting_as(tracey):
        assert database_believes() == (str(tracey.pk), "", "")
        assert current() == Acting(actor=str(tracey.pk))
        assert Person.objects.get() == tracey
    assert database_believes() == NOBODY
    assert current() == Acting()


def test_a_key_will_do_for_a_person(tracey: Person) -> None:
    with acting_as(tracey.pk):
        assert current().actor == str(tracey.pk)
    with acting_as(str(tracey.pk)):
        assert current().actor == str(tracey.pk)


def test_a_named_work_is_known_by_its_name_and_its_human(tracey: Person) -> None:
    with working_on("messages.send", tracey):
        assert database_believes() == (str(tracey.pk), "messages.send", "")
    with working_on("messages.send"):
        assert database_believes() == ("", "messages.send", "")


def test_inside_another_the_outer_one_acts_again_afterwards(tracey: Person) -> None:
    priya = cast.serving("Priya Nair")
    with acting_as(tracey):
        with acting_as(priya), working_on("hello"):
            assert database_believes() == ("", "hello", "")
        assert database_believes() == (str(tracey.pk), "", "")


def test_after_a_failure_the_outer_one_acts_again(tracey: Person) -> None:
    priya = cast.serving("Priya Nair")
    with acting_as(tracey):
        with pytest.raises(KeyError), acting_as(priya):
            raise KeyError
        assert database_believes() == (str(tracey.pk), "", "")
        assert current().actor == str(tracey.pk)


def test_after_a_broken_statement_the_outer_one_acts_again(tracey: Person) -> None:
    priya = cast.serving("Priya Nair")
    with acting_as(tracey):
        with pytest.raises(DatabaseError), acting_as(priya), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert database_believes() == (str(tracey.pk), "", "")


def test_what_is_done_while_acting_is_done_whole_or_not_at_all(tracey: Person) -> None:
    def change_and_break() -> None:
        with acting_as(tracey):
            assert Person.objects.update(called="Trace") == 1
            raise KeyError

    with pytest.raises(KeyError):
        change_and_break()
    with acting_as(tracey):
        assert Person.objects.get().called == "Tracey"


@pytest.fixture
def truly_committed(committed: Any) -> Person:
    return cast.person()


def test_nobody_stays_on_a_connection_that_is_used_again(truly_committed: Person) -> None:
    with acting_as(truly_committed):
        assert Person.objects.count() == 1
    assert not connection.in_atomic_block
    assert database_believes() == NOBODY
    assert Person.objects.count() == 0


def test_an_account_lets_its_person_in(tracey: Person) -> None:
    with entering(str(tracey.account_id)) as entered:
        assert entered[:4] == (str(tracey.pk), [tracey.pk], [], "")
        assert database_believes() == (str(tracey.pk), "", str(tracey.account_id))
        assert current() == Acting(actor=str(tracey.pk), account=str(tracey.account_id))


@pytest.mark.parametrize("account", ["", str(UUID(int=1))])
def test_an_account_nobody_has_lets_nobody_in(tracey: Person, account: str) -> None:
    with entering(account) as entered:
        assert entered[:4] == ("", [], [], "")
        assert not Person.objects.filter(pk=tracey.pk).exists()


def test_entering_ends_whatever_work_was_being_done(tracey: Person) -> None:
    with working_on("messages.send"), entering("") as entered:
        assert entered.person == ""
        assert database_believes() == NOBODY


def test_a_key_that_is_no_key_is_refused_by_the_database(tracey: Person) -> None:
    with pytest.raises(DatabaseError, match="uuid"), transaction.atomic(), acting_as("not a key"):
        Person.objects.count()
