"""Tries are counted, and no count can be used against somebody: whoever is right gets in from where they are."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from alongside.accounts.adapters import SLOWLY
from alongside.accounts.models import Account
from alongside.accounts.tests.conftest import PASSWORD, with_password
from alongside.audit.models import Event
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HERE, THERE = "192.0.2.1", "198.51.100.9"
TRIES = 5  # wrong passwords for one name from one address, before the next is not looked at


@pytest.fixture
def trace(trace):
    with_password(trace)
    with as_owner():
        Account.objects.filter(pk=trace.account_id).update(email="trace@tynebank.example")
    return trace


def try_(password, name="Tracey Hallam", at=HERE, **more):
    """One try at the door from an address, in a browser of its own."""
    client = Client(REMOTE_ADDR=at, **more)
    shown = client.post(reverse("sign_in"), {"login": name, "password": password})
    return client, shown


def is_in(client):
    return SESSION_KEY in client.session


def test_a_few_slips_are_no_trouble(trace):
    for _ in range(TRIES - 1):
        client, _shown = try_("not this one, then")
        assert not is_in(client)
    assert is_in(try_(PASSWORD)[0])


def test_after_too_many_even_the_right_one_waits_there_and_is_told_what_else_to_do(trace):
    for _ in range(TRIES):
        try_("not this one, then", at=THERE)
    client, shown = try_(PASSWORD, at=THERE)
    assert not is_in(client)
    assert str(SLOWLY) in shown.content.decode()
    assert reverse("sign_in_link") in shown.content.decode()


@pytest.mark.parametrize("strangers", [1, 10])
def test_strangers_anywhere_never_keep_a_person_out_where_they_are(trace, strangers):
    for number in range(strangers):
        for _ in range(TRIES + 1):
            try_("guessing", at=f"198.51.100.{number + 1}")
    assert is_in(try_(PASSWORD, at=HERE)[0])


def test_one_persons_slips_never_keep_a_neighbour_out_at_the_same_computer(trace):
    dean = cast.person("Dean Pike")
    with_password(dean)
    for _ in range(TRIES + 1):
        try_("guessing")
    assert is_in(try_(PASSWORD, name="Dean Pike")[0])


def test_no_number_of_tries_closes_an_account_or_changes_anything_of_it(trace):
    with as_owner():
        before = Account.objects.values().get(pk=trace.account_id)
        written = Event.objects.count()
    for _ in range(TRIES + 3):
        try_("guessing")
    with as_owner():
        assert Account.objects.values().get(pk=trace.account_id) == before
        assert Event.objects.count() == written


@pytest.mark.parametrize(
    "name", ["tracey hallam", "TRACEY HALLAM", " Tracey Hallam ", "trace@TYNEBANK.example"]
)
def test_the_count_for_a_name_is_not_begun_anew_by_writing_it_another_way(trace, name):
    """Else a guesser has five tries for each way of writing it; what is told is the same in any case."""
    for _ in range(TRIES * 2):
        client, shown = try_("guessing", name=name, at=THERE)
        assert not is_in(client)
    assert str(SLOWLY) in shown.content.decode()


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED"])
def test_a_guesser_who_lies_about_where_they_are_is_counted_where_they_are(trace, header):
    for number in range(TRIES):
        try_("guessing", at=THERE, **{header: f"203.0.113.{number}"})
    client, shown = try_(PASSWORD, at=THERE, **{header: "203.0.113.77"})
    assert not is_in(client)
    assert str(SLOWLY) in shown.content.decode()


def test_nor_can_they_use_up_the_tries_of_the_address_they_name(trace):
    for _ in range(TRIES + 1):
        try_("guessing", at=THERE, HTTP_X_FORWARDED_FOR=HERE)
    assert is_in(try_(PASSWORD, at=HERE)[0])


def test_behind_a_proxy_of_ours_two_visitors_are_two(trace, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    proxy = "10.0.0.1"
    for _ in range(TRIES + 1):
        try_("guessing", at=proxy, HTTP_X_FORWARDED_FOR=THERE)
    assert is_in(try_(PASSWORD, at=proxy, HTTP_X_FORWARDED_FOR=HERE)[0])
    assert not is_in(try_(PASSWORD, at=proxy, HTTP_X_FORWARDED_FOR=THERE)[0])


def test_whoever_is_held_up_at_the_door_comes_in_by_a_link_at_once(trace, sent, settings):
    from alongside.accounts import operations
    from alongside.kernel.acting import working_on

    for _ in range(TRIES + 1):
        try_("guessing", at=HERE)
    with working_on("sign_in"):
        made = operations.make_link(by=None, account=trace.account, way="email")
    client = Client(REMOTE_ADDR=HERE)
    client.post("/" + made.url.split("://")[1].split("/", 1)[1])
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_guessing_many_names_from_one_address_is_slowed(trace):
    answers = [try_("guessing", name=f"Somebody {number}", at=THERE)[1] for number in range(40)]
    assert answers[-1].status_code == 429 or str(SLOWLY) in answers[-1].content.decode()
    assert is_in(try_(PASSWORD, at=HERE)[0])


def test_what_is_told_of_a_name_nobody_has_is_told_of_one_somebody_has(trace):
    known = [try_("guessing", at="203.0.113.1")[1] for _ in range(TRIES + 2)]
    unknown = [try_("guessing", name="Nobody Atall", at="203.0.113.2")[1] for _ in range(TRIES + 2)]

    def said(answers):
        shown = [each.content.decode().split("<main")[1].split("</main>")[0] for each in answers]
        return [page.replace("Tracey Hallam", "?").replace("Nobody Atall", "?") for page in shown]

    def without_proof(pages):
        import re

        return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page) for page in pages]

    assert without_proof(said(known)) == without_proof(said(unknown))


@pytest.mark.parametrize(
    "name", ["", " ", "\x00", "x" * 5000, "'; DROP TABLE accounts_account; --", "%s", "{}"]
)
def test_whatever_is_typed_for_a_name_is_answered(trace, name):
    client, shown = try_("guessing", name=name)
    assert shown.status_code == 200
    assert not is_in(client)
    with as_owner():
        assert Account.objects.count() == 1


@pytest.mark.parametrize("password", ["", "\x00", "x" * 100_000, "🔑" * 50])
def test_whatever_is_typed_for_a_password_is_answered(trace, password):
    client, shown = try_(password)
    assert shown.status_code == 200
    assert not is_in(client)


def test_no_password_that_was_typed_is_shown_again(trace):
    _client, shown = try_("four candles, nearly right")
    assert "four candles, nearly" not in shown.content.decode()
    assert "Tracey Hallam" in shown.content.decode()


def test_asking_again_who_somebody_is_is_counted_for_them_alone(trace):
    client = try_(PASSWORD)[0]
    for _ in range(12):
        shown = client.post(reverse("account_reauthenticate"), {"password": "guessing"})
    assert shown.status_code in (200, 429)
    assert is_in(client), "whoever sits there is not thrown out"
    assert is_in(try_(PASSWORD)[0]), "and comes in anew"
