"""Finding people: those I walk with, and the one exact question that gives nothing away."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent import finding
from alongside.consent import operations as consent
from alongside.consent.models import Closeness
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.people.models import Reach, Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WHY = "She rang the desk and rang off."
ONCE = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken":\s*"\w+"')


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def bev(trace):
    walker = cast.serving("Bev Ormerod")
    cast.say_so(trace, walker, why="walking with me")
    return walker


@pytest.fixture
def callum(client):
    whoever = cast.serving("Callum Reay")
    cast.sign_in(client, whoever)
    return whoever


def seen(client, words=None):
    return client.get(reverse("people"), {"q": words} if words is not None else {}).content.decode()


def asked(client, name):
    """The bytes of the answer without what is new in every form, and the statements it took."""
    with CaptureQueriesContext(connection) as statements:
        answer = client.post(reverse("people_someone"), {"name": name, "why": WHY})
    assert answer.status_code == 200
    return ONCE.sub(b"", answer.content), len(statements)


def test_a_worker_sees_those_they_walk_with_why_and_since_when(client, bev):
    cast.sign_in(client, bev)
    shown = seen(client)
    assert "Tracey Hallam" in shown
    assert "By their say-so: walking with me." in shown
    assert "Since" in shown


def test_since_is_the_day_it_began_also_after_it_was_given_again(client, trace, callum):
    with time_machine.travel(dt.datetime(2026, 3, 3, 12, tzinfo=dt.UTC), tick=False):
        given = cast.say_so(trace, callum, why="walking with me")
    with time_machine.travel(dt.datetime(2026, 9, 9, 12, tzinfo=dt.UTC), tick=False), acting_as(trace):
        consent.renew_say_so(by=trace, say_so=given.say_so)
    cast.sign_in(client, callum)
    shown = seen(client)
    assert "2 March" in shown  # the cast gives what they give the day before
    assert "9 September" not in shown


def test_a_worker_sees_nobody_else_and_no_number_of_them(client, trace, bev, callum):
    shown = seen(client)
    assert "Hallam" not in shown
    assert "Nobody&#x27;s page is open to you yet" in shown or "Nobody's page is open to you yet" in shown


def test_a_page_opened_by_law_says_that_it_is_the_law(client, trace, callum):
    cast.by_law(callum, trace)
    assert "The law says so, not they: duty to enquire." in seen(client)


@pytest.mark.parametrize("words", ["hall", "TRACE", "%", "_", "'", "<b>", "a\x00b", "", "  "])
def test_every_search_has_an_answer(client, bev, words):
    cast.sign_in(client, bev)
    answer = client.get(reverse("people"), {"q": words})
    assert answer.status_code == 200
    assert "<b>" not in answer.content.decode()


def test_a_search_that_finds_nobody_offers_the_exact_question_to_those_who_may_ask(client, trace, callum):
    shown = seen(client, "Hallam")
    assert shown.count("Hallam") == 1  # in the box where it was typed
    assert reverse("people_someone") in shown


def test_a_resident_is_not_offered_it(client, trace):
    cast.sign_in(client, trace)
    assert reverse("people_someone") not in seen(client, "Norah")
    assert client.get(reverse("people_someone")).status_code == 403


def test_a_stranger_signs_in_first(client):
    for page in ("people", "people_someone"):
        assert client.get(reverse(page)).status_code == 302


def test_looking_through_the_list_takes_as_many_statements_for_one_as_for_ten(client, bev):
    cast.sign_in(client, bev)
    seen(client, "Tracey")

    def statements():
        with CaptureQueriesContext(connection) as them:
            seen(client, "Tracey")
        return len(them)

    few = statements()
    for number in range(9):
        cast.say_so(cast.person(f"Tracey {number}"), bev)
    assert statements() == few


def test_the_exact_question_tells_whom_to_ask_and_the_person_reads_that_it_was_asked(
    client, trace, bev, callum
):
    answer, _ = asked(client, "tracey hallam")
    assert b"Ask Bev Ormerod." in answer
    assert b"walking with me" not in answer
    with as_owner():
        assert Look.objects.get(person_id=trace.pk).why == WHY


@pytest.mark.parametrize("way", ["she said", "he said"])
def test_a_neighbour_who_works_for_the_council_finds_nothing(client, trace, bev, callum, way):
    cast.person("Norah Tully")
    person, other = (trace, callum) if way == "she said" else (callum, trace)
    with as_owner():
        Closeness.objects.create(
            person=person, other=other, words="next door", said_by=person, said_at=clock.now()
        )
    asked(client, "Somebody Before")
    unknown, unwalked, close = (asked(client, n) for n in ("Nobody Atall", "Norah Tully", "Tracey Hallam"))
    assert b"Nobody found here" in unknown[0]
    assert close == unknown
    assert unwalked == unknown
    assert "Hallam" not in seen(client)
    assert seen(client, "Hallam").count("Hallam") == 1
    with as_owner():
        assert not Look.objects.exists()


def test_a_question_without_a_why_is_asked_again_and_keeps_the_name(client, bev, callum):
    answer = client.post(reverse("people_someone"), {"name": "Tracey Hallam"}).content.decode()
    assert "Say why you ask" in answer
    assert 'value="Tracey Hallam"' in answer
    assert "Bev" not in answer


def test_too_many_questions_in_a_day_end_in_a_sentence_and_a_human(client, bev, callum, monkeypatch):
    monkeypatch.setattr(finding, "A_DAY", 1)
    cast.serving("Ruth Collier", Role.DUTY_HUMAN)
    asked(client, "Somebody Else")
    answer = client.post(reverse("people_someone"), {"name": "Tracey Hallam", "why": WHY})
    assert answer.status_code == 403
    assert "names today" in answer.content.decode()
    assert "Ruth" in answer.content.decode()
    assert "Bev" not in answer.content.decode()


def test_reading_the_page_of_the_exact_question_asks_nothing(client, bev, callum):
    answer = client.get(reverse("people_someone"), {"name": "Tracey Hallam", "why": WHY})
    assert b"Bev" not in answer.content
    with as_owner():
        assert not Look.objects.exists()


def test_whoever_walks_with_somebody_writes_down_how_to_reach_them_and_is_seen_to(client, trace, bev):
    cast.sign_in(client, bev)
    url = reverse("reach_for", args=[trace.pk])
    answer = client.post(url, {"how": "text", "phone": "07700 900123"}, follow=True)
    assert 'value="07700 900123"' in answer.content.decode()
    with as_owner():
        assert Reach.objects.get(person=trace).how == "text"
        assert {look.page for look in Look.objects.filter(person_id=trace.pk, by_id=bev.pk)} == {"reach"}


def test_a_worker_with_a_part_or_without_any_say_so_does_not(client, trace, bev, callum):
    url = reverse("reach_for", args=[trace.pk])
    assert client.get(url).status_code == 404
    cast.say_so(trace, callum, parts=[trace.pk])
    assert client.post(url, {"how": "text"}).status_code == 403
    with as_owner():
        assert not Reach.objects.exists()
