"""Somebody comes into the room: the page is gone at once, Back does not show it, and one is signed out (R265)."""

import pytest
from playwright.sync_api import Route

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
WEATHER = "https://www.bbc.co.uk/weather"


def on_her_story(visits: Visits, **how: object) -> Visitor:
    """Trace reads her story; the weather is ours, so that no test leaves the machine."""

    def rain(route: Route) -> None:
        route.fulfill(body="<title>Weather</title><h1>Rain later</h1>", content_type="text/html")

    trace = visits(**how)
    trace.context.route(f"{WEATHER}**", rain)
    return trace.comes_in_as("Tracey Hallam").follows("All of my story").sees("Bruno")


def is_gone(trace: Visitor, left: str) -> None:
    """The weather stands there; neither way through the browser's memory leads to the page that was left."""
    trace.page.wait_for_url(WEATHER)
    assert trace.heading == "Rain later"
    trace.goes_back()
    assert trace.address != left
    trace.page.go_forward()
    assert trace.page.url == WEATHER


def test_a_press_leaves_at_once_and_back_does_not_show_the_page(visits: Visits) -> None:
    trace = on_her_story(visits)
    left = trace.address
    trace.page.get_by_role("button", name="Leave quickly").click()
    is_gone(trace, left)


def test_three_times_escape_leaves_at_once_and_back_does_not_show_the_page(visits: Visits) -> None:
    trace = on_her_story(visits)
    left = trace.address
    trace.types("Escape", "Escape")
    assert trace.address == left
    trace.types("Escape")
    is_gone(trace, left)


def is_signed_out(trace: Visitor) -> None:
    """Whoever opens the house next on this device finds the door, and nobody in."""
    trace.opens("/me/")
    assert "/sign-in/" in trace.address


def test_leaving_signs_out_unseen(visits: Visits) -> None:
    trace = on_her_story(visits)
    with trace.page.expect_request(lambda sent: sent.url.endswith("/leave/")) as sent:
        trace.types("Escape", "Escape", "Escape")
    trace.page.wait_for_url(WEATHER)
    assert sent.value.method == "POST"
    is_signed_out(trace)


def test_without_a_script_a_press_leads_away_and_signs_out(visits: Visits) -> None:
    trace = on_her_story(visits, script=False)
    trace.page.get_by_role("button", name="Leave quickly").click()
    trace.page.wait_for_url(WEATHER)
    is_signed_out(trace)
