"""Asking for a link at the door: nobody learns who is known, and nobody is shut out by it."""

import re
import time
from urllib.parse import urlparse

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from alongside.accounts.models import SignInLink
from alongside.kernel.policy import Denied
from alongside.messages.models import Message
from alongside.people.models import Reach
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ASK = "/sign-in/ask/"


@pytest.fixture
def trace(trace):
    with as_owner():
        Reach.objects.create(
            person=trace, how="text", phone="+44 7700 900123", email="trace@tynebank.example"
        )
    return trace


def refuses(**sent):
    raise Denied("Not this way.")


def without_proof(page):
    """A page without the proofs in its forms, which differ each time, for whomever."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


def ask(client, where, **more):
    return client.post(ASK, {"where": where}, follow=True, **more)


@pytest.mark.parametrize(
    "where", ["trace@tynebank.example", "TRACE@tynebank.example ", "07700 900123", "00447700900123"]
)
def test_a_link_is_sent_to_whoever_is_reached_there(client, trace, sent, where):
    ask(client, where)
    (one,) = sent
    assert one["account"].pk == trace.account_id
    assert one["way"] == ("email" if "@" in where else "text")
    client.post(urlparse(one["link_url"]).path)
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_the_page_is_the_same_for_the_known_and_the_unknown(client, trace, sent):
    pages = {
        without_proof(ask(client, where))
        for where in ("trace@tynebank.example", "nobody@tynebank.example", "07700 900999")
    }
    assert len(pages) == 1
    assert len(sent) == 1


def test_it_takes_the_same_time_for_both(client, trace, settings):
    import datetime as dt

    settings.ASKING_TAKES = dt.timedelta(seconds=0.4)
    took = []
    for where in ("trace@tynebank.example", "nobody@tynebank.example"):
        began = time.monotonic()
        client.post(ASK, {"where": where})
        took.append(time.monotonic() - began)
    assert min(took) >= 0.4
    assert abs(took[0] - took[1]) < 0.15


def test_a_way_that_is_refused_looks_the_same_and_leaves_no_link(client, trace, settings):
    settings.SEND_SIGN_IN_LINK = f"{__name__}.refuses"
    known, unknown = ask(client, "trace@tynebank.example"), ask(client, "nobody@tynebank.example")
    assert without_proof(known) == without_proof(unknown)
    with as_owner():
        assert not SignInLink.objects.exists()


def test_a_number_two_people_share_gets_no_link(client, trace, sent):
    other = cast.person("Dean Pike")
    with as_owner():
        Reach.objects.create(person=other, how="text", phone="07700900123")
    ask(client, "07700 900123")
    assert sent == []


@pytest.mark.parametrize(("never", "where"), [("text", "07700 900123"), ("email", "trace@tynebank.example")])
def test_a_way_somebody_said_never_to_use_is_not_used(client, trace, sent, never, where):
    with as_owner():
        Reach.objects.filter(person=trace).update(how="own_page", never=[never])
    ask(client, where)
    assert sent == []


def test_asking_many_times_floods_nobody_and_shuts_nobody_out(client, trace, sent):
    for _ in range(6):
        assert ask(client, "trace@tynebank.example").status_code == 200
    assert len(sent) == 3
    client.post(urlparse(sent[0]["link_url"]).path)  # even the first of them still works
    assert client.session[SESSION_KEY] == str(trace.account_id)


def test_asking_for_everybody_from_one_place_is_slowed_in_a_sentence(client, trace):
    answers = [client.post(ASK, {"where": f"n{i}@tynebank.example"}) for i in range(22)]
    assert {answer.status_code for answer in answers[:20]} == {302}
    assert answers[-1].status_code == 429
    assert "Nothing is locked" in answers[-1].content.decode()


def test_asking_with_nothing_written_is_told_kindly(client, db):
    page = client.post(ASK, {"where": ""}).content.decode()
    assert "Write your e-mail or phone number" in page


def test_the_page_names_somebody_to_turn_to(client, db):
    cast.serving("June Otway", "duty_human")
    page = client.get(reverse("sign_in_link")).content.decode()
    assert "June" in page


def test_the_house_itself_puts_the_link_into_a_message_from_somebody_with_a_name(client, trace, settings):
    settings.SEND_SIGN_IN_LINK = "alongside.messages.sign_in.send_link"
    cast.serving("June Otway", "duty_human")
    ask(client, "trace@tynebank.example")
    with as_owner():
        assert SignInLink.objects.get().way == "email"
        assert Message.objects.get(about_type="sign_in").to_person_id == trace.pk
