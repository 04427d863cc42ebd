"""A refusal is a sentence, its boolean is derived, and a page cannot exist without a policy."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from alongside.kernel import policy as policies
from alongside.kernel.policy import CHECKS, Denied, guarded, open_to_all, policy, signed_in

MINE, THEIRS = "my page", "their page"


@pytest.fixture
def check_can_open() -> Any:
    """May open only the page called mine."""

    def check_can_open(viewer: Any, thing: Any = None) -> None:
        """Raise Denied for every page but one's own."""
        if thing != MINE:
            raise Denied("This page is somebody else's.", whom=viewer)

    made = policy(check_can_open)
    yield made
    CHECKS.pop(f"{check_can_open.__module__}.check_can_open")


@pytest.fixture
def ask(rf: RequestFactory) -> Any:
    """A request by whoever is looking."""

    def asked(viewer: Any = "Tracey") -> Any:
        request: Any = rf.get("/somewhere/?so=1")
        request.viewer, request.user = viewer, AnonymousUser()
        return request

    return asked


def page(request: Any, thing: Any = "nothing") -> HttpResponse:
    return HttpResponse(f"opened {thing}")


def test_a_refusal_carries_its_sentence_and_the_human_it_ends_in(check_can_open: Any) -> None:
    with pytest.raises(Denied, match=r"somebody else's") as refused:
        check_can_open("Tracey", THEIRS)
    assert refused.value.sentence == "This page is somebody else's."
    assert refused.value.whom == "Tracey"


def test_the_boolean_says_what_the_check_says(check_can_open: Any) -> None:
    assert check_can_open.allows("Tracey", MINE)
    assert not check_can_open.allows("Tracey", THEIRS)


def test_a_fault_in_a_check_is_not_taken_for_a_refusal(
    check_can_open: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(policies, "enforce", broken)
    with pytest.raises(ZeroDivisionError):
        check_can_open.allows("Tracey", MINE)


def test_every_check_is_registered_under_its_name(check_can_open: Any) -> None:
    assert CHECKS[f"{__name__}.check_can_open"] is check_can_open


def test_a_check_and_its_boolean_are_run_in_one_place(
    check_can_open: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policies, "enforce", lambda check, viewer, thing: None)
    check_can_open("Tracey", THEIRS)
    assert check_can_open.allows("Tracey", THEIRS)


def test_a_guarded_page_opens_for_whom_the_check_lets_in(check_can_open: Any, ask: Any) -> None:
    view = guarded(check_can_open, find=lambda viewer, whose: whose)(page)
    assert view(ask(), whose=MINE).content == b"opened my page"


def test_a_guarded_page_refuses_in_words(check_can_open: Any, ask: Any) -> None:
    view = guarded(check_can_open, find=lambda viewer, whose: whose)(page)
    with pytest.raises(Denied, match=r"somebody else's"):
        view(ask(), whose=THEIRS)


def test_what_a_viewer_may_not_know_of_is_not_there(check_can_open: Any, ask: Any) -> None:
    view = guarded(check_can_open, find=lambda viewer, whose: None)(page)
    with pytest.raises(Http404):
        view(ask(), whose=MINE)


def test_a_stranger_is_sent_to_sign_in_before_anything_is_looked_up(check_can_open: Any, ask: Any) -> None:
    def find(**kwargs: Any) -> Any:
        raise AssertionError("looked up for a stranger")

    answer = guarded(check_can_open, find=find)(page)(ask(None), whose=MINE)
    assert answer.status_code == 302
    assert "next=/somewhere/%3Fso%3D1" in answer.url


def test_a_page_for_anyone_signed_in_is_closed_to_strangers(ask: Any) -> None:
    assert signed_in()(page)(ask(None)).status_code == 302
    assert signed_in()(page)(ask()).content == b"opened nothing"


def test_a_page_for_some_asks_its_check(check_can_open: Any, ask: Any) -> None:
    with pytest.raises(Denied):
        signed_in(check_can_open)(page)(ask())


def test_an_open_page_is_open_to_strangers(ask: Any) -> None:
    assert open_to_all("the door")(page)(ask(None)).status_code == 200


def test_every_wrapper_says_who_may_come_in(check_can_open: Any) -> None:
    views: list[Any] = [
        guarded(check_can_open, find=page)(page),
        signed_in()(page),
        signed_in(check_can_open)(page),
        open_to_all("the door")(page),
    ]
    said = [view.access for view in views]
    assert said == ["check_can_open", "signed_in", "check_can_open", "open: the door"]
