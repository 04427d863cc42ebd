"""The place's own sign-in service (OpenID Connect): offered where configured, lets in those who have an account."""

from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth import SESSION_KEY

from alongside.accounts import urls
from alongside.accounts.models import Account
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SERVICE = {
    "authorization_endpoint": "https://council.example/authorise",
    "token_endpoint": "https://council.example/token",
    "userinfo_endpoint": "https://council.example/who",
    "issuer": "https://council.example",
    "jwks_uri": "https://council.example/keys",
}


@pytest.fixture
def service(settings, monkeypatch, more_addresses):
    """The council's service, as far as we see of it; what it says of the person is in the answer."""
    said: dict[str, Any] = {"sub": "42", "email": "trace@tynebank.example", "email_verified": True}
    app = {
        "provider_id": "place",
        "name": "Tynebank Council",
        "client_id": "alongside",
        "secret": "quiet",
        "settings": {"server_url": "https://council.example"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    more_addresses(*urls.with_service)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", SERVICE)
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda self, token: said)
    monkeypatch.setattr(OAuth2Client, "get_access_token", lambda *a, **k: {"access_token": "t"})
    return said


@pytest.fixture
def trace(trace):
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(email="trace@tynebank.example")
    return trace


def go_through(client):
    sent = client.post("/sign-in/with/place/")
    query = parse_qs(urlparse(sent.url).query)
    assert sent.url.startswith("https://council.example/authorise")
    assert query["code_challenge_method"] == ["S256"]
    return client.get("/sign-in/with/place/back/", {"code": "c", "state": query["state"][0]})


def test_it_is_offered_by_name(client, service):
    assert "Go through Tynebank Council" in client.get("/sign-in/").content.decode()


def test_somebody_with_an_account_comes_in_and_is_known_next_time(client, service, trace):
    assert go_through(client).status_code == 302
    assert client.session[SESSION_KEY] == str(trace.account_id)
    with as_owner():
        assert SocialAccount.objects.get(user_id=trace.account_id).uid == "42"
    client.logout()
    service["email"] = "new@tynebank.example"  # known by the service's own key from now on
    go_through(client)
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_somebody_without_an_account_is_told_how_to_get_one_and_none_is_made(client, service, trace):
    service.update(sub="43", email="stranger@tynebank.example")
    page = go_through(client).content.decode()
    assert "nobody has opened a page for you here yet" in page
    assert SESSION_KEY not in client.session
    with as_owner():
        assert Account.objects.count() == 1


def test_an_e_mail_the_service_has_not_checked_opens_nothing(client, service, trace):
    service["email_verified"] = False
    go_through(client)
    assert SESSION_KEY not in client.session


def test_an_answer_nobody_asked_for_opens_nothing(client, service, trace):
    page = client.get("/sign-in/with/place/back/", {"code": "c", "state": "made-up"}).content.decode()
    assert "did not answer as it should" in page
    assert SESSION_KEY not in client.session


def test_looking_at_its_address_sends_nobody_anywhere(client, service):
    assert "Go through Tynebank Council?" in client.get("/sign-in/with/place/").content.decode()


def test_turning_back_is_fine(client, service, trace):
    client.post("/sign-in/with/place/")
    assert "You turned back" in client.get("/sign-in/with/").content.decode()


def test_another_service_is_not_found(client, service):
    assert client.get("/sign-in/with/elsewhere/").status_code == 404
