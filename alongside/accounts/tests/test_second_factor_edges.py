"""The second thing, at its edges: only its owner's, only now, only after the first, and never a way around it."""

import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Account
from alongside.accounts.tests.conftest import with_password
from alongside.accounts.tests.test_second_factor import WAYS, code_for, come_in, inside, set_up_phone
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SECOND = "mfa_authenticate"


def show(client, code):
    return client.post(reverse(SECOND), {"code": code})


def is_in(client):
    return SESSION_KEY in client.session


@pytest.fixture
def secret(priya):
    """Priya's phone is set up, half an hour ago: no code of now has been used yet."""
    with time_machine.travel(time.time() - 1800, tick=True):
        return set_up_phone(come_in())


@pytest.mark.parametrize(("step", "lets_in"), [(0, True), (-1, True), (1, True), (-3, False), (3, False)])
def test_a_phones_clock_may_be_half_a_minute_off_and_no_more(priya, secret, step, lets_in):
    client = come_in()
    show(client, code_for(secret, step))
    assert is_in(client) is lets_in


@pytest.mark.parametrize(
    "typed", ["", " ", "12345", "1234567", "abcdef", "½½½½½½", "١٢٣٤٥٦", "000000\x00", "x" * 5000]
)
def test_whatever_is_typed_for_a_code_is_answered_and_lets_nobody_in(priya, secret, typed):
    client = come_in()
    answer = show(client, typed)
    assert answer.status_code == 200
    assert not is_in(client)


def test_a_colleagues_phone_opens_nothing(priya, secret):
    ruth = cast.serving("Ruth Collier")
    with_password(ruth)
    with time_machine.travel(time.time() - 1800, tick=True):
        theirs = set_up_phone(come_in("Ruth Collier"))
    client = come_in()
    show(client, code_for(theirs))
    assert not is_in(client)


def test_without_the_first_thing_the_second_is_not_even_asked_for(priya, secret):
    stranger = Client()
    assert stranger.get(reverse(SECOND)).status_code == 302
    assert show(stranger, code_for(secret)).status_code == 302
    assert not is_in(stranger)


def test_half_way_in_nothing_is_open(priya, secret):
    client = come_in()
    for address in (
        "/me/",
        "/people/",
        "/place/looking-after/",
        WAYS,
        reverse("sessions"),
        reverse("mfa_activate_totp"),
    ):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert "/sign-in/" in answer.url, address


def test_half_way_in_nobody_sets_up_another_phone_instead(priya, secret):
    def ways():
        with as_owner():
            return list(Authenticator.objects.filter(user_id=priya.account_id).order_by("pk").values())

    before, client = ways(), come_in()
    client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("mfa_generate_recovery_codes"))
    assert ways() == before


def test_an_account_closed_between_the_two_does_not_come_in(priya, secret):
    client = come_in()
    with as_owner():
        Account.objects.filter(pk=priya.account_id).update(is_active=False)
    show(client, code_for(secret))
    assert not is_in(client) or inside(client) != "inside"


def test_no_page_shows_the_phones_secret_once_it_is_set_up(priya, secret):
    client = come_in()
    show(client, code_for(secret))
    assert inside(client) == "inside"
    for address in (WAYS, reverse("mfa_deactivate_totp"), reverse("mfa_generate_recovery_codes")):
        assert secret not in client.get(address, follow=True).content.decode()


def test_a_second_phone_cannot_be_put_in_the_place_of_the_first_by_looking(priya, secret):
    client = come_in()
    show(client, code_for(secret))
    client.get(reverse("mfa_activate_totp"), follow=True)
    with as_owner():
        assert Authenticator.objects.filter(user_id=priya.account_id, type="totp").count() == 1


def test_a_resident_who_chose_a_second_thing_is_asked_for_it_too(trace):
    with_password(trace)
    with time_machine.travel(time.time() - 1800, tick=True):
        chosen = set_up_phone(come_in("Tracey Hallam"))
    client = come_in("Tracey Hallam")
    assert not is_in(client)
    show(client, code_for(chosen))
    assert client.session[SESSION_KEY] == str(trace.account_id)
