"""A browser at the door of a house that is really open: a live server on a database of the test's own.

Use the fixture `house` in a test marked `browser`; it stands on `committed`, so what a page writes is there
for the next one:

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
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
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
    )
]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}


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


def axe(page: Page) -> str:
    """What the rules of accessibility find on this page; "" when nothing."""
    found = Axe().run(page, options=RULES)
    return str(found.generate_report()) if found.violations_count else ""


def too_wide(page: Page) -> int:
    """How many pixels this page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(0, int(width))


@pytest.fixture
def house(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A live server, and chromium; both gone at the end."""
    # Playwright keeps a loop in this thread; the statements of a test are ordinary ones all the same.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        with sync_playwright() as playwright:
            # Inside its loop this thread has connections of their own, which nobody else closes.
            connections.close_all()
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            yield House(f"http://127.0.0.1:{server.port}", browser)
            browser.close()
            connections.close_all()
    finally:
        server.terminate()
