"""Where each of us arrives: at people and relationships, never at a list of work (R1)."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.people.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.STEWARD, "steward_home"),
        (Role.WORKER, "today"),
        (Role.PEER, "today"),
        (Role.TEAM_LEAD, "today"),
        (Role.SPECIALIST, "people"),
        (Role.CENTRE, "place"),
        (Role.MEMBER, "place"),
        (Role.LEARNING_PARTNER, "place"),
    ],
)
def test_whoever_serves_arrives_where_they_are_of_use(client, role, page):
    cast.sign_in(client, cast.serving("Helena Marsh", role))
    assert client.get("/").url == reverse(page)


def test_a_resident_arrives_at_their_own_page(client):
    cast.sign_in(client, cast.person("Tracey Hallam"))
    assert client.get("/").url == reverse("my_page")


def test_a_stranger_is_asked_one_thing_and_needs_no_account(client):
    page = client.get("/")
    assert page.status_code == 200
    assert page.content.decode().count("<textarea") == 1


def test_leaving_quickly_signs_out_without_any_proof_from_a_form(tracey_with_checks):
    assert tracey_with_checks.get("/me/").status_code == 200
    left = tracey_with_checks.post(reverse("leave"))
    assert left.status_code == 200
    assert f'content="0; url={settings.QUICK_EXIT_URL}"' in left.content.decode()
    assert "Tynebank" not in left.content.decode()
    assert tracey_with_checks.get("/me/").status_code == 302


def test_an_address_that_leads_away_writes_nothing(tracey_with_checks):
    assert tracey_with_checks.get(reverse("leave")).url == settings.QUICK_EXIT_URL
    assert tracey_with_checks.get("/me/").status_code == 200


def test_a_stranger_leaves_as_quickly_and_is_forgotten(client):
    client.post(reverse("say_hello"), {"words": "Is this the place?"})
    assert client.get(reverse("hello_yours")).status_code == 200
    client.post(reverse("leave"))
    assert client.get(reverse("hello_yours")).status_code == 302


@pytest.fixture
def tracey_with_checks():
    """Trace in a browser whose forms are checked, as in a place that runs."""
    browser = Client(enforce_csrf_checks=True)
    cast.sign_in(browser, cast.person("Tracey Hallam"))
    return browser
