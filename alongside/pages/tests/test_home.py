"""Where each of us arrives: at people and relationships, never at a list of work (R1)."""

import pytest
from django.urls import reverse

from alongside.people.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.STEWARD, "steward_home"),
        (Role.WORKER, "people"),
        (Role.PEER, "people"),
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
