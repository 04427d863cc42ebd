"""A steward ends a role, an organisation, a way to sign in: having read whom it would leave, and not before (I32)."""

import pytest
from django.urls import reverse

from alongside.accounts.models import Account
from alongside.kernel import clock
from alongside.people import endings
from alongside.people.endings import Relationship, before_ending
from alongside.people.models import RoleHeld
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def bev():
    return cast.serving("Bev Ormerod", at="The Kettle")


@pytest.fixture
def kept(steward, bev):
    """Bev walks with Micky, of whom the steward knows, and with Norah, of whom they do not."""
    micky, norah = cast.person("Micky Garrod"), cast.person("Norah Tully")
    cast.say_so(micky, steward)
    found = [Relationship(bev.pk, micky.pk), Relationship(bev.pk, norah.pk)]
    before_ending("planted", lambda keepers: [each for each in found if each.keeper in keepers])
    yield found
    endings.no_longer_asked("planted")


def address(name, bev):
    with as_owner():
        held = RoleHeld.objects.get(person=bev)
    about = {
        "steward_end_role": held.pk,
        "steward_end_organisation": "the-kettle",
        "steward_switch_sign_in": bev.pk,
    }
    return reverse(name, args=[about[name]])


def as_it_was(bev):
    with as_owner():
        open_still = Account.objects.get(pk=bev.account_id).is_active
        return RoleHeld.objects.get(person=bev).to_day is None and open_still


EVERY = pytest.mark.parametrize(
    "name", ["steward_end_role", "steward_end_organisation", "steward_switch_sign_in"]
)


@EVERY
def test_the_page_lists_whom_it_would_leave_and_has_no_button_yet(client, kept, bev, name):
    shown = client.get(address(name, bev)).content.decode()
    assert "This would leave 2 people, Micky among them" in shown
    assert "First, a handover" in shown
    assert "Norah" not in shown
    main = shown.split("<main")[1].split("</main>")[0]
    assert "<form" not in main


@EVERY
def test_a_button_pressed_all_the_same_is_answered_in_a_sentence_and_nothing_ends(client, kept, bev, name):
    shown = client.post(address(name, bev), {"to": "off", "knowing": "yes"}, follow=True).content.decode()
    assert "Micky among them" in shown
    assert as_it_was(bev)


@EVERY
def test_once_each_is_handed_over_it_ends_with_one_press(client, kept, bev, name):
    kept.clear()
    assert "First, a handover" not in client.get(address(name, bev)).content.decode()
    assert client.post(address(name, bev), {"to": "off"}).status_code == 302
    assert not as_it_was(bev)


def test_the_page_of_an_organisation_names_those_who_serve_there(client, steward, bev):
    cast.serving("Callum Reay")
    shown = client.get(address("steward_end_organisation", bev)).content.decode()
    assert "Bev Ormerod" in shown
    assert "Callum" not in shown


def test_an_organisation_where_nobody_serves_says_so(client, steward):
    cast.organisation("The Staithes Choir")
    page = client.get(reverse("steward_end_organisation", args=["the-staithes-choir"]))
    assert "Nobody holds a role there." in page.content.decode()


def test_a_day_before_they_began_is_told_beside_the_day(client, steward, bev):
    day = {"on_day": "1", "on_month": "1", "on_year": "2001"}
    shown = client.post(address("steward_end_organisation", bev), day).content.decode()
    assert "begins after that day" in shown
    assert as_it_was(bev)


def test_what_was_switched_off_is_switched_on_again_on_the_same_page(client, steward, bev):
    where = address("steward_switch_sign_in", bev)
    client.post(where, {"to": "off"})
    assert "Switch it on again" in client.get(where).content.decode()
    client.post(where, {"to": "on"})
    assert as_it_was(bev)


def test_the_page_of_a_resident_offers_no_such_switch(client, steward, bev):
    trace = cast.person()
    switch = reverse("steward_switch_sign_in", args=[trace.pk])
    assert switch not in client.get(reverse("steward_person", args=[trace.pk])).content.decode()
    assert client.get(switch).status_code == 403
    shown = client.get(reverse("steward_person", args=[bev.pk])).content.decode()
    assert reverse("steward_switch_sign_in", args=[bev.pk]) in shown


def test_an_end_that_was_pressed_twice_is_the_same_end(client, steward, bev):
    where = address("steward_end_organisation", bev)
    client.post(where, {})
    again = client.post(where, {})
    assert again.status_code == 200
    assert "nothing to end" in again.content.decode()
    with as_owner():
        assert RoleHeld.objects.get(person=bev).to_day == clock.today()
