"""Looked at with a browser: narrow, dark, without a script, by a tired thumb, and recording a voice."""

import io
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from alongside.story.tests.factories import dog, said, van

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
Look = Callable[..., Page]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
PAGES = ["story", "story_say", "circle", "circle_add", "circle_gap", "one_page_choose"]
SMALL = """() => [...document.querySelectorAll('main a, main button, main summary, main input, main select')]
  .filter(e => e.checkVisibility() && !e.closest('p, li li, dd') && e.type !== 'hidden')
  .filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 80) + ' ' + e.getBoundingClientRect().height)"""
OVERFLOWING = """() => { const svg = document.querySelector('.ecomap').getBoundingClientRect()
  return [...document.querySelectorAll('.ecomap text')].map(t => [t.textContent, t.getBoundingClientRect()])
    .filter(([, box]) => box.left < svg.left - 1 || box.right > svg.right + 1).map(([words]) => words) }"""

HELD = "() => [...document.querySelector('[data-recorder]').files].flatMap(file => [file.name, file.size])"


def address(name: str, whose, *more) -> str:
    return reverse(name, args=[whose.pk, *more])


@pytest.fixture
def trace():
    trace, _callum = dog()
    photo = io.BytesIO()
    Image.new("RGB", (900, 600), (90, 140, 180)).save(photo, "JPEG")
    said(trace, trace, "Is this it.", "hope", upload=photo, described="Bruno at the edge of the sea")
    said(trace, trace, "أريد أن أعمل", "hope", language="ar", spoken_in="Tigrinya")
    return trace


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_to_the_rules_and_quiet_in_the_console(look: Look, trace, name, dark):
    page = look(trace, address(name, trace), dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["story", "circle"])
def test_a_workers_page_is_clean_to_the_rules(look: Look, name):
    micky, bev = van()
    found = Axe().run(look(bev, address(name, micky), width=1280), options=RULES)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 700, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_never_scrolls_sideways(look: Look, trace, name, width):
    page = look(trace, address(name, trace), width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_a_tired_thumb_finds_everything(look: Look, trace, name):
    assert look(trace, address(name, trace), width=320).evaluate(SMALL) == []


def test_no_name_leaves_the_picture(look: Look, trace):
    assert look(trace, address("circle", trace)).evaluate(OVERFLOWING) == []


def test_the_words_of_the_picture_are_large_enough_to_read_in_the_hand(look: Look, trace):
    page = look(trace, address("circle", trace), width=390)
    size = page.evaluate("document.querySelector('.ecomap .tie').getBoundingClientRect().height")
    assert size >= 12


def test_one_can_say_something_without_a_script(look: Look, trace):
    page = look(trace, address("story_say", trace), script=False)
    assert page.get_by_role("button", name="Keep these words").is_visible()
    assert page.get_by_label("A voice note").is_visible()
    assert not page.get_by_role("button", name="Record now").is_visible()


def test_a_voice_is_recorded_where_the_browser_can(look: Look, trace):
    page = look(trace, address("story_say", trace))
    page.get_by_role("button", name="Record now").click()
    page.get_by_role("button", name="Stop").wait_for()
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("Here it is. It goes with your words.").wait_for()
    held = page.evaluate(HELD)
    assert held[0].startswith("voice-note.")
    assert held[1] > 100
    assert page.complaints == []  # type: ignore[attr-defined]
