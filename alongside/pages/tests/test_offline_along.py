"""Today's people, taken along on a phone: what is in it, what is not, and that each of them sees it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.audit.models import Look
from alongside.consent import operations as consent
from alongside.kernel import memo
from alongside.kernel.acting import acting_as
from alongside.pages.offline.along import MOST, taken_along
from alongside.pages.tests.somebody import (
    GOING_ON,
    GOOD,
    MATTERS,
    NOT_WANTED,
    SECRET,
    UNSURE,
    micky_and_everyone,
    told,
)
from alongside.people.models import Reach
from tests.cast import by_law, person, say_so, serving, sign_in
from tests.database import as_owner


@pytest.fixture
def them(db: Any) -> SimpleNamespace:
    """Made for each test: some here begin with nobody at all."""
    return micky_and_everyone()


pytestmark = pytest.mark.django_db


def taken(by: Any) -> list[dict[str, Any]]:
    with acting_as(by), memo.remembering():
        return taken_along(by)


def lines(one: dict[str, Any]) -> list[str]:
    return [line for each in one["brief"] for line in each["lines"]]


def looks() -> list[Look]:
    with as_owner():
        return list(Look.objects.order_by("at"))


def test_it_is_what_is_read_before_a_visit_strengths_first(them: SimpleNamespace) -> None:
    with acting_as(them.micky):
        consent.refuse_say_so(
            by=them.micky, person=them.micky, given_to=them.denise, what="my story", for_what="a letter"
        )
    (one,) = taken(them.bev)
    assert [each["title"] for each in one["brief"]] == [
        "Good at", "What matters", "Does not want", "We do not know yet", "Said no to", "To mind"
    ]  # fmt: skip
    assert lines(one) == [
        GOOD, MATTERS, NOT_WANTED, UNSURE, "my story", "brown envelopes stay shut", "Never: letters"
    ]  # fmt: skip
    assert (one["called"], one["where"]) == ("Micky", "phone call after 4")


def test_what_is_between_two_what_goes_on_and_the_safe_word_stay_here(them: SimpleNamespace) -> None:
    said = str(taken(them.bev))
    assert [words for words in (SECRET, GOING_ON, "ladder", "Lacey") if words in said] == []


def test_each_of_them_sees_that_it_was_taken_along_and_of_what(them: SimpleNamespace, client: Client) -> None:
    taken(them.bev)
    (look,) = looks()
    assert (look.person_id, look.by_id, look.why) == (them.micky.pk, them.bev.pk, "walking with me")
    assert set(look.parts) == {
        str(part.pk) for part in (them.good, them.matters, them.not_wanted)
    } | set(look.parts[-1:])  # fmt: skip
    assert str(them.going_on.pk) not in look.parts
    sign_in(client, them.micky)
    page = client.get(f"/people/{them.micky.pk}/who-looked/").content.decode()
    assert "Bev Ormerod" in page
    assert "what to know before a visit, taken along for a day without signal" in page


def test_nobody_else_has_anybody_to_take_along_and_leaves_no_look(them: SimpleNamespace) -> None:
    assert [taken(who) for who in (them.micky, them.moira, them.gary, them.denise)] == [[], [], [], []]
    assert looks() == []


def test_whoever_is_there_by_law_with_all_of_it_open_takes_it_along_as_they_may_read_it(
    them: SimpleNamespace,
) -> None:
    by_law(them.denise, them.micky)
    (one,) = taken(them.denise)
    assert GOOD in lines(one)
    assert looks()[0].why == "duty to enquire"


def test_a_hand_without_words_makes_no_empty_line(them: SimpleNamespace) -> None:
    with as_owner():
        Reach.objects.filter(person=them.micky).delete()
    (one,) = taken(them.bev)
    assert (one["where"], "To mind" in str(one["brief"])) == ("", False)


@pytest.mark.parametrize("how_many", [2, 9])
def test_nine_people_cost_as_many_statements_as_two(db: Any, how_many: int) -> None:
    bev = serving("Bev Ormerod")
    for number in range(how_many):
        whose = person(f"Somebody {number}")
        told(whose, "good_at", f"I can do {number}.")
        say_so(whose, bev)
    with (
        acting_as(bev),
        memo.remembering(),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        assert len(taken_along(bev)) == how_many
    assert len(asked) == STATEMENTS, [each["sql"][:90] for each in asked]
    assert len(looks()) == how_many


def test_more_than_anybody_walks_with_is_not_taken(db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alongside.pages.offline.along.MOST", 2)
    bev = serving("Bev Ormerod")
    for number in range(3):
        say_so(person(f"Somebody {number}"), bev)
    assert (len(taken(bev)), len(looks()), MOST) == (2, 2, 40)


STATEMENTS = 10
