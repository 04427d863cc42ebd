"""Somebody walks along too: whoever may not be named is refused in a sentence, never by a broken page (I11)."""

import pytest
from django.urls import reverse

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.walks import operations
from alongside.walks.models import Walk, WalkPerson, WalkStep
from alongside.walks.tests.world import NEIGHBOUR, WALKER, around_micky
from tests import cast
from tests.database import as_owner
from tests.standing import standing

built, world = standing(around_micky)


def walked_with_by_another(world):
    """Gary, with whom Ann's successor at another place walks, and whose page is not open to Bev."""
    gary, someone = world.who[NEIGHBOUR], cast.serving("Jo Marsh")
    cast.say_so(gary, someone)
    return gary


def on_it(walk):
    with as_owner():
        return set(
            WalkPerson.objects.filter(walk=walk, to_at__isnull=True).values_list("person_id", flat=True)
        )


def test_somebody_another_walks_with_is_not_named_by_whoever_may_not_read_their_page(world):
    gary, bev = walked_with_by_another(world), world.who[WALKER]
    with acting_as(bev), pytest.raises(Denied, match="Somebody walks with them already"):
        operations.join_walk(by=bev, walk=world.walk, person=gary)
    assert on_it(world.walk) == {world.micky.pk}


def test_somebody_with_whom_nobody_walks_yet_walks_along(world):
    bev, gary = world.who[WALKER], world.who[NEIGHBOUR]
    with acting_as(bev):
        operations.join_walk(by=bev, walk=world.walk, person=gary, words="He asked to.")
    assert on_it(world.walk) == {world.micky.pk, gary.pk}


def test_joined_twice_is_there_once_and_said_once(world):
    bev, shona = world.who[WALKER], world.shona
    with acting_as(bev):
        for _again in range(2):
            operations.join_walk(by=bev, walk=world.walk, person=shona)
    with as_owner():
        assert WalkPerson.objects.filter(walk=world.walk, person=shona).count() == 1
        assert WalkStep.objects.filter(walk=world.walk, step="joined").count() == 1


def test_whoever_keeps_it_does_not_walk_along_on_it(world):
    bev = world.who[WALKER]
    with acting_as(bev), pytest.raises(ValueError, match="not also walked with"):
        operations.join_walk(by=bev, walk=world.walk, person=bev)


def test_the_page_names_only_those_whose_page_is_open_and_refuses_any_other(client, world):
    gary, bev = walked_with_by_another(world), world.who[WALKER]
    cast.sign_in(client, bev)
    address = reverse("walk_join", args=[world.walk.pk])
    page = client.get(address).content.decode()
    assert str(world.shona.pk) in page
    assert str(gary.pk) not in page
    refused = client.post(address, {"who": gary.pk, "words": "He said yes."})
    assert (refused.status_code, "He said yes." in refused.content.decode()) == (200, True)
    assert on_it(world.walk) == {world.micky.pk}


def test_nobody_named_is_asked_about_and_the_words_stay(client, world):
    cast.sign_in(client, world.who[WALKER])
    page = client.post(reverse("walk_join", args=[world.walk.pk]), {"words": "They asked."}).content.decode()
    assert "Choose who." in page
    assert "They asked." in page


def test_where_nobody_elses_page_is_open_it_says_what_to_do_instead(client, world):
    lonely = cast.serving("Ola Marsh")
    micky = cast.person("Ted Bright")
    with acting_as(lonely):
        walk = operations.offer_walk(by=lonely, people=[micky], cover=world.who[WALKER])
    cast.sign_in(client, lonely)
    page = client.get(reverse("walk_join", args=[walk.pk])).content.decode()
    assert "Offer them a walk of their own" in page


def test_the_person_themself_does_not_put_another_on_their_walk(client, world):
    cast.sign_in(client, world.micky)
    answer = client.post(reverse("walk_join", args=[world.walk.pk]), {"who": world.shona.pk})
    assert answer.status_code == 403
    assert on_it(world.walk) == {world.micky.pk}


def test_one_of_two_goes_on_without_and_the_walk_stays(world):
    bev, shona = world.who[WALKER], world.shona
    with acting_as(bev):
        operations.leave_walk(by=bev, walk=world.several, person=shona)
        assert on_it(world.several) == {world.micky.pk}
        with pytest.raises(ValueError, match="the only one on this walk"):
            operations.leave_walk(by=bev, walk=world.several, person=world.micky)
    with as_owner():
        assert Walk.objects.get(pk=world.several.pk).state == "offered"


def test_whoever_is_not_on_it_does_not_leave_it(world):
    bev = world.who[WALKER]
    with acting_as(bev), pytest.raises(Denied, match="chosen by the one whose walk it is"):
        operations.leave_walk(by=bev, walk=world.walk, person=world.shona)
