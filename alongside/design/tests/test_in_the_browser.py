"""Looked at with a browser: narrow, dark, on paper, by keyboard, without a script."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from alongside.design.tests.conftest import SHOWN
from tests.browser import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser
Look = Callable[..., Page]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
SMALL = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(e => e.checkVisibility() && !e.closest('.skip') && !e.closest('p, li li, dd'))
  .filter(e => e.getBoundingClientRect().height < 43.5)
  .map(e => e.outerHTML.slice(0, 80) + ' ' + e.getBoundingClientRect().height)"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("address", SHOWN)
def test_a_page_is_clean_to_the_rules_and_quiet_in_the_console(look: Look, address: str, dark: bool) -> None:
    page = look(address, dark=dark)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
@pytest.mark.parametrize("address", SHOWN)
def test_a_page_never_scrolls_sideways(look: Look, address: str, width: int) -> None:
    page = look(address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("address", SHOWN)
def test_a_tired_thumb_finds_everything(look: Look, address: str) -> None:
    assert look(address, width=320).evaluate(SMALL) == []


def test_twice_as_large_text_still_fits_a_phone(look: Look, chromium: Browser) -> None:
    large = chromium.browser_type.launch(
        executable_path=str(CHROMIUM), args=[*FLAGS, "--blink-settings=defaultFontSize=32"]
    )
    page = look("/design/", width=390, browser=large)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    large.close()


def test_after_a_slip_the_summary_speaks_first_and_leads_to_the_box(look: Look) -> None:
    page = look("/design/asked/")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="Choose how you would like").click()
    assert page.evaluate("document.activeElement.id") == "id_way_0"


def test_the_first_press_of_tab_offers_the_words_and_the_second_the_way_out(look: Look) -> None:
    page = look("/design/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the words on this page"
    assert page.evaluate("document.activeElement.getBoundingClientRect().height") > 20
    page.keyboard.press("Tab")
    assert "Leave quickly" in page.evaluate("document.activeElement.textContent")


def test_where_the_keyboard_is_can_be_seen_on_everything(look: Look) -> None:
    page = look("/design/")
    unseen = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main summary, header a')].filter(e => {
            e.focus({focusVisible: true})
            const now = getComputedStyle(e)
            return now.outlineStyle === 'none' || parseFloat(now.outlineWidth) < 2
        }).map(e => e.outerHTML)"""
    )
    assert unseen == []


def test_nothing_focused_hides_beneath_the_way_out(look: Look) -> None:
    page = look("/design/", width=390)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.get_by_role("link", name="Add to my story").focus()
    assert page.get_by_role("link", name="Add to my story").bounding_box()["y"] > 44  # type: ignore[index]


def leaves_nothing_behind(page: Page) -> None:
    page.wait_for_url("https://weather.example/")
    assert page.title() == "Weather"
    page.go_back()
    assert "/design/" not in page.url


def test_leaving_quickly_takes_the_pages_place_in_the_history(look: Look) -> None:
    page = look("/elsewhere/")
    page.goto("http://house.test/design/")
    page.get_by_role("button", name="Leave quickly").click()
    leaves_nothing_behind(page)


def test_esc_three_times_leaves_too(look: Look) -> None:
    page = look("/elsewhere/")
    page.goto("http://house.test/design/")
    for _ in range(3):
        page.keyboard.press("Escape")
    leaves_nothing_behind(page)


def test_esc_twice_and_then_a_letter_stays(look: Look) -> None:
    page = look("/design/")
    for key in ("Escape", "Escape", "a", "Escape"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url == "http://house.test/design/"
    assert page.locator("h1").is_visible()


def test_without_a_script_everything_is_there_and_the_way_out_is_a_button(look: Look) -> None:
    page = look("/design/", script=False)
    assert page.get_by_role("button", name="Leave quickly").is_visible()
    page.locator("summary", has_text="Why do you ask?").click()
    assert page.get_by_text("So that nobody has to ask you twice.").is_visible()
    assert not page.get_by_role("button", name="Print this page").is_visible()


def test_with_a_script_the_page_can_be_printed(look: Look) -> None:
    assert look("/design/paper/").get_by_role("button", name="Print this page").is_visible()


def test_on_paper_there_are_only_the_words_and_they_are_large(look: Look) -> None:
    page = look("/design/", width=794)
    page.emulate_media(media="print")
    for chrome in (".front", ".foot", ".leave", "form", ".button", ".sub-nav"):
        assert not page.locator(chrome).first.is_visible(), chrome
    small = page.evaluate(
        """() => [...document.querySelectorAll('main p, main li, main dd, main figcaption, main td')]
            .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 14 * 96 / 72 - 0.5)
            .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    assert page.locator(".words__said").first.is_visible()


def test_on_paper_what_was_folded_lies_open(look: Look) -> None:
    page = look("/design/", width=794)
    page.emulate_media(media="print")
    assert page.get_by_text("So that nobody has to ask you twice.").is_visible()


def test_on_paper_a_link_is_only_its_words(look: Look) -> None:
    page = look("/design/", width=794)
    page.emulate_media(media="print")
    after = page.evaluate("getComputedStyle(document.querySelector('main a'), '::after').content")
    assert after in ("none", "normal")


def test_somebody_who_gets_dizzy_sees_nothing_move(look: Look) -> None:
    page = look("/design/")
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => {
            const s = getComputedStyle(e)
            return parseFloat(s.transitionDuration) > 0 || s.animationName !== 'none'
        }).length"""
    )
    assert moving == 0
