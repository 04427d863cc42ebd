"""Where I am signed in, at its edges: what is not mine, not there any more, or named oddly."""

import uuid

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from alongside.accounts import operations
from alongside.accounts.models import SignInLink
from alongside.accounts.tests.conftest import PASSWORD, with_password
from alongside.audit.models import Event
from alongside.kernel.acting import working_on
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HERE = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def trace(trace):
    with_password(trace)
    return trace


def signed_in(name="Tracey Hallam", agent=HERE):
    client = Client(HTTP_USER_AGENT=agent)
    client.post(reverse("sign_in"), {"login": name, "password": PASSWORD})
    assert SESSION_KEY in client.session
    client.get("/me/")
    return client


def end(client, which):
    return client.post(reverse("sessions"), {"end": which}, follow=True).content.decode()


def inside(client):
    return client.get(reverse("sessions")).status_code == 200


@pytest.mark.parametrize("which", ["", "0", "999999", "nonsense", "-1", "everywhere ", "<b>", "\x00"])
def test_a_device_that_is_none_of_mine_ends_nothing(trace, which):
    here, there = signed_in(), signed_in()
    assert "Signed out on 0 devices." in end(here, which)
    assert inside(here)
    assert inside(there)


def test_a_neighbours_device_cannot_be_named(trace):
    dean = cast.person("Dean Pike")
    with_password(dean)
    deans, here = signed_in("Dean Pike"), signed_in()
    with as_owner():
        key = UserSession.objects.get(user_id=dean.account_id).pk
    end(here, str(key))
    assert inside(deans)
    assert f'value="{key}"' not in here.get(reverse("sessions")).content.decode()


def test_pressed_twice_it_is_ended_once_and_nobody_is_troubled(trace):
    here, there = signed_in(), signed_in()
    with as_owner():
        key = UserSession.objects.exclude(session_key=here.session.session_key).get().pk
    assert "Signed out on 1 device." in end(here, str(key))
    assert "Signed out on 0 devices." in end(here, str(key))
    assert not inside(there)


def test_ending_this_one_leads_to_the_front_door(trace):
    here, there = signed_in(), signed_in()
    with as_owner():
        key = UserSession.objects.get(session_key=here.session.session_key).pk
    answer = here.post(reverse("sessions"), {"end": str(key)})
    assert answer.url == reverse("home")
    assert SESSION_KEY not in here.session
    assert inside(there)


@pytest.mark.parametrize("agent", ["<script>alert(1)</script>", "", "x" * 2000, "Firefox/140 \u202e txet"])
def test_whatever_a_device_says_of_itself_runs_nothing(trace, agent):
    signed_in(agent=agent)
    shown = signed_in().get(reverse("sessions")).content.decode()
    assert "<script>alert" not in shown


def test_only_i_see_where_i_am_signed_in_and_not_whoever_walks_with_me(trace, client):
    signed_in()
    priya = cast.serving("Priya Nair")
    cast.say_so(trace, priya)
    cast.sign_in(client, priya)
    shown = client.get(reverse("sessions")).content.decode()
    assert "Firefox" not in shown.split("<main")[1]


def test_a_stranger_has_no_such_page(client):
    assert client.get(reverse("sessions")).status_code == 302


def test_what_was_ended_is_written_down_by_number_and_by_nobody_else(trace):
    here = signed_in()
    signed_in()
    end(here, "elsewhere")
    with as_owner():
        event = Event.objects.get(did="sign_in.end_sessions")
    assert (event.by_id, event.person_id) == (trace.pk, trace.pk)
    assert HERE not in str(event.__dict__)


def link_for(trace, way="printed"):
    with working_on("sign_in"):
        return operations.make_link(by=None, account=trace.account, way=way)


def test_links_that_would_still_let_me_in_stand_beside_and_can_be_taken_back(trace):
    made, here = link_for(trace), signed_in()
    address = reverse("take_back_sign_in_link", args=[made.link.pk])
    assert address in here.get(reverse("sessions")).content.decode()
    shown = here.post(address, follow=True).content.decode()
    assert "That link lets nobody in any more." in shown
    assert address not in shown
    with as_owner():
        assert SignInLink.objects.get().taken_back_by_id == trace.pk


def test_taking_back_twice_is_told_and_changes_nothing(trace):
    made, here = link_for(trace), signed_in()
    address = reverse("take_back_sign_in_link", args=[made.link.pk])
    here.post(address)
    with as_owner():
        first = SignInLink.objects.get().taken_back_at
    assert "This link was taken back." in here.post(address, follow=True).content.decode()
    with as_owner():
        assert SignInLink.objects.get().taken_back_at == first


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_a_look_takes_nothing_back(trace, method):
    made, here = link_for(trace), signed_in()
    assert getattr(here, method)(reverse("take_back_sign_in_link", args=[made.link.pk])).status_code == 405
    with as_owner():
        assert SignInLink.objects.get().taken_back_at is None


def test_a_link_of_somebody_else_or_of_nobody_is_not_there(trace):
    dean = cast.person("Dean Pike")
    made, here = link_for(dean), signed_in()
    for key in (made.link.pk, uuid.UUID(int=7)):
        assert here.post(reverse("take_back_sign_in_link", args=[key])).status_code == 404
    assert str(made.link.pk) not in here.get(reverse("sessions")).content.decode()
