"""A phone that is not ours, of somebody who may send: whatever they seal has an answer, and breaks nothing."""

import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from alongside.pages.tests.phones import envelope, one, posted, sealed
from alongside.walks.models import Moment
from tests.cast import person, say_so, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db
DEEP = 100_000


@pytest.fixture
def here(db: Any) -> SimpleNamespace:
    """Trace, and Priya who walks with her."""
    them = SimpleNamespace(trace=person("Tracey Hallam", called="Trace"), priya=serving("Priya Nair"))
    say_so(them.trace, them.priya)
    return them


@pytest.fixture
def phone(here: SimpleNamespace, client: Client) -> Any:
    """Priya's phone sends a body."""
    sign_in(client, here.priya)
    return lambda body: client.post("/offline/moments/", body, content_type="application/json")


def answers(phone: Any, here: SimpleNamespace, bad: tuple[Any, str]) -> list[dict[str, str]]:
    """What becomes of a bad one, and of a good one that comes after it."""
    answer = phone(posted(bad, one(here.priya)))
    assert answer.status_code == 200
    return list(answer.json()["answers"])


@pytest.mark.parametrize(
    "deep", ["[" * DEEP, '{"clock":' * DEEP, '{"clock": ' + "[" * DEEP + "]" * DEEP + "}"]
)
def test_a_body_that_is_nested_without_end_is_said_so(phone: Any, deep: str) -> None:
    answer = phone(deep)
    assert answer.status_code == 400
    assert "not what a phone sends" in answer.json()["error"]


def test_a_letter_that_is_nested_without_end_stays_and_the_next_comes(
    phone: Any, here: SimpleNamespace
) -> None:
    key = uuid4()
    bad, good = answers(phone, here, (key, envelope(here.priya, key, "[" * DEEP)))
    assert (bad["answer"], good["answer"]) == ("refused", "kept")
    assert "not a moment" in bad["sentence"]


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("which", ["at", "server", "device"])
def test_a_time_at_the_end_of_all_calendars_breaks_nothing(
    phone: Any, here: SimpleNamespace, when: str, which: str
) -> None:
    key, usual = uuid4(), "2026-11-22T12:00:00+00:00"
    known = {"server": usual, "device": usual}
    wrong = {"at": when} if which == "at" else {"known": known | {which: when}}
    bad, good = answers(phone, here, (key, sealed(here.priya, key, **wrong)))
    assert good["answer"] == "kept"
    assert bad["answer"] in {"kept", "refused"}
    assert bad["answer"] == "kept" or len(bad["sentence"].split()) > 3


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_clock_that_shows_such_a_time_is_said_so(phone: Any, here: SimpleNamespace, when: str) -> None:
    answer = phone(posted(one(here.priya), clock=when))
    assert answer.status_code == 400
    assert "no time" in answer.json()["error"]


def test_a_phone_whose_battery_was_dead_loses_nothing(phone: Any, here: SimpleNamespace) -> None:
    """It begins again with the clocks of 1970, or of 2000."""
    for year in (1970, 2000):
        answer = phone(posted(one(here.priya, f"Kept in {year}"), clock=f"{year}-01-01T00:01:00+00:00"))
        assert answer.json()["answers"][0]["answer"] == "kept"


@pytest.mark.parametrize("where", ["words", "who", "kind", "audience", "language"])
@pytest.mark.parametrize("half", ["\ud800", "\udfff\ud800 and words"])
def test_half_a_letter_is_refused_in_a_sentence(
    phone: Any, here: SimpleNamespace, where: str, half: str
) -> None:
    """JSON can say half of a pair of letters, which no database and no page can."""
    key = uuid4()
    bad, good = answers(phone, here, (key, sealed(here.priya, key, **({"words": "x"} | {where: half}))))
    assert (bad["answer"], good["answer"]) == ("refused", "kept")
    assert len(bad["sentence"].split()) > 3
    with as_owner():
        assert Moment.objects.count() == 1


def test_what_is_sent_back_to_be_opened_is_as_safe(here: SimpleNamespace, client: Client) -> None:
    sign_in(client, here.priya)
    for text in ("[" * DEEP, json.dumps({"words": "\ud800"})):
        key = uuid4()
        said = {"client_id": str(key), "envelope": envelope(here.priya, key, text)}
        shown = client.post("/offline/open/", said)
        assert shown.status_code == 400
        assert "not a moment" in shown.content.decode()
