"""Nothing ends over the head of a walk: a role, an organisation, a way to sign in, and not in the database (I32)."""

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.kernel.acting import acting_as
from alongside.people import operations as people
from alongside.people.models import Role, RoleHeld
from alongside.people.problems import NotYet
from alongside.walks import operations as walks
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward():
    return cast.serving("Denise Armstrong", Role.STEWARD)


@pytest.fixture
def bev():
    return cast.serving("Bev Ormerod", at="The Kettle")


@pytest.fixture
def priya():
    return cast.serving("Priya Nair")


@pytest.fixture
def micky():
    return cast.person("Micky Garrod")


@pytest.fixture
def walk(bev, priya, micky):
    with acting_as(bev):
        walk = walks.offer_walk(by=bev, people=[micky], cover=priya)
        return walks.begin_walk(by=bev, walk=walk, said_by=micky)


def role_of(person):
    with as_owner():
        return RoleHeld.objects.select_related("person", "organisation").get(person=person)


def end_organisation(steward, person):
    with acting_as(steward):
        return people.end_organisation(by=steward, organisation=role_of(person).organisation)


def end_role(steward, person):
    with acting_as(steward):
        return people.end_role(by=steward, held=role_of(person), knowing=True)


def hand_over(by, walk, micky, to, **more):
    with acting_as(by):
        handover = walks.propose_handover(by=by, walk=walk, to=to)
        walks.meet_as_three(by=by, handover=handover)
        walks.choose_handover(by=by, handover=handover, chosen_by=micky, words="All right.", **more)


def test_an_organisation_does_not_end_while_somebody_there_walks_with_a_person(steward, bev, walk):
    with pytest.raises(NotYet, match="1 person, whose name is theirs to tell"):
        end_organisation(steward, bev)
    assert role_of(bev).to_day is None


def test_it_ends_once_each_walk_was_handed_over(steward, bev, priya, micky, walk):
    hand_over(bev, walk, micky, cast.serving("Hodan Farah"))
    end_organisation(steward, bev)
    assert role_of(bev).to_day is not None


def test_whoever_covers_is_handed_over_too(steward, bev, priya, micky, walk):
    with pytest.raises(NotYet):
        end_role(steward, priya)
    with acting_as(bev):
        walks.change_cover(by=bev, walk=walk, cover=cast.serving("Hodan Farah"))
    end_role(steward, priya)


def test_a_way_to_sign_in_is_not_closed_either(steward, bev, walk):
    with acting_as(steward), pytest.raises(NotYet):
        people.switch_sign_in(by=steward, person=bev, on=False)


def test_a_walk_that_rests_is_come_back_to_and_so_is_handed_over_first(steward, bev, micky, walk):
    with acting_as(micky):
        walks.rest_walk(by=micky, walk=walk)
    with pytest.raises(NotYet):
        end_role(steward, bev)
    hand_over(bev, walk, micky, cast.serving("Hodan Farah"))
    end_role(steward, bev)


def test_an_offer_and_a_walk_of_somebody_who_died_break_nothing(steward, bev, priya, walk):
    with acting_as(bev):
        walks.died(by=bev, walk=walk)
        walks.offer_walk(by=bev, people=[cast.person("Norah Tully")], cover=priya)
    end_role(steward, bev)


@pytest.mark.parametrize("table", ["people_person", "walks_walk"])
def test_the_database_itself_keeps_whoever_keeps_a_walk_and_the_walk(bev, walk, table):
    key = {"people_person": bev.pk, "walks_walk": walk.pk}[table]
    with as_owner(), pytest.raises(DatabaseError, match="foreign key"), transaction.atomic():
        _remove(table, key)


def _remove(table, key):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [key])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
