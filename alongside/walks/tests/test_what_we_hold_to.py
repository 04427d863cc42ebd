"""The two rules and the place's own principles stand beside every walk; whoever may changes them from there (R12)."""

import html

import pytest
from django.urls import reverse

from alongside.accounts.place.operations import tell_of_place
from alongside.kernel.acting import working_on
from alongside.people.models import Role
from alongside.walks.tests.moments import walking
from tests import cast
from tests.database import as_owner
from tests.deeds import World
from tests.standing import standing

pytestmark = pytest.mark.django_db

RULES, PRINCIPLES = ["Do no harm", "Stay legal"], ["Understand, do not assess", "Stay as long as it takes"]
TOLD = {"id": "tynebank", "name": "Tynebank", "two_rules": RULES, "principles": PRINCIPLES}
MICKY, BEV, IMRAN = "Micky", "who walks with him", "who covers, and holds the learning"


def a_walk_in_a_place():
    with working_on("demo"):
        tell_of_place(by=None, told=TOLD)
    who = {
        MICKY: cast.person("Micky Garrod"),
        BEV: cast.serving("Bev Ormerod"),
        IMRAN: cast.serving("Imran Sheikh"),
    }
    with as_owner():
        who[IMRAN].roles.create(role=Role.LEARNING_PARTNER, from_day="2020-01-01")
    return World(who, walk=walking(who[BEV], who[IMRAN], who[MICKY]))


built, world = standing(a_walk_in_a_place)


@pytest.fixture
def beside(client, world):
    """The page of the walk, as somebody reads it: on the person's own page, and on one of the walk's own."""

    def read(who):
        cast.sign_in(client, world.who[who])
        places = reverse("walk", args=[world.who[MICKY].pk]), reverse("one_walk", args=[world.walk.pk])
        return [html.unescape(client.get(place).content.decode()) for place in places]

    return read


@pytest.mark.parametrize("who", [MICKY, BEV, IMRAN])
def test_they_stand_beside_the_walk_with_the_way_to_how_they_came_to_be(beside, who):
    for page in beside(who):
        assert all(said in page for said in (*RULES, *PRINCIPLES))
        assert f'href="{reverse("place_principles")}"' in page


@pytest.mark.parametrize(("who", "may"), [(MICKY, False), (BEV, False), (IMRAN, True)])
def test_whoever_holds_the_learning_changes_them_from_there(beside, who, may):
    for page in beside(who):
        assert (reverse("place_change_principles") in page) is may
