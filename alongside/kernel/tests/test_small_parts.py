"""The small parts everything stands on, at their edges: the clock, the memory of a request, choices, refusals."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from alongside.kernel import clock, memo
from alongside.kernel.models import OPEN, PRIVATE, SHARED, one_of, open_, private, sensitivity_of, shared
from alongside.kernel.policy import CHECKS, Denied, guarded, narrow, open_to_all, policy, signed_in
from alongside.people.models import Reach, RoleHeld

NEW_YEAR = dt.datetime(2026, 1, 1, 0, 30, tzinfo=dt.UTC)
SUMMER = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(("moment", "day"), [(NEW_YEAR, (2026, 1, 1)), (SUMMER, (2026, 7, 1))])
def test_a_day_is_the_places_own_also_where_its_clocks_are_an_hour_ahead(moment, day):
    with clock.moved_to(moment):
        assert clock.today() == dt.date(*day)


def test_a_clock_moved_inside_a_moved_clock_goes_back_to_that_one():
    with clock.moved_to(NEW_YEAR):
        with clock.moved_to(SUMMER):
            assert clock.now() == SUMMER
        assert clock.now() == clock.moved() == NEW_YEAR
    assert clock.moved() is None


def test_a_clock_goes_back_also_after_a_fault():
    with pytest.raises(KeyError), clock.moved_to(NEW_YEAR):
        raise KeyError
    assert clock.moved() is None


def test_one_threads_clock_is_not_anothers():
    seen = []
    with clock.moved_to(NEW_YEAR):
        other = threading.Thread(target=lambda: seen.append(clock.moved()))
        other.start()
        other.join()
    assert seen == [None]


def test_the_present_always_knows_its_time_zone():
    assert clock.now().tzinfo is not None


@pytest.mark.parametrize("answer", [None, False, 0, "", [], {}])
def test_an_answer_of_nothing_is_an_answer_and_is_remembered(answer):
    asked: list[Any] = []

    def ask():
        asked.append(1)
        return answer

    with memo.remembering():
        assert memo.once("x", ask) == memo.once("x", ask) == answer
    assert len(asked) == 1


def test_a_fault_is_not_remembered_as_an_answer():
    def fall():
        raise KeyError

    with memo.remembering():
        with pytest.raises(KeyError):
            memo.once("x", fall)
        assert memo.once("x", lambda: "well") == "well"


def test_two_questions_have_two_answers_whatever_they_are_called():
    with memo.remembering():
        assert [memo.once(key, lambda key=key: key) for key in ("a", ("a",), 1, "1")] == ["a", ("a",), 1, "1"]


def test_a_request_within_a_request_remembers_for_itself():
    with memo.remembering():
        memo.once("x", lambda: "outer")
        with memo.remembering():
            assert memo.once("x", lambda: "inner") == "inner"
        assert memo.once("x", lambda: "never asked") == "outer"


def test_after_a_fault_nothing_is_remembered():
    def ask_and_fall():
        with memo.remembering():
            memo.once("x", lambda: "old")
            raise KeyError

    with pytest.raises(KeyError):
        ask_and_fall()
    assert memo.once("x", lambda: "new") == "new"


def test_forgetting_where_nothing_is_remembered_is_no_trouble():
    memo.forget()


@pytest.mark.parametrize(("wrap", "said"), [(open_, OPEN), (shared, SHARED), (private, PRIVATE)])
def test_a_field_says_how_sensitive_it_is_and_stays_the_same_field(wrap, said):
    field: Any = models.CharField(max_length=5)
    assert wrap(field) is field
    field.model = Reach
    assert sensitivity_of(field) == said


def test_a_field_of_which_nobody_said_anything_says_nothing():
    field: Any = models.CharField(max_length=5, name="nobody_said")
    field.model = Reach
    assert sensitivity_of(field) is None


def field_of(model, name):
    return model._meta.get_field(name)


def test_a_table_holds_a_field_to_the_choices_it_offers_and_says_so_by_name():
    held = one_of(RoleHeld, field_of(RoleHeld, "role"))
    assert held is not None
    assert held.name == "people_roleheld_role_is_one_of_its_choices"
    assert held.name in {constraint.name for constraint in RoleHeld._meta.constraints}


def test_empty_text_stands_only_where_a_field_may_be_left_empty():
    def offered(blank):
        field = models.CharField(max_length=5, choices=[("a", "A")], blank=blank, name="kind")
        field.set_attributes_from_name("kind")
        made: Any = one_of(Reach, field)
        return made.condition.children[0][1]

    assert offered(blank=True) == ["a", ""]
    assert offered(blank=False) == ["a"]


def test_a_list_holds_nothing_but_its_choices():
    field = ArrayField(models.CharField(max_length=5, choices=[("a", "A"), ("b", "B")]))
    field.set_attributes_from_name("never")
    made: Any = one_of(Reach, field)
    assert made.condition.children == [("never__contained_by", ["a", "b"])]


def test_a_field_without_choices_is_held_to_none():
    field = models.CharField(max_length=5)
    field.set_attributes_from_name("words")
    assert one_of(Reach, field) is None


@pytest.fixture
def check_can_enter():
    @policy(because="Because of the harm it does.")
    def check_can_enter(viewer, thing=None):
        """Only by the front door."""
        if viewer != "Tracey":
            raise Denied("Knock first.", whom="Denise")

    yield check_can_enter
    CHECKS.pop(f"{check_can_enter.__module__}.check_can_enter")


def asked_by(viewer, method="get"):
    request: Any = getattr(RequestFactory(), method)("/here/?a=1&b=2")
    request.viewer = viewer
    return request


def page(request, *args, **kwargs):
    return HttpResponse(repr((args, kwargs)))


def test_a_check_keeps_its_name_its_words_and_why_it_is_there(check_can_enter):
    assert (check_can_enter.__name__, check_can_enter.__doc__) == (
        "check_can_enter",
        "Only by the front door.",
    )
    assert check_can_enter.because == "Because of the harm it does."


def test_a_refusal_without_a_name_is_one_all_the_same():
    refused = Denied("Not now.")
    assert (str(refused), refused.sentence, refused.whom) == ("Not now.", "Not now.", None)


@pytest.mark.parametrize("method", ["get", "post", "head", "delete"])
def test_a_stranger_is_sent_to_the_door_and_back_to_where_they_were_whatever_they_did(
    check_can_enter, method
):
    for view in (
        guarded(check_can_enter, find=page)(page),
        signed_in()(page),
        signed_in(check_can_enter)(page),
    ):
        answer = view(asked_by(None, method))
        assert answer.status_code == 302
        assert answer.url == "/sign-in/?next=/here/%3Fa%3D1%26b%3D2"


def test_what_is_found_is_asked_about_before_anything_is_shown(check_can_enter):
    order = []

    def find(viewer, which):
        order.append(f"found {which} for {viewer}")
        return which

    view = guarded(check_can_enter, find=find)(lambda request, thing: order.append(f"shown {thing}"))
    view(asked_by("Tracey"), which="a page")
    with pytest.raises(Denied):
        view(asked_by("Gary"), which="a page")
    assert order == ["found a page for Tracey", "shown a page", "found a page for Gary"]


@pytest.mark.parametrize("nothing", [0, "", [], False])
def test_only_none_is_nothing_found(check_can_enter, nothing):
    view = guarded(check_can_enter, find=lambda viewer: nothing)(page)
    assert view(asked_by("Tracey")).status_code == 200
    with pytest.raises(Http404):
        guarded(check_can_enter, find=lambda viewer: None)(page)(asked_by("Tracey"))


def test_a_view_keeps_its_name_and_what_it_was_given():
    for wrapped in (signed_in()(page), open_to_all("why")(page)):
        assert wrapped.__name__ == "page"
        assert wrapped(asked_by("Tracey"), 1, two=2).content == b"((1,), {'two': 2})"


def test_a_set_is_narrowed_by_what_its_viewer_may_see():
    class Everything:
        def filter(self, condition):
            return f"only {condition}"

    assert narrow(Everything(), "mine") == "only mine"
