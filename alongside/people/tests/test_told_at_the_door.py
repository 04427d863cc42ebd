"""What the database says when somebody comes in is what the policies would have asked, and is believed no longer
than until something is written."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.accounts.models import EasyReadLine, Place
from alongside.accounts.place.queries import easy_read
from alongside.kernel import clock, memo
from alongside.kernel.acting import entering
from alongside.people import policies
from alongside.people.models import Person, Reach, Role, RoleHeld
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
TODAY = clock.today()
DAY = dt.timedelta(days=1)


@pytest.fixture
def priya():
    """Holds two roles today, one until this evening; held one until yesterday, and will hold one from tomorrow."""
    priya = cast.serving("Priya Nair", Role.WORKER)
    held = {Role.STEWARD: (-9, 0), Role.TEAM_LEAD: (-9, -1), Role.PEER: (1, None)}
    with as_owner():
        for role, (began, ended) in held.items():
            row = cast.hold(priya, role)
            until = None if ended is None else TODAY + ended * DAY
            RoleHeld.objects.filter(pk=row.pk).update(from_day=TODAY + began * DAY, to_day=until)
        Person.objects.filter(pk=cast.person("P Nair", account=False).pk).update(same_as=priya)
        Place.objects.create(slug="tynebank", name="Tynebank")
    return priya


def asked_of(viewer):
    with CaptureQueriesContext(connection) as asked:
        answers = policies.roles_held(viewer), policies.selves(viewer)
    return answers, len(asked)


def test_what_is_told_at_the_door_is_what_would_be_asked(priya):
    with entering(str(priya.account_id)) as entered:
        told, statements = asked_of(priya)
        assert statements == 2
        assert told[0] == {Role.WORKER, Role.STEWARD}
        assert (frozenset(entered.roles), frozenset(entered.selves)) == told
        assert entered.place == Place.called() == "Tynebank"


def test_told_at_the_door_it_is_not_asked_again(priya):
    with memo.remembering(), entering(str(priya.account_id)) as entered:
        policies.remember(entered)
        answers, statements = asked_of(priya)
        assert (statements, answers[0]) == (0, {Role.WORKER, Role.STEWARD})
        memo.forget()
        assert asked_of(priya) == (answers, 2)


def test_the_roles_are_those_of_the_day_it_is(priya):
    with clock.moved_to(clock.now() + DAY), entering(str(priya.account_id)) as entered:
        assert set(entered.roles) == {Role.WORKER, Role.PEER}


def test_what_one_was_told_is_nobody_elses(priya):
    bev = cast.serving("Bev Ormerod", Role.CONNECTOR)
    with memo.remembering(), entering(str(priya.account_id)) as entered:
        policies.remember(entered)
        assert not policies.holds(bev, Role.STEWARD)
        with entering(str(bev.account_id)) as other:
            policies.remember(other)
            assert policies.roles_held(bev) == {Role.CONNECTOR}


def test_a_stranger_is_told_what_the_place_is_called_and_nothing_else(priya):
    with memo.remembering(), entering("") as entered:
        assert entered[:5] == ("", [], [], "Tynebank", [])
        assert set(entered.row.values()) == {None}
        policies.remember(entered)
        assert policies.holds(None) is False


def test_whoever_comes_in_is_told_their_own_record_as_it_stands(priya):
    with as_owner():
        Reach.objects.create(person=priya, languages=["cy", "en"])
    with entering(str(priya.account_id)) as entered:
        stands = Person.objects.get(pk=priya.pk)
        columns = {field.attname: getattr(stands, field.attname) for field in Person._meta.concrete_fields}
        assert entered.row == columns | {"speaks": ["cy", "en"]}


def test_pages_that_can_be_read_easily_are_told_and_the_others_are_not_asked_about(
    priya, django_assert_num_queries
):
    with as_owner():
        EasyReadLine.objects.create(page="my_page", language="en", place_in_order=0, words="This is yours.")
    with memo.remembering(), entering(str(priya.account_id)) as entered:
        policies.remember(entered)
        with django_assert_num_queries(1):
            (line,) = easy_read(viewer=priya, page="my_page", language="en-gb")
            assert (line.words, easy_read(viewer=priya, page="today", language="en-gb")) == (
                "This is yours.",
                [],
            )


def test_once_something_is_written_easy_words_are_asked_for_again(priya):
    with memo.remembering(), entering(str(priya.account_id)) as entered:
        policies.remember(entered)
        with as_owner():
            EasyReadLine.objects.create(page="today", language="en", place_in_order=0, words="Your day.")
        memo.forget()
        assert [line.words for line in easy_read(viewer=priya, page="today", language="en")] == ["Your day."]
