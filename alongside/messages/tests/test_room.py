"""Who is named on a hello, and which human every path ends in (I11, I13: nobody is ranked).

A wish narrows and never leaves nobody; who is full, whose role ended, or who does not answer hellos is not
named; among those who fit it is whoever was named longest ago.
"""

import datetime as dt

import pytest
from django.utils import timezone

from alongside.accounts.models import Neighbourhood, Place
from alongside.kernel.acting import working_on
from alongside.messages import humans, who_has_room
from alongside.messages.models import HelloWait
from alongside.people.models import Role, RoleHeld, Room
from tests.cast import hold, person, serving
from tests.database import as_owner

from .rows import said

pytestmark = pytest.mark.django_db


def with_room(name, room_for=1, *languages, role=Role.WORKER):
    worker = serving(name, role)
    with as_owner():
        Room.objects.create(person=worker, room_for=room_for, languages=list(languages))
    return worker


def choose(**wish):
    with working_on("hello"):
        return who_has_room.choose(**wish)


@pytest.fixture
def staithes():
    with as_owner():
        place = Place.objects.create(slug="tynebank", name="Tynebank")
        return Neighbourhood.objects.create(
            place=place, kind="told", slug="staithes", name="x", lat=54.9, lon=-1.6
        )


@pytest.mark.parametrize("role", Role.values)
def test_those_who_answer_are_named_and_those_who_do_other_work_are_not(role):
    whoever = with_room("Priya Nair", role=role)
    answers = role in (Role.WORKER, Role.PEER, Role.CONNECTOR)
    named = choose()
    assert named.no_room is not answers
    if answers:
        assert named.person == whoever


@pytest.mark.parametrize(
    ("days", "named"),
    [
        ((-10, None), True),
        ((-10, 0), True),
        ((0, None), True),
        ((-10, -1), False),
        ((1, None), False),
    ],
)
def test_a_role_that_ended_or_has_not_begun_answers_no_hello(days, named):
    with_room("Priya Nair")
    today = timezone.localdate()
    first, last = (today + dt.timedelta(days=n) if n is not None else None for n in days)
    with as_owner():
        RoleHeld.objects.update(from_day=first, to_day=last)
    assert (choose().person is not None) is named


def test_full_is_full():
    with_room("Priya Nair", 0)
    bev = with_room("Bev Ormerod")
    assert {choose().person for _ in range(4)} == {bev}


def test_a_hello_that_waits_takes_room_until_it_is_answered():
    priya = with_room("Priya Nair")
    waits = said(priya)
    assert choose().no_room
    with as_owner():
        HelloWait.objects.filter(pk=waits.pk).update(answered_at=timezone.now())
    assert not choose().no_room


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("Polski", "Kasia Nowak"),
        ("pol", "Kasia Nowak"),
        (" POLSKI ", "Kasia Nowak"),
        ("Polski-angielski", "Priya Nair"),  # nobody: it narrows, and never leaves nobody
        ("Tigrinya", "Priya Nair"),
    ],
)
def test_their_language_comes_first_as_people_write_it(wish, name):
    first = with_room("Priya Nair", 5, "English", "Hindi")
    kasia = with_room("Kasia Nowak", 5, "English", "Polski")
    with as_owner():  # Kasia was named a moment ago, so that it is Priya's turn.
        said(kasia)
        assert str(first)
    assert choose(language=wish).person.name == name


def test_language_comes_before_nearness_and_nearness_before_the_turn(staithes):
    near, speaks = with_room("Bev Ormerod", 5), with_room("Kasia Nowak", 5, "Polski")
    far = with_room("Priya Nair", 5)
    with as_owner():
        near.roles.get().neighbourhoods.add(staithes)
    said(near)
    assert choose(neighbourhood=staithes).person == near
    assert choose(language="Polski", neighbourhood=staithes).person == speaks
    assert choose().person in {speaks, far}


def test_near_is_where_somebody_answers_and_not_where_they_do_other_work(staithes):
    bev = with_room("Bev Ormerod", 5)
    other = hold(bev, Role.MEMBER)
    with as_owner():
        other.neighbourhoods.add(staithes)
    near = with_room("Priya Nair", 5)
    with as_owner():
        near.roles.get().neighbourhoods.add(staithes)
    said(near)  # it would be Bev's turn
    assert choose(neighbourhood=staithes).person == near


def test_it_goes_in_turn_and_comes_round():
    names = ["Priya Nair", "Bev Ormerod", "Kasia Nowak"]
    for name in names:
        with_room(name, 9)
    turns = []
    for _ in range(6):
        named = choose().person
        turns.append(named.name)
        said(named)
    assert sorted(turns[:3]) == sorted(names)
    assert turns[:3] == turns[3:]


@pytest.mark.parametrize(
    ("roles", "ends_in"),
    [
        ([Role.WORKER, Role.TEAM_LEAD, Role.STEWARD, Role.DUTY_HUMAN], Role.DUTY_HUMAN),
        ([Role.WORKER, Role.TEAM_LEAD, Role.STEWARD], Role.STEWARD),
        ([Role.WORKER, Role.TEAM_LEAD], Role.TEAM_LEAD),
        ([Role.CONNECTOR, Role.WORKER], Role.WORKER),
        ([Role.CONNECTOR, Role.MEMBER], Role.CONNECTOR),
        ([Role.MEMBER, Role.SPECIALIST], None),
        ([], None),
    ],
)
def test_when_all_are_full_it_ends_in_a_human_of_the_house(roles, ends_in):
    people = {role: serving(f"{role} Hallam", role) for role in roles}
    named = choose()
    assert named.no_room
    assert named.person == (people[ends_in] if ends_in else None)


@pytest.mark.parametrize(
    ("roles", "but_not", "told"),
    [
        ([Role.DUTY_HUMAN, Role.STEWARD, Role.TEAM_LEAD], None, Role.TEAM_LEAD),
        ([Role.DUTY_HUMAN, Role.STEWARD, Role.TEAM_LEAD], Role.TEAM_LEAD, Role.STEWARD),
        ([Role.DUTY_HUMAN], None, Role.DUTY_HUMAN),
        ([Role.TEAM_LEAD], Role.TEAM_LEAD, Role.TEAM_LEAD),  # rather the same than nobody
        ([Role.WORKER], None, None),
    ],
)
def test_whoever_is_told_of_what_was_left_undone_is_rather_another(roles, but_not, told):
    people = {role: serving(f"{role} Hallam", role) for role in roles}
    with working_on("hello"):
        assert humans.to_alarm(but_not=people.get(but_not)) == people.get(told)


def test_at_the_door_stands_the_duty_human_of_today_and_nobody_else():
    serving("Denise Armstrong", Role.STEWARD)
    with working_on("hello"):
        assert humans.at_the_door() is None
    dot = serving("Dot Garrod", Role.DUTY_HUMAN)
    with working_on("hello"):
        assert humans.at_the_door() == dot


def test_what_somebody_is_here_is_said_in_words_and_a_resident_is_nothing_more():
    priya = serving("Priya Nair", title="walks with people")
    with working_on("hello"):
        assert humans.role_of(priya) == "walks with people, Tynebank Council"
        assert humans.role_of(serving("Bev Ormerod")) == "relational worker, Tynebank Council"
        assert humans.role_of(person()) == ""
    with as_owner():
        RoleHeld.objects.filter(person=priya).update(title="", organisation=None)
    with working_on("hello"):
        assert humans.role_of(priya) == "relational worker"
