"""The place's pages looked at with a browser: narrow, by keyboard, drawn on, on a map that moves."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from alongside.accounts.place import operations
from alongside.accounts.tests.places import District, district
from alongside.accounts.tests.test_place_operations import AROUND, draw_as, load, tell
from alongside.kernel.acting import acting_as
from tests import cast
from tests.browser import chromium, leave_all

__all__ = ["chromium", "district"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOUSE = "https://house.test"
PAGES = ["/place/", "/place/?show=deprivation", "/place/old-quay-001a/", "/place/draw/", "/place/words/"]
Open = Callable[..., Page]


@pytest.fixture
def answers(client: Client, district: District) -> dict[str, Any]:
    """Every page, asked for beforehand: told, real and drawn neighbourhoods and a voice."""
    tell()
    load(district.read())
    tracey = cast.person()
    draw_as(tracey)
    with acting_as(tracey):
        operations.say_about_place(by=tracey, words="Somebody always holds the door.", said_by="Trace")
    cast.sign_in(client, cast.serving("Denise Armstrong", "place_steward"))
    return {address: client.get(address) for address in [*PAGES, "/place/neighbourhoods.geojson"]}


@pytest.fixture
def look(answers: dict[str, Any], chromium: Browser) -> Iterator[Open]:
    """Opens a page: look("/place/", width=390)."""
    yield opener(chromium, answers)
    leave_all(chromium)


def opener(chromium: Browser, answers: dict[str, Any]) -> Open:
    """What opens pages out of answers that were asked for beforehand."""

    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(HOUSE)
        if address.startswith("/static/"):
            found = str(finders.find(address.removeprefix("/static/")))
            kind = mimetypes.guess_type(found)[0] or "font/woff2"
            route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        else:
            reply = answers[address]
            route.fulfill(status=reply.status_code, body=reply.content, headers=dict(reply.headers))

    def opened(address: str, *, width: int = 390, script: bool = True, scheme: Any = "light") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=script, color_scheme=scheme
        )
        context.route("**/*", answer)
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: page.complaints.append(said.text))  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.goto(HOUSE + address)
        return page

    return opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_clean_to_the_rules_and_quiet_in_the_console(look: Open, scheme: str) -> None:
    for address in PAGES:
        page = look(address, scheme=scheme)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
        assert page.complaints == [], address  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(look: Open, width: int) -> None:
    wide = [
        address
        for address in PAGES
        if look(address, width=width).evaluate("document.documentElement.scrollWidth") > width
    ]
    assert wide == []


def test_tapping_the_map_writes_the_points_and_shows_the_shape(look: Open) -> None:
    page = look("/place/draw/")
    page.locator("[data-clear]").click()
    drawing = page.locator("svg[data-draw-on]")
    box = drawing.bounding_box()
    assert box
    for across, down in ((0.3, 0.3), (0.6, 0.35), (0.5, 0.7)):
        drawing.click(position={"x": box["width"] * across, "y": box["height"] * down})
    lines = page.locator("[data-points]").input_value().splitlines()
    assert len(lines) == 3
    lats, lons = zip(*(map(float, line.split(", ")) for line in lines), strict=True)
    assert lats[2] < lats[0]  # further down is further south
    assert lons[0] < lons[2] < lons[1]
    assert page.locator(".mine").count() == 1
    page.locator("[data-undo]").click()
    assert len(page.locator("[data-points]").input_value().splitlines()) == 2
    assert page.locator("[data-said]").inner_text() == "2 points"


def test_points_typed_by_hand_are_drawn_too(look: Open) -> None:
    page = look("/place/draw/")
    page.locator("[data-points]").fill(AROUND)
    assert page.locator(".mine-point").count() == 3


def test_without_a_script_the_words_say_what_to_do_and_nothing_dead_is_shown(look: Open) -> None:
    page = look("/place/draw/", script=False)
    assert page.locator("[data-points]").is_visible()
    assert not page.locator("[data-undo]").is_visible()
    assert not look("/place/", script=False).locator("[data-moving-map]").is_visible()


def test_the_map_that_moves_shows_every_neighbourhood_and_leads_to_its_page(look: Open) -> None:
    page = look("/place/", width=1280)
    button = page.get_by_role("button", name="A map you can move and zoom")
    button.click()
    page.locator(".leaflet-interactive").first.wait_for()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(".leaflet-interactive").count() == 5
    page.locator(".leaflet-interactive").last.click()
    assert page.locator(".leaflet-popup-content a").get_attribute("href", timeout=3000).startswith("/place/")  # type: ignore[union-attr]
    button.click()
    assert not page.locator(".place-moving__map").is_visible()


def test_a_neighbourhood_on_the_map_is_reached_by_keyboard_and_seen(look: Open) -> None:
    page = look("/place/")
    links = page.locator("a.patch")
    assert links.count() == 5
    links.first.focus()
    page.keyboard.press("Tab")
    now = page.evaluate("document.activeElement.querySelector('title').textContent")
    assert now == links.nth(1).locator("title").text_content()
    width = page.evaluate("getComputedStyle(document.activeElement.querySelector('.shade')).strokeWidth")
    assert width == "5px"
