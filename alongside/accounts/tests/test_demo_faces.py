"""The demo's door: pick a face. It exists only in the process that `alongside demo` starts."""

import os
import subprocess
import sys

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import path

from alongside.accounts.views import demo
from alongside.config import flags
from tests import cast

ASK = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
import django
django.setup()
from django.conf import settings
from django.urls import NoReverseMatch, reverse
try:
    reverse("demo_faces")
    print(settings.DEMO, "has the page")
except NoReverseMatch:
    print(settings.DEMO, "has no such page")
"""


def asked_of_a_process(**environment):
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env={**os.environ, "ALONGSIDE_NO_DATABASE": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"ALONGSIDE_DEMO": "1", "DEMO": "1", "DEBUG": "1"},
        {flags.TICKET: "1"},
        {flags.TICKET: "true", "ALONGSIDE_DEMO": "true"},
    ],
)
def test_the_environment_alone_cannot_switch_it_on(environment):
    assert asked_of_a_process(**environment) == "False has no such page"


def test_a_ticket_made_for_another_process_is_worth_nothing():
    # The ticket of process 1, copied into the environment of a place with the same secret.
    assert asked_of_a_process(**{flags.TICKET: flags._ticket(1)}) == "False has no such page"


def test_the_process_that_the_demo_starts_has_the_page():
    assert asked_of_a_process(**{flags.TICKET: flags._ticket(os.getpid())}) == "True has the page"


@pytest.fixture
def demo_house(settings, more_addresses):
    settings.DEMO = True
    more_addresses(path("sign-in/faces/", demo.faces, name="demo_faces"))


@pytest.mark.django_db
def test_a_face_lets_in_and_a_worker_needs_nothing_more(demo_house, priya):
    client = Client()
    page = client.get("/sign-in/faces/").content.decode()
    assert "Priya" in page
    client.post("/sign-in/faces/", {"face": str(priya.account_id)})
    assert client.session[SESSION_KEY] == str(priya.account_id)
    assert client.get(f"/sign-in/paper/{priya.account_id}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("face", ["", "nobody", "5d1b5c1e-58c2-4e0a-9ac0-0dd1f2f0a111"])
def test_a_face_that_is_not_there_is_not_found(demo_house, db, face):
    client = Client()
    assert client.post("/sign-in/faces/", {"face": face}).status_code == 404
    assert SESSION_KEY not in client.session


@pytest.mark.django_db
def test_an_account_with_nobody_beside_it_is_not_a_face(demo_house, db):
    from alongside.accounts.operations import open_account
    from alongside.kernel.acting import working_on

    with working_on("accounts.open"):
        account = open_account(by=None, username="spare")
    assert Client().post("/sign-in/faces/", {"face": str(account.pk)}).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_view_itself_refuses_where_there_is_no_demo(settings, method):
    settings.DEMO = False
    whoever = cast.person("Dean Pike")
    request = getattr(RequestFactory(), method)("/sign-in/faces/", {"face": str(whoever.account_id)})
    with pytest.raises(Http404):
        demo.faces(request)
