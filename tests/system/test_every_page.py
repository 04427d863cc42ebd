"""Every named page of Tynebank, opened by somebody it is for: narrow, on paper, without a script, to the rules.

Which pages there are comes from the resolver; where they are comes from following links. A page that no link
leads to has a line in `TYPED`; a name that is no page has one in `NO_PAGE`, with the reason.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests import crawl
from tests.browser import axe, brings_axe, leave_all, too_wide
from tests.system.arranging import TALKED_ABOUT, for_a_while, page_of
from tests.system.walking import Found, Walker, Walkers, name_of, walk

pytestmark = pytest.mark.browser

STARTS: dict[str | None, list[str]] = {
    None: ["/", "/sign-in/faces/"],
    "Micky Garrod": ["/me/", "/people/"],
    "Denise Armstrong": ["/", "/place/looking-after/people/?q=Micky"],
    "Jodie Laws": ["/today/", "/me/time-writing/"],
    "Tracey Hallam": ["/me/"],
    "Hodan Farah": ["/today/"],
}
# Reached by a press, by a letter or in error, not by a link.
TYPED: dict[str, tuple[str | None, str]] = {
    "account_logout": ("Bev Ormerod", "/sign-in/out/"),
    "sign_out": ("Bev Ormerod", "/sign-in/out/"),
    "hello_key": (None, "/hello/apple-river-lamp-wren/"),
    "hello_yours": (None, "/hello/yours/"),
    "sign_in_link_asked": (None, "/sign-in/asked/"),
    "sign_in_with_link": (None, "/sign-in/link/nobody-was-given-this/"),
    "account_inactive": (None, "/sign-in/closed/"),
    "nothing there": ("Micky Garrod", "/people/nobody/"),
    "a refusal": ("Gary Lisle", "/place/words/"),
}
NOT_A_GOOD_DAY = {"sign_in_with_link": 410, "nothing there": 404, "a refusal": 403}
ANOTHER_NAME = "another name of an address that is looked at"
FILE = "a file or a way out, not a page"
PRESSED = "a button: it has no page of its own"
BEHIND = "stands behind a passkey or a code, which a face does not carry: looked at in accounts/tests"
NO_PAGE = {
    **dict.fromkeys(["sign_in", "sessions", "second_factor", "mfa_list_webauthn"], ANOTHER_NAME),
    **dict.fromkeys(["leave", "one_page_pdf", "place_neighbourhoods_csv"], FILE),
    **dict.fromkeys(["place_neighbourhoods_geojson", "story_upload"], FILE),
    **dict.fromkeys(["circle_gap_filled", "forget_name", "hello_forget", "message_done"], PRESSED),
    **dict.fromkeys(["message_mend", "place_take_back", "steward_agree_same", "steward_full_house"], PRESSED),
    **dict.fromkeys(["steward_undo_same", "story_bring_back", "story_put_away"], PRESSED),
    **dict.fromkeys(["take_back_sign_in_link", "mfa_login_webauthn"], PRESSED),
    **dict.fromkeys(["easy_read_always", "set_language"], PRESSED),
    "easy_read_picture": FILE,
    **dict.fromkeys(["health", "metrics"], "for a machine that watches, in a word or in numbers"),
    **dict.fromkeys(["manifest", "service_worker", "calendar_feed", "offline_whose"], FILE),
    **dict.fromkeys(["my_say", "my_walk"], ANOTHER_NAME),
    **dict.fromkeys(
        ["arc_draw", "arc_hide", "arc_leave_out", "arc_put_away", "arc_say", "arc_show"], PRESSED
    ),
    **dict.fromkeys(["arc_take_back", "end_calendar", "have_room", "here_after_all"], PRESSED),
    **dict.fromkeys(["life_map_again", "life_map_off", "life_map_put", "life_map_show"], PRESSED),
    **dict.fromkeys(["moment_answer_draft", "moment_draft", "moment_draft_drop"], PRESSED),
    **dict.fromkeys(["offline_moments", "offline_open", "offline_people", "people_know_someone"], PRESSED),
    **dict.fromkeys(["quick_thing_done", "quick_thing_let_go", "say_full", "say_so_confirm"], PRESSED),
    **dict.fromkeys(["straight_end", "walk_come_back"], PRESSED),
    **dict.fromkeys(["opening_close", "opening_review", "opening_say", "opening_told"], PRESSED),
    **dict.fromkeys(["account_reauthenticate", "mfa_authenticate", "mfa_deactivate_totp"], BEHIND),
    **dict.fromkeys(["mfa_generate_recovery_codes", "mfa_reauthenticate"], BEHIND),
    **dict.fromkeys(["mfa_reauthenticate_webauthn", "mfa_remove_webauthn"], BEHIND),
}
NAMES = sorted({page.name for page in crawl.pages() if page.name} - set(NO_PAGE) | {*TYPED, TALKED_ABOUT})

LOUD = {"error", "warning"}  # a hint from the browser's makers is neither
GOOD = {200, 304}  # there, or still as it was a minute ago

# Each gives the faults of the page it runs in, as sentences.
HAS_ITS_FRAME = """() => [
  ...(document.querySelectorAll('h1').length === 1 ? [] : [`${document.querySelectorAll('h1').length} h1`]),
  ...(document.documentElement.lang ? [] : ['no language']),
  ...(document.title.trim() ? [] : ['no title'])]"""
NAMELESS = """() => [...[...document.querySelectorAll('input, select, textarea')]
  .filter(one => one.type !== 'hidden' && !one.getAttribute('aria-label') && !one.getAttribute('aria-labelledby'))
  .filter(one => ![...one.labels].some(label => label.textContent.trim()))
  .map(one => `nothing says what ${one.name || one.outerHTML.slice(0, 60)} is`),
  ...[...document.querySelectorAll('label')].filter(one => !one.control)
    .map(one => `“${one.textContent.trim()}” asks for something that is not there`)]"""
ON_PAPER = """() => [
  ...[...document.querySelectorAll('.leave, .skip')].filter(one => one.checkVisibility())
    .map(one => `${one.className} is printed`),
  ...[...document.querySelectorAll('h1')].filter(one => !one.checkVisibility()).map(() => 'the h1 is not printed'),
  ...(document.querySelector('main').innerText.trim() ? [] : ['nothing is printed'])]"""
ASKED = """() => [...document.querySelectorAll('main form')].map(form => [...form.elements]
  .filter(one => one.name && one.type !== 'hidden').map(one => one.name).join(' ')).sort()"""
SENDABLE = """() => [...document.querySelectorAll('main form')]
  .filter(form => !form.querySelector('button:not([type=button]), input[type=submit]'))
  .map(form => `nothing sends the form ${form.outerHTML.slice(0, 60)}`)"""


def starts_for(walkers: Walkers) -> dict[str | None, list[str]]:
    """What some pages are about: a hello, a why asked, whose pages somebody opened. Gives where walks begin."""
    walkers[None].sends("/hello/", words="Is this the place?")
    micky, steward = walkers["Micky Garrod"], walkers["Denise Armstrong"]
    bev, whose = walkers["Bev Ormerod"], "/place/looking-after/looks/"
    # The latest look at his page is hers, whoever looked before, so it is hers to say why.
    bev.asks(page_of(micky))
    micky.sends(micky.finds("/why/", micky.finds("/who-looked/", "/me/")), words="What for?")
    somebody_who_serves = steward.finds("/people/[0-9a-f]", "/place/looking-after/people/?q=Bev")
    asked = steward.sends(
        steward.finds("/looks/of/", f"{whose}?q=Bev"), why="Somebody knew too much."
    ).address
    more = [somebody_who_serves, whose, asked]
    return STARTS | {"Denise Armstrong": [*STARTS["Denise Armstrong"], *more]}


@pytest.fixture(scope="session")
def found(tynebank: str) -> Found:
    """Where each page is, and who can open it."""
    walkers, reached = Walkers(tynebank), Found()
    for name, starts in starts_for(walkers).items():
        walk(walkers[name], starts, reached)
    for walker, address in for_a_while(walkers):
        page = name_of(address)
        reached.pages[TALKED_ABOUT if page == "walk" else page] = (walker, address)
    for page, (name, address) in TYPED.items():
        reached.pages[page] = (walkers[name], address)
    return reached


Windows = Callable[[Walker, bool], Page]


@pytest.fixture(scope="module")
def windows(chromium: Browser) -> Iterator[Windows]:
    """One window for each person, with scripts and without, used again for each page: opening one takes long."""
    opened: dict[tuple[str | None, bool], Page] = {}

    def window(walker: Walker, script: bool) -> Page:
        key = walker.name, script
        if key not in opened:
            context = chromium.new_context(
                base_url=walker.url, viewport={"width": 320, "height": 640}, java_script_enabled=script
            )
            context.add_cookies(walker.for_a_browser())
            opened[key] = context.new_page()
            if script:
                brings_axe(opened[key])
        return opened[key]

    yield window
    leave_all(chromium)


@contextmanager
def listened_to(page: Page, allowed: int) -> Iterator[list[str]]:
    """What the browser complains of meanwhile: errors, warnings, what the page's policy forbids."""
    said: list[str] = []
    ears: dict[str, Callable[..., None]] = {
        "pageerror": lambda error: said.append(f"the page broke: {error}"),
        "console": lambda line: said.append(f"the console: {line.text}") if line.type in LOUD else None,
        "response": lambda one: (
            said.append(f"{one.status} for {one.url}") if one.status not in GOOD | {allowed} else None
        ),
    }
    for event, hears in ears.items():
        page.on(event, hears)  # type: ignore[call-overload]
    yield said
    for event, hears in ears.items():
        page.remove_listener(event, hears)


def faults_in(page: Page, address: str, status: int) -> list[str]:
    """Everything that is wrong with a page for somebody who has a script and a narrow screen, and on paper."""
    page.emulate_media(media="screen")
    with listened_to(page, status) as said:
        answer = page.goto(address)
    assert answer is not None
    faults = [] if answer.status == status else [f"it answers {answer.status}"]
    faults += [line for line in said if not (status != 200 and "Failed to load resource" in line)]
    faults += [*page.evaluate(HAS_ITS_FRAME), *page.evaluate(NAMELESS), *page.evaluate(SENDABLE)]
    faults += [f"{wide} pixels sideways" for wide in [too_wide(page)] if wide]
    faults += [found for found in [axe(page)] if found]
    page.emulate_media(media="print")
    return faults + list(page.evaluate(ON_PAPER))


def without_a_script(page: Page, address: str, heading: str, asked: list[str]) -> list[str]:
    """What is missing where no script runs: the heading, or a form and what it asks."""
    page.goto(address)
    faults = [] if page.locator("h1").first.inner_text() == heading else ["another heading"]
    here = page.evaluate(ASKED)
    return faults if here == asked else [*faults, f"without a script it asks {here}, with one {asked}"]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_good_for_everybody(found: Found, windows: Windows, name: str) -> None:
    assert name in found.pages, f"No link leads to {name}: give it one, or a line in TYPED or NO_PAGE"
    walker, address = found.pages[name]
    page, plain = windows(walker, True), windows(walker, False)
    faults = faults_in(page, address, NOT_A_GOOD_DAY.get(name, 200))
    heading, asked = page.locator("h1").first.inner_text(), page.evaluate(ASKED)
    faults += without_a_script(plain, address, heading, asked)
    assert faults == [], f"{address}, as {walker.name or 'a stranger'}"


def test_what_is_said_to_be_no_page_is_none(found: Found) -> None:
    named = {page.name for page in crawl.pages()}
    gone = [name for name in NO_PAGE if name not in named]
    assert [name for name in NO_PAGE if name in found.pages and NO_PAGE[name] != ANOTHER_NAME] == []
    assert gone == []
