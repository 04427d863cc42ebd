"""What every page has around it: the way about, as each role needs it, the place's name, and who is looking."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse

from alongside.accounts.models import Place
from alongside.consent.policies import WALKING_ROLES
from alongside.kernel import memo
from alongside.pages import context
from alongside.people.models import Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NOBODY = ["say_hello", "place", "sign_in"]
RESIDENT = ["my_page", "my_messages", "place"]
WALKS = ["my_page", "people", "hellos", "my_messages", "place"]
MORNING = ["today", *WALKS]
STEWARD = ["my_page", "my_messages", "place", "steward_home"]
WAYS = {
    Role.WORKER: MORNING,
    Role.PEER: MORNING,
    Role.CONNECTOR: MORNING,
    Role.SOCIAL_WORKER: MORNING,
    Role.COORDINATOR: MORNING,
    Role.SPECIALIST: WALKS,
    Role.DUTY_HUMAN: WALKS,
    Role.TEAM_LEAD: None,
    Role.LEARNING_PARTNER: None,
    Role.STEWARD: STEWARD,
    Role.MEMBER: RESIDENT,
    Role.CENTRE: RESIDENT,
}


def around(viewer, address="/place/"):
    request = RequestFactory().get(address)
    request.viewer = viewer
    return context.around_every_page(request)


def ways(viewer, address="/place/"):
    return [way["url"] for way in around(viewer, address)["nav"]]


def addresses(names):
    return [reverse(name) for name in names]


def test_every_role_there_is_has_its_way_about():
    assert set(WAYS) == set(Role)


@pytest.mark.parametrize("role", [role for role, wanted in WAYS.items() if wanted])
def test_each_role_is_shown_the_pages_it_has_and_no_other(db, role):
    assert ways(cast.serving("Somebody", role)) == addresses(WAYS[role])


@pytest.mark.parametrize("role", Role.values)
def test_no_role_is_shown_a_way_it_would_be_refused(client, role):
    somebody = cast.serving("Somebody", role)
    cast.sign_in(client, somebody)
    for address in ways(somebody):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", Role.values)
def test_the_morning_or_ones_own_page_comes_first_for_whoever_is_here(db, role):
    first = "today" if role in WALKING_ROLES else "my_page"
    assert ways(cast.serving("Somebody", role))[0] == reverse(first)


def test_a_resident_is_offered_nothing_that_is_work(db):
    trace = cast.person()
    assert ways(trace) == addresses(RESIDENT)
    assert around(trace)["find_url"] == ""


def test_a_stranger_is_offered_a_hello_before_a_door(db):
    assert ways(None) == addresses(NOBODY)
    assert around(None)["find_url"] == ""
    assert around(None)["viewer"] is None


def test_two_roles_are_shown_the_ways_of_both_each_once(db):
    both = cast.serving("Denise Armstrong", Role.STEWARD)
    cast.hold(both, Role.WORKER)
    found = ways(both)
    assert set(found) == {*addresses(MORNING), *addresses(STEWARD)}
    assert len(found) == len(set(found))


def test_a_role_that_ended_shows_no_way_any_more(db):
    from alongside.people.models import RoleHeld

    priya = cast.serving("Priya Nair")
    with as_owner():
        RoleHeld.objects.update(from_day="2019-01-01", to_day="2019-12-31")
    assert ways(priya) == addresses(RESIDENT)
    assert around(priya)["find_url"] == ""


@pytest.mark.parametrize("role", [Role.WORKER, Role.STEWARD, Role.CENTRE, Role.MEMBER])
def test_whoever_serves_can_find_by_a_few_letters(db, role):
    assert around(cast.serving("Somebody", role))["find_url"] == reverse("find")


@pytest.mark.parametrize("name", RESIDENT)
def test_where_one_is_is_marked_once(db, name):
    marked = [way["url"] for way in around(cast.person(), reverse(name))["nav"] if way["current"]]
    assert marked == [reverse(name)]


def test_elsewhere_nothing_is_marked(db):
    assert not [way for way in around(cast.person(), "/me/reach/")["nav"] if way["current"]]


def test_no_two_ways_say_the_same(db):
    for role in Role:
        labels = [str(way["label"]) for way in around(cast.serving(f"Somebody {role}", role))["nav"]]
        assert len(labels) == len(set(labels)), role


def test_the_place_is_named_and_until_it_has_a_name_the_house_is(db):
    assert str(around(None)["place_name"]) == "Alongside"
    with as_owner():
        Place.objects.create(slug="tynebank", name="Tynebank")
    assert str(around(None)["place_name"]) == "Tynebank"


def test_a_page_that_asks_for_none_of_it_asks_the_database_nothing(db, django_assert_num_queries):
    priya = cast.serving("Priya Nair")
    with django_assert_num_queries(0):
        around(priya)


def test_all_of_it_takes_two_statements_at_most(db, django_assert_max_num_queries):
    priya = cast.serving("Priya Nair")
    with memo.remembering(), django_assert_max_num_queries(2):
        found = around(priya)
        list(found["nav"])
        str(found["place_name"])
        str(found["find_url"])


@pytest.mark.parametrize("who", ["stranger", "resident", "worker", "steward"])
def test_every_page_says_what_this_is_and_what_it_refuses(client, who):
    if who == "resident":
        cast.sign_in(client, cast.person())
    elif who != "stranger":
        cast.sign_in(client, cast.serving("Somebody", {"worker": Role.WORKER, "steward": Role.STEWARD}[who]))
    shown = client.get(reverse("place")).content.decode()
    footer = shown[shown.rindex("<footer") :]
    assert f'href="{reverse("one_minute")}"' in footer
    assert f'href="{reverse("hard_stops")}"' in footer


def test_who_is_here_is_named_and_can_leave_and_a_stranger_is_not_asked_to(client):
    assert "Sign out" not in client.get(reverse("place")).content.decode()
    cast.sign_in(client, cast.person("Tracey Hallam", called="Trace"))
    shown = client.get(reverse("place")).content.decode()
    assert "Here as Trace" in shown
    assert re.search(rf'<form method="post" action="{reverse("sign_out")}"', shown)
