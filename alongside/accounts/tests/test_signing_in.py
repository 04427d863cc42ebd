"""Signing in with a password, and out again; what a stranger may not learn or do."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import NoReverseMatch, reverse

from alongside.accounts import operations
from alongside.accounts.models import Account
from alongside.accounts.tests.conftest import PASSWORD, with_password
from alongside.audit.models import Event
from alongside.kernel.acting import acting_as, entering, working_on
from alongside.kernel.policy import Denied
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(reverse("sign_in"), {"login": name, "password": password}, **more)


@pytest.fixture
def trace(trace):
    with_password(trace)
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(email="trace@tynebank.example")
    return trace


@pytest.mark.parametrize("name", ["Tracey Hallam", "trace@tynebank.example"])
def test_a_name_or_an_e_mail_and_a_password_let_a_resident_in(client, trace, name):
    response = sign_in(client, name)
    assert response.status_code == 302
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_after_signing_in_one_goes_on_to_where_one_was_going_but_never_elsewhere(client, trace):
    response = sign_in(client, "Tracey Hallam", QUERY_STRING="next=/me/sessions/")
    assert response.url == "/me/sessions/"
    client.logout()
    assert not sign_in(client, "Tracey Hallam", QUERY_STRING="next=https://evil.example/").url.startswith(
        "http"
    )


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(client, trace):
    wrong = sign_in(client, "Tracey Hallam", "not this one at all").content.decode()
    unknown = sign_in(client, "Nobody Atall", "not this one at all").content.decode()
    sentence = "That did not match"
    assert sentence in wrong
    assert sentence in unknown
    assert SESSION_KEY not in client.session


def test_an_account_without_a_password_cannot_be_entered_with_an_empty_one(client, db):
    cast.person("Dean Pike")
    for password in ("", "!", "None"):
        sign_in(client, "Dean Pike", password)
        assert SESSION_KEY not in client.session


def test_wrong_tries_from_one_address_do_not_shut_the_person_out_elsewhere(client, trace):
    for _ in range(8):
        page = sign_in(
            client, "Tracey Hallam", "wrong again and again", REMOTE_ADDR="198.51.100.9"
        ).content.decode()
    assert "That was a lot of tries" in page
    sign_in(client, "Tracey Hallam", REMOTE_ADDR="192.0.2.1")
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_a_closed_account_is_told_so_and_does_not_come_in(client, trace):
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(is_active=False)
    response = sign_in(client, "Tracey Hallam", follow=True)
    assert SESSION_KEY not in client.session
    assert "That did not match" in response.content.decode() or "closed" in response.content.decode()


def test_signing_out_is_a_press_and_looking_at_the_page_is_not(client, trace):
    cast.sign_in(client, trace)
    client.get(reverse("sign_out"))
    assert SESSION_KEY in client.session
    client.post(reverse("sign_out"))
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    "name", ["account_signup", "account_reset_password", "socialaccount_signup", "account_email"]
)
def test_nobody_signs_themself_up(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_demos_door_is_not_in_a_place(client, db):
    with pytest.raises(NoReverseMatch):
        reverse("demo_faces")
    assert client.get("/sign-in/faces/").status_code == 404
    assert "invented" not in client.get(reverse("sign_in")).content.decode()


def test_the_places_own_service_is_offered_only_where_it_is_configured(client, db, settings):
    assert "Go through" not in client.get(reverse("sign_in")).content.decode()
    with pytest.raises(NoReverseMatch):
        reverse("openid_connect_login", kwargs={"provider_id": "place"})


def test_a_person_who_helps_opens_an_account_and_it_is_written_down(db):
    callum = cast.serving("Callum Reay")
    with acting_as(callum):
        account = operations.open_account(by=callum, username="dean", email="Dean@Tynebank.Example")
    with as_owner():
        assert Account.objects.get(pk=account.pk).email == "Dean@tynebank.example"
        assert not Account.objects.get(pk=account.pk).has_usable_password()
        assert Event.objects.get(did="sign_in.open_account").by_id == callum.pk


def test_a_resident_does_not_open_accounts(trace):
    with acting_as(trace), pytest.raises(Denied, match="hold a role"):
        operations.open_account(by=trace, username="dean")


def test_the_house_itself_opens_accounts_only_in_its_named_work(db):
    with pytest.raises(ValueError, match=r"accounts\.open"):
        operations.open_account(by=None, username="dean")
    with working_on("accounts.open"):
        assert operations.open_account(by=None, username="dean", password=PASSWORD).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"username": "Tracey Hallam"}, "signs in with that name"),
        ({"email": "TRACE@tynebank.example"}, "signs in with that e-mail"),
        ({"email": "not an e-mail"}, "valid email"),
        ({"username": "new", "password": "short"}, "too short"),
    ],
)
def test_what_is_wrong_with_a_new_account_is_said_by_field(trace, wrong, sentence):
    from django.core.exceptions import ValidationError

    with working_on("accounts.open"), pytest.raises(ValidationError, match=sentence):
        operations.open_account(by=None, **wrong)


def test_a_new_password_is_chosen_by_its_owner_only(trace, priya):
    with entering(str(priya.account_id)), pytest.raises(Denied):
        operations.choose_password(by=priya, account=trace.account, password="another good long one")


def test_a_signed_in_account_with_nobody_beside_it_is_told_what_is_missing(client, db):
    with working_on("accounts.open"):
        operations.open_account(by=None, username="dean", password=PASSWORD)
    sign_in(client, "dean")
    response = client.get("/me/sessions/")
    assert response.status_code == 403
    assert "nobody has written your name beside it yet" in response.content.decode()
    assert client.post(reverse("sign_out")).status_code == 302
