"""One browser for every test that looks: `chromium`, alive as long as a module of tests.

It never outlives its module: playwright keeps a loop running in the thread it was started in, and two of them,
or a test of jobs beside one, cannot live in one thread.

Use the fixture `house` in a test marked `browser` for a house that is really open: a live server that stands
on `committed`, so what a page writes is there for the next one:

    def test_…(house):
        page = house.page(person, width=320)
        page.goto(house / "me/")
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page, sync_playwright

from tests.cast import sign_in

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    f"--{flag}"
    for flag in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
        # A voice note is recorded with a microphone that hums, and nobody has to say yes to it.
        "use-fake-device-for-media-stream",
        "use-fake-ui-for-media-stream",
    )
]
# Every rule is tried; what was in order is not told at length, which takes longer than looking.
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}


def missing(reason: str) -> None:
    """Skip with the line to copy; where CI is set, fail instead."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser, or the line that brings one."""
    if not CHROMIUM.exists():
        missing("No browser to look with: sudo apt-get install chromium")
    if not find("build/alongside.css"):
        missing("The look is not built: run make setup")
    # Playwright keeps a loop in this thread; the statements of a test are ordinary ones all the same.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            yield browser
            browser.close()


class House:
    """An open house, and a browser to visit it with."""

    def __init__(self, url: str, browser: Browser) -> None:
        self.url, self.browser = url, browser

    def __truediv__(self, address: str) -> str:
        """An address of this house: `house / "me/"` or `house / reverse(…)`."""
        return f"{self.url}/{address.lstrip('/')}"

    def page(self, whoever: Any = None, *, width: int = 390, script: bool = True) -> Page:
        """A new browser of somebody's own: signed in, or a stranger's."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=script
        )
        if whoever is not None:
            client = Client()
            sign_in(client, whoever)
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url}])
        return context.new_page()


def brings_axe(page: Page) -> None:
    """From now on every page opened in this window has the rules with it: they are not sent again each time."""
    page.add_init_script(Axe().axe_script)


def axe(page: Page) -> str:
    """What the rules of accessibility find on this page; "" when nothing."""
    rules = Axe("null") if page.evaluate("'axe' in window") else Axe()
    found = rules.run(page, options=RULES)
    return str(found.generate_report()) if found.violations_count else ""


def too_wide(page: Page) -> int:
    """How many pixels this page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(0, int(width))


def leave_all(browser: Browser) -> None:
    """Close every window that a test left open."""
    for context in browser.contexts:
        context.close()


@pytest.fixture
def house(chromium: Browser, committed: Any) -> Iterator[House]:
    """A live server and a browser; the server is gone at the end, and so is every window."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield House(f"http://127.0.0.1:{server.port}", chromium)
        leave_all(chromium)
    finally:
        server.terminate()
