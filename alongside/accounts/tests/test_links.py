"""Links that let somebody in: made, opened, pressed, spent, run out, taken back."""

import datetime as dt
from urllib.parse import urlparse

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from alongside.accounts import keys, operations
from alongside.accounts.models import SignInLink
from alongside.audit.models import Event
from alongside.kernel import policy
from alongside.kernel.acting import acting_as, entering, working_on
from alongside.kernel.policy import Denied
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def made_for(whoever, way="email"):
    with working_on("sign_in"):
        return operations.make_link(by=None, account=whoever.account, way=way)


def path_of(made):
    return urlparse(made.url).path


def is_in(client, whoever):
    return client.session.get(SESSION_KEY) == str(whoever.account_id)


def test_opening_a_link_spends_nothing_and_pressing_the_button_lets_in(client, trace):
    made = made_for(trace)
    for _ in range(3):  # a mail scanner opens everything, more than once
        assert client.get(path_of(made)).status_code == 200
        assert client.head(path_of(made)).status_code == 200
    assert not is_in(client, trace)
    response = client.post(path_of(made))
    assert response.status_code == 302
    assert is_in(client, trace)


def test_a_link_works_once_and_then_says_so_with_a_way_on(client, trace, django_user_model):
    made = made_for(trace)
    client.post(path_of(made))
    client.logout()
    for again in (client.get(path_of(made)), client.post(path_of(made))):
        assert again.status_code == 410
        assert "Each one works once" in again.content.decode()
        assert reverse("sign_in_link") in again.content.decode()
    assert not is_in(client, trace)


@pytest.mark.parametrize("way", ["email", "text", "printed"])
def test_a_link_runs_out(client, trace, way, settings):
    made = made_for(trace, way)
    late = timezone.now() - settings.SIGN_IN_LINK_LASTS[way] - dt.timedelta(seconds=1)
    with as_owner():
        SignInLink.objects.filter(pk=made.link.pk).update(made_at=late, until=late + dt.timedelta(seconds=1))
    for response in (client.get(path_of(made)), client.post(path_of(made))):
        assert response.status_code == 410
        assert "has run out" in response.content.decode()
    assert not is_in(client, trace)


def test_a_link_lasts_as_long_as_its_way_needs(trace):
    lasts = {
        way: (made := made_for(trace, way)).link.until - made.link.made_at for way in ("email", "printed")
    }
    assert lasts == {"email": dt.timedelta(minutes=20), "printed": dt.timedelta(days=7)}


def test_a_link_nobody_made_lets_nobody_in(client, trace):
    made_for(trace)
    address = reverse("sign_in_with_link", kwargs={"key": keys.new_key()})
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 410
        assert "We do not know this link" in response.content.decode()


def test_a_closed_account_is_not_let_in_by_a_link(client, trace):
    made = made_for(trace)
    with as_owner():
        trace.account.is_active = False
        trace.account.save()
    assert client.post(path_of(made)).status_code == 410
    assert not is_in(client, trace)


def test_only_digests_are_kept(trace):
    made = made_for(trace, "printed")
    key = path_of(made).rstrip("/").rsplit("/", 1)[1]
    with as_owner() as cursor:
        cursor.execute("SELECT row_to_json(l)::text FROM accounts_signinlink l")
        row = cursor.fetchone()[0]
    assert not [secret for secret in (key, made.code, keys.plain(made.code)) if secret in row]
    assert keys.digest(key) in row


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "spaced"])
def test_the_code_on_paper_is_typed_as_people_type(client, trace, typed):
    code = made_for(trace, "printed").code
    shapes = {"lower": code.lower().replace("-", ""), "spaced": code.replace("-", " ")}
    client.post(reverse("sign_in_with_code"), {"code": shapes.get(typed) or typed.format(code)})
    assert is_in(client, trace)


def test_a_code_with_a_letter_missing_says_what_is_wrong(client, trace):
    response = client.post(reverse("sign_in_with_code"), {"code": "ACDE-FGHJ-KMN"})
    assert response.status_code == 200
    assert "12 letters and numbers, and this has 11" in response.content.decode()


def test_guessing_codes_is_slowed_and_the_right_one_still_works_elsewhere(client, trace):
    code = made_for(trace, "printed").code
    address = reverse("sign_in_with_code")
    answers = [client.post(address, {"code": keys.new_code()}).status_code for _ in range(25)]
    assert answers[:20] == [410] * 20
    assert set(answers[20:]) == {429}
    client.post(address, {"code": code}, REMOTE_ADDR="192.0.2.7")
    assert is_in(client, trace)


def test_a_link_taken_back_lets_nobody_in(client, trace):
    made = made_for(trace)
    cast.sign_in(client, trace)
    address = reverse("take_back_sign_in_link", kwargs={"link_id": made.link.pk})
    assert client.post(address, follow=True).status_code == 200
    client.logout()
    response = client.post(path_of(made))
    assert response.status_code == 410
    assert "taken back" in response.content.decode()
    with as_owner():
        assert SignInLink.objects.get(pk=made.link.pk).taken_back_by_id == trace.pk


def test_somebody_elses_link_cannot_be_taken_back(client, trace):
    made = made_for(trace)
    cast.sign_in(client, cast.person("Dean Pike"))
    address = reverse("take_back_sign_in_link", kwargs={"link_id": made.link.pk})
    assert client.post(address).status_code == 404
    assert client.get(address).status_code == 405


def test_a_link_used_in_the_meantime_cannot_be_taken_back(trace):
    made = made_for(trace)
    with working_on("sign_in"):
        operations.use_link(by=None, key=path_of(made).rstrip("/").rsplit("/", 1)[1])
    with entering(str(trace.account_id)), pytest.raises(operations.LinkSpent, match="has been used"):
        operations.take_back_link(by=trace, link=made.link)


def test_the_database_refuses_a_link_that_ends_before_it_was_made_or_is_both_used_and_taken_back(trace):
    made = made_for(trace)
    now = timezone.now()
    for wrong in ({"until": now - dt.timedelta(days=1)}, {"used_at": now, "taken_back_at": now}):
        with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
            SignInLink.objects.filter(pk=made.link.pk).update(**wrong)


def test_whoever_walks_with_somebody_prints_them_a_paper(client, trace):
    callum = cast.serving("Callum Reay", at="Tern House")
    cast.say_so(trace, callum)
    with acting_as(callum):
        made = operations.make_link(by=callum, account=trace.account, way="printed")
    client.post(path_of(made))
    assert is_in(client, trace)
    with as_owner():
        event = Event.objects.get(did="sign_in.make_link")
        assert (event.by_id, event.person_id) == (callum.pk, trace.pk)


@pytest.mark.parametrize("role", ["relational_worker", "elected_member", "place_steward", "centre"])
def test_nobody_else_can_make_a_way_into_somebodys_page(role, trace):
    other = cast.serving("Ruth Bell", role)
    with acting_as(other), pytest.raises(Denied):
        operations.make_link(by=other, account=trace.account, way="printed")


def test_one_opened_part_is_not_enough_to_make_a_way_in(trace):
    reader = cast.person("Dean Pike")
    cast.say_so(trace, reader, parts=[trace])
    with acting_as(reader), pytest.raises(Denied):
        operations.make_link(by=reader, account=trace.account, way="printed")


def test_a_steward_helps_those_who_serve_the_place(priya):
    steward = cast.serving("Ruth Bell", "place_steward")
    with acting_as(steward):
        assert operations.make_link(by=steward, account=priya.account, way="printed").code


def test_the_second_lock_holds_where_the_policy_is_gone(trace, monkeypatch):
    monkeypatch.setattr(policy, "enforce", lambda *args: None)
    stranger = cast.serving("Ruth Bell", "elected_member")

    with (
        acting_as(stranger),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        operations.make_link(by=stranger, account=trace.account, way="printed")


def test_the_paper_shows_the_square_and_the_code_once_and_only_by_a_press(client, trace):
    cast.sign_in(client, trace)
    address = reverse("print_sign_in_link", kwargs={"account_id": trace.account_id})
    client.get(address)
    with as_owner():
        assert not SignInLink.objects.exists()
    page = client.post(address).content.decode()
    assert "<svg" in page
    assert "Trace, this lets you in" in page
    with as_owner():
        assert SignInLink.objects.get().way == "printed"


def test_a_paper_for_somebody_one_does_not_know_is_not_found(client, trace):
    cast.sign_in(client, cast.person("Dean Pike"))
    address = reverse("print_sign_in_link", kwargs={"account_id": trace.account_id})
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_using_a_link_is_written_down_about_its_person(client, trace):
    client.post(path_of(made_for(trace)))
    with as_owner():
        event = Event.objects.get(did="sign_in.use_link")
        assert (event.person_id, event.work, event.by_id) == (trace.pk, "sign_in", None)


def test_a_link_ends_the_session_of_whoever_used_this_device_before(client, trace):
    cast.sign_in(client, cast.person("Dean Pike"))
    before = client.session.session_key
    client.post(path_of(made_for(trace)))
    assert is_in(client, trace)
    assert client.session.session_key != before


@pytest.mark.parametrize(("ticked", "stays"), [({}, True), ({"stay": "on"}, False)])
def test_on_a_shared_computer_one_is_signed_out_with_the_browser(client, trace, ticked, stays):
    client.post(path_of(made_for(trace)), ticked)
    assert client.session.get_expire_at_browser_close() is stays
