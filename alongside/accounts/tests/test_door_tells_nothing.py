"""At the door: the answer takes the same work whoever is known, and a session begun by another is worth nothing."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from alongside.accounts import operations
from alongside.accounts.models import Account
from alongside.accounts.tests.conftest import PASSWORD, with_password
from alongside.kernel.acting import working_on
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(trace):
    """One with a password, one who only ever comes by a link."""
    with_password(trace)
    dean = cast.person("Dean Pike")
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(email="trace@tynebank.example")
        Account.objects.filter(pk=dean.account_id).update(email="dean@tynebank.example", password="!none")
    return trace


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed: the only work at this door that takes its time."""
    times = []
    real = MD5PasswordHasher.encode

    def counted(self, password, salt):
        times.append(1)
        return real(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return times


def work_for(name, hashed):
    hashed.clear()
    shown = Client().post(reverse("sign_in"), {"login": name, "password": "a guess of mine"})
    assert shown.status_code == 200
    return len(hashed)


@pytest.mark.parametrize(
    ("theirs", "nobodys"),
    [
        ("Tracey Hallam", "Nobody Atall"),
        ("Dean Pike", "Nobody Atall"),
        ("trace@tynebank.example", "nobody@tynebank.example"),
        ("dean@tynebank.example", "nobody@tynebank.example"),
    ],
)
def test_a_wrong_guess_takes_the_same_work_for_somebody_and_for_nobody(known, hashed, theirs, nobodys):
    assert work_for(theirs, hashed) == work_for(nobodys, hashed) > 0


def key_of(client):
    return client.session.session_key


def test_a_session_that_another_planted_is_left_behind_at_every_door(known):
    """Whoever set the cookie beforehand would else be signed in with them."""
    with working_on("sign_in"):
        made = operations.make_link(by=None, account=known.account, way="email")
    link = "/" + made.url.split("://")[1].split("/", 1)[1]
    for come_in in (
        lambda client: client.post(reverse("sign_in"), {"login": "Tracey Hallam", "password": PASSWORD}),
        lambda client: client.post(link),
    ):
        client = Client()
        client.post(reverse("set_language"), {"language": "cy"})
        planted = key_of(client)
        come_in(client)
        assert client.session[SESSION_KEY] == str(known.account_id)
        assert key_of(client) != planted
        thief = Client()
        thief.cookies["sessionid"] = planted
        assert thief.get(reverse("my_page")).status_code == 302, "it opens nothing"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example",
     "/\t/evil.example", "http:///evil.example", "\\\\evil.example"],
)  # fmt: skip
def test_nobody_is_led_to_another_house_by_an_address(known, elsewhere):
    client = Client()
    for answer in (
        client.post(reverse("set_language"), {"language": "cy", "next": elsewhere}),
        client.post(reverse("easy_read_always"), {"always": "1", "next": elsewhere}),
        client.post(
            f"{reverse('sign_in')}?next={elsewhere}",
            {"login": "Tracey Hallam", "password": PASSWORD, "next": elsewhere},
        ),
    ):
        assert answer.status_code == 302
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "testserver:80@evil.example", "a b"]
)
def test_a_name_that_is_not_ours_is_answered_by_nobody(known, sent, host):
    """And no link of ours is ever made from what a visitor calls us."""
    answer = Client().post(reverse("sign_in_link"), {"where": "trace@tynebank.example"}, HTTP_HOST=host)
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()
    assert sent == []


def test_a_form_of_another_site_signs_nobody_in(known):
    """Else they would write their story on a page that another reads."""
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("sign_in"), {"login": "Tracey Hallam", "password": PASSWORD})
    assert answer.status_code == 403
    assert SESSION_KEY not in client.session
