"""Who holds others' stories shows two things: forced, set up, asked for, kept, and not in the demo."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from alongside.accounts import operations
from alongside.accounts.tests.conftest import PASSWORD, with_password
from alongside.audit.models import Event
from alongside.kernel.acting import working_on
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WAYS = "/me/sign-in/"


def come_in(name="Priya Nair"):
    client = Client()
    client.post(reverse("sign_in"), {"login": name, "password": PASSWORD})
    return client


def inside(client):
    """A page that is nobody's set-up: where the press to get there leads, or "inside"."""
    response = client.get(f"/sign-in/paper/{client.session[SESSION_KEY]}/")
    return "inside" if response.status_code == 200 else response.url


def code_for(secret, step=0):
    counter = list(yield_hotp_counters_from_time())[1] + step
    return format_hotp_value(hotp_value(secret, counter))


def set_up_phone(client):
    """As somebody does it: the password once more, the square, the six numbers."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "<svg" in client.get(reverse("mfa_activate_totp")).content.decode()
    secret = client.session[SECRET_SESSION_KEY]
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret, -1)})
    assert response.url == WAYS
    return secret


def test_a_worker_with_a_password_alone_reaches_only_the_set_up(priya):
    client = come_in()
    for address in ("/", "/me/", "/place/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith(WAYS)
    page = client.get(WAYS).content.decode()
    assert "People trust you with their stories" in page
    assert client.get(reverse("sessions")).status_code == 200
    assert client.get(reverse("leave")).url != WAYS
    assert client.post(reverse("sign_out")).status_code == 302


def test_a_press_from_an_open_page_does_not_get_past_either(priya):
    response = come_in().post("/me/", {"words": "x"})
    assert response.url.startswith(WAYS)


def test_a_resident_is_not_asked_for_anything(trace):
    with_password(trace)
    client = come_in("Tracey Hallam")
    assert inside(client) == "inside"
    assert "One thing first" not in client.get(WAYS).content.decode()


def test_a_resident_given_somebody_elses_story_is_asked_from_then_on(trace):
    dean = cast.person("Dean Pike")
    with_password(dean)
    client = come_in("Dean Pike")
    assert inside(client) == "inside"
    cast.say_so(trace, dean)
    assert inside(client).startswith(WAYS)


def test_a_role_that_ended_asks_for_nothing(trace):
    import datetime as dt

    with_password(trace)
    held = cast.hold(trace, "community_connector")
    with as_owner():
        held.to_day = held.from_day + dt.timedelta(days=1)
        held.save()
    assert inside(come_in("Tracey Hallam")) == "inside"


def test_with_a_code_from_a_phone_the_day_begins_and_it_is_written_down(priya):
    client = come_in()
    set_up_phone(client)
    assert inside(client) == "inside"
    with as_owner():
        assert Event.objects.get(did="sign_in.change_second_factor").person_id == priya.pk


def test_the_phones_secret_is_sealed_in_the_database(priya):
    secret = set_up_phone(come_in())
    with as_owner() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        kept = cursor.fetchone()[0]
    assert secret not in kept
    assert "gAAAA" in kept


def test_next_time_the_code_is_asked_for_after_the_password(priya):
    secret = set_up_phone(come_in())
    client = come_in()
    assert SESSION_KEY not in client.session
    assert "One more thing" in client.get(reverse("mfa_authenticate")).content.decode()
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "That code did not work" in wrong.content.decode()
    assert SESSION_KEY not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.session[SESSION_KEY] == str(priya.account_id)
    assert inside(client) == "inside"


def test_a_code_works_once(priya):
    secret = set_up_phone(come_in())
    code = code_for(secret)
    come_in().post(reverse("mfa_authenticate"), {"code": code})
    again = come_in()
    again.post(reverse("mfa_authenticate"), {"code": code})
    assert SESSION_KEY not in again.session


def test_a_code_is_still_used_up_half_a_minute_later(priya):
    """A phone that goes ahead shows one for a minute and a half: whoever read it over a shoulder has that long."""
    with time_machine.travel("2026-11-22T12:00:05Z", tick=False) as clock:
        secret = set_up_phone(come_in())
        code = code_for(secret, 1)
        come_in().post(reverse("mfa_authenticate"), {"code": code})
        clock.shift(50)
        again = come_in()
        again.post(reverse("mfa_authenticate"), {"code": code})
        assert SESSION_KEY not in again.session


def test_guessing_codes_is_stopped(priya):
    secret = set_up_phone(come_in())
    client = come_in()
    for _ in range(6):
        page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "That was a lot of tries" in page
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)}, REMOTE_ADDR="192.0.2.44")
    assert SESSION_KEY not in client.session


def test_a_link_is_only_the_first_of_the_two(priya):
    secret = set_up_phone(come_in())
    with working_on("sign_in"):
        made = operations.make_link(by=None, account=priya.account, way="email")
    client = Client()
    response = client.post(made.url.split("8000")[-1])
    assert response.url == reverse("mfa_authenticate")
    assert SESSION_KEY not in client.session
    client.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
    assert client.session[SESSION_KEY] == str(priya.account_id)


def test_a_worker_who_came_by_their_first_link_sets_it_up_without_a_password(db):
    callum = cast.serving("Callum Reay")
    with working_on("accounts.open"):
        made = operations.make_link(by=None, account=callum.account, way="printed")
    client = Client()
    client.post(made.url.split("8000")[-1])
    assert inside(client).startswith(WAYS)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    client.post(reverse("mfa_activate_totp"), {"code": code_for(client.session[SECRET_SESSION_KEY])})
    assert inside(client) == "inside"


def test_an_older_session_is_asked_for_the_second_thing_too(priya):
    older, newer = come_in(), come_in()
    secret = set_up_phone(newer)
    assert inside(older).startswith(reverse("mfa_reauthenticate"))
    response = older.post(reverse("mfa_reauthenticate"), {"code": code_for(secret), "next": "/place/"})
    assert response.url == "/place/"
    assert inside(older) == "inside"


def test_setting_it_up_wants_the_password_again(priya):
    client = come_in()
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    wrong = client.post(reverse("account_reauthenticate"), {"password": "not this"}).content.decode()
    assert "That is not your password" in wrong


def test_spare_codes_are_shown_once_by_a_press_and_each_lets_in_once(priya):
    client = come_in()
    set_up_phone(client)
    import re

    page = client.post(reverse("mfa_generate_recovery_codes")).content.decode()
    codes = re.findall(r'class="lead">(\d{8})<', page)
    assert len(codes) == 10
    assert codes[0] not in client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    first = come_in()
    first.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert first.session[SESSION_KEY] == str(priya.account_id)
    second = come_in()
    second.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert SESSION_KEY not in second.session


def test_the_last_second_factor_of_somebody_who_needs_it_stays(priya):
    client = come_in()
    set_up_phone(client)
    page = client.get(reverse("mfa_deactivate_totp")).content.decode()
    assert "one of these must stay" in page
    client.post(reverse("mfa_deactivate_totp"))
    with as_owner():
        assert Authenticator.objects.filter(user_id=priya.account_id, type="totp").exists()


def test_a_resident_may_stop_using_codes(trace):
    with_password(trace)
    client = come_in("Tracey Hallam")
    set_up_phone(client)
    client.post(reverse("mfa_deactivate_totp"))
    with as_owner():
        assert not Authenticator.objects.filter(user_id=trace.account_id).exists()


def test_in_the_demo_nobody_is_asked_for_a_second_thing(priya, settings):
    settings.DEMO = True
    assert inside(come_in()) == "inside"


def test_the_answer_lies_with_the_hook_and_not_with_a_list_kept_here(trace, settings):
    with_password(trace)
    settings.SECOND_FACTOR_WANTED_BY = f"{__name__}.everybody"
    assert inside(come_in("Tracey Hallam")).startswith(WAYS)


def everybody(account):
    return True
