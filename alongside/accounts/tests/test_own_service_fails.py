"""The place's own sign-in service when it is down, odd, or lied to: nobody comes in, and all are told what to do."""

from urllib.parse import parse_qs, urlparse

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import SESSION_KEY
from django.test import Client
from requests import ConnectionError as NoConnection

from alongside.accounts.models import Account
from alongside.accounts.tests.test_own_service import service
from tests import cast
from tests.database import as_owner

__all__ = ["service"]
pytestmark = pytest.mark.django_db
BACK = "/sign-in/with/place/back/"


@pytest.fixture
def trace(trace):
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(email="trace@tynebank.example")
    return trace


@pytest.fixture
def client():
    """As in a place: what breaks is answered with a page."""
    return Client(raise_request_exception=False)


def state_of(client):
    sent = client.post("/sign-in/with/place/")
    return parse_qs(urlparse(sent.url).query)["state"][0]


def come_back(client, **said):
    return client.get(BACK, {"code": "c", "state": state_of(client)} | said)


def nobody_came_in(client, answer):
    shown = answer.content.decode()
    assert SESSION_KEY not in client.session
    assert "Traceback" not in shown
    assert answer.status_code < 500 or "Something broke, and it was not you" in shown
    with as_owner():
        assert not SocialAccount.objects.exists()
        assert Account.objects.count() == 1


@pytest.mark.parametrize(
    "trouble",
    [OAuth2Error("the service says no"), NoConnection("no route to council.example")],
    ids=["an error", "no connection"],
)
@pytest.mark.parametrize("when", ["the token", "who they are"])
def test_a_service_that_is_down_lets_nobody_in_and_says_so(
    client, service, trace, monkeypatch, trouble, when
):
    def fail(*given, **more):
        raise trouble

    if when == "the token":
        monkeypatch.setattr(OAuth2Client, "get_access_token", fail)
    else:
        monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", fail)
    nobody_came_in(client, come_back(client))


@pytest.mark.parametrize("error", ["access_denied", "server_error", "temporarily_unavailable", "<script>"])
def test_a_service_that_says_no_is_believed_and_nothing_it_says_runs(client, service, trace, error):
    answer = client.get(
        BACK, {"error": error, "error_description": "<b>no</b>", "state": state_of(client)}, follow=True
    )
    nobody_came_in(client, answer)
    assert "<script>" not in answer.content.decode().split("<main")[1]
    assert "<b>no</b>" not in answer.content.decode()


@pytest.mark.parametrize("said", [{"sub": None}, {"email": "", "sub": "77"}, {"email": None, "sub": "78"}])
def test_an_answer_that_says_too_little_opens_nothing(client, service, trace, said):
    service.update(said)
    nobody_came_in(client, come_back(client))


def test_an_answer_for_another_browser_opens_nothing(client, service, trace):
    """Somebody makes me press their own answer, so that I am signed in as them: the state is not mine."""
    theirs = state_of(Client())
    answer = client.get(BACK, {"code": "c", "state": theirs})
    nobody_came_in(client, answer)
    assert "did not answer as it should" in answer.content.decode()


def test_the_same_answer_opens_only_once(client, service, trace):
    state = state_of(client)
    client.get(BACK, {"code": "c", "state": state})
    assert client.session[SESSION_KEY] == str(trace.account_id)
    client.logout()
    client.get(BACK, {"code": "c", "state": state})
    assert SESSION_KEY not in client.session


def test_an_account_that_was_closed_stays_closed(client, service, trace):
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(is_active=False)
    come_back(client)
    assert SESSION_KEY not in client.session


def test_an_e_mail_is_the_same_however_it_is_written(client, service, trace):
    service["email"] = "Trace@Tynebank.Example"
    come_back(client)
    assert client.session[SESSION_KEY] == str(trace.account_id)


@pytest.mark.parametrize("verified", [False, None, "false", 0])
def test_an_e_mail_that_was_not_checked_is_nobodys(client, service, trace, verified):
    service["email_verified"] = verified
    come_back(client)
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("verified", [True, "true", "True"])
def test_one_that_was_checked_is_its_owners_however_the_service_writes_yes(client, service, trace, verified):
    service["email_verified"] = verified
    come_back(client)
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_a_service_that_names_nobody_never_makes_two_people_one(client, service, trace):
    service["sub"] = None
    come_back(client)
    service.update(email="dean@tynebank.example", email_verified=False)
    other = Client()
    come_back(other)
    assert SESSION_KEY not in other.session


def test_an_e_mail_like_anothers_opens_only_its_own(client, service, trace):
    dean = cast.person("Dean Pike")
    with as_owner():
        Account.objects.filter(pk=dean.account_id).update(email="dean@tynebank.example")
    service.update(sub="99", email="dean@tynebank.example")
    come_back(client)
    assert client.session[SESSION_KEY] == str(dean.account_id)


def test_a_worker_who_comes_by_it_still_shows_a_second_thing(client, service, trace):
    """A council's password is one secret: whoever holds others' stories shows two here."""
    cast.hold(trace, "relational_worker")
    come_back(client)
    answer = client.get("/people/")
    assert answer.status_code == 302
    assert answer.url.startswith("/me/sign-in/")


def test_where_it_leads_afterwards_is_in_this_house(client, service, trace):
    sent = client.post("/sign-in/with/place/", {"next": "https://evil.example/"})
    state = parse_qs(urlparse(sent.url).query)["state"][0]
    answer = client.get(BACK, {"code": "c", "state": state})
    assert "evil" not in answer.get("Location", "")


def test_nothing_it_gave_us_to_keep_is_kept_but_who_it_is(client, service, trace):
    from allauth.socialaccount.models import SocialToken

    come_back(client)
    with as_owner():
        assert not SocialToken.objects.exists()
        assert SocialAccount.objects.get().uid == "42"
