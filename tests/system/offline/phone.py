"""A phone with a disk: it can be killed at any moment, and what it wrote can be read by a stranger."""

import os
import signal
import time
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import CHROMIUM, FLAGS
from tests.cast import sign_in

PATIENCE = 20_000
# With its own clock that many hours wrong, a phone's browser is told the time by this.
SKEW = """(() => { const real = Date, off = %d; const Skewed = class extends real {
  constructor(...given) { if (given.length) super(...given); else super(real.now() + off) }
  static now() { return real.now() + off } }; globalThis.Date = Skewed })()"""


# Resolves once the service worker is there and hears what this page asks. To be waited for, and not for ever.
IS_READY = """navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ||
  new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done))).then(() => true)"""

SENDS = """() => new Promise((done) => { const { port1, port2 } = new MessageChannel()
  port1.onmessage = done
  navigator.serviceWorker.controller.postMessage({ ask: 'send' }, [port2]) })"""


class Phone:
    """One browser with a folder of its own on the disk."""

    def __init__(self, browser: Browser, url: str, folder: Path, *, skew_hours: float = 0) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.skew_ms = int(skew_hours * 3_600_000)
        self.context: BrowserContext
        self.page: Page
        self.switches_on()

    def switches_on(self) -> None:
        """Open the browser, with what lies on its disk from before."""
        self.context = self.browser.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=str(CHROMIUM),
            args=[*FLAGS, "--disable-features=Translate"],
            viewport={"width": 390, "height": 844},
            base_url=self.url,
            locale="en-GB",
        )
        self.on = True
        self.context.set_default_timeout(PATIENCE)
        if self.skew_ms:
            self.context.add_init_script(SKEW % self.skew_ms)
        self.trouble: list[str] = []
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        # A fault in a script of ours is never part of a test.
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def signs_in(self, whoever: Any) -> None:
        """Come in as somebody, both factors shown."""
        client = Client()
        sign_in(client, whoever)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        # Kept over a restart, as the house's own cookie is.
        later = time.time() + settings.SESSION_COOKIE_AGE
        cookie: Any = {
            "name": settings.SESSION_COOKIE_NAME, "value": key, "url": self.url, "expires": later, "httpOnly": True
        }  # fmt: skip
        self.context.add_cookies([cookie])

    def is_made_ready(self) -> None:
        """Open the page once where there is a signal: its parts and its key are on the phone then."""
        self.page.goto("/offline/")
        self.page.wait_for_function(IS_READY)
        expect(self.page.locator("form[data-moment]")).to_be_visible()

    def writes(self, who: str, words: str) -> None:
        """Fill in a moment, and do not keep it yet."""
        self.page.get_by_label("Who were you with?").fill(who)
        self.page.get_by_label("What happened, in words").fill(words)

    def keeps(self, who: str, words: str) -> None:
        """Write a moment and have it kept."""
        before = self.kept_ever()
        self.writes(who, words)
        self.page.get_by_role("button", name="Keep it").click()
        self.page.wait_for_function("(before) => window.keptEver > before", arg=before)

    def kept_ever(self) -> int:
        """How many moments this page has kept since it was opened."""
        return int(self.page.evaluate("window.keptEver || 0"))

    def waiting(self) -> list[dict[str, Any]]:
        """What lies in the queue, as the browser itself reads it."""
        found: list[dict[str, Any]] = self.page.evaluate(
            """() => new Promise((done, fail) => { const asked = indexedDB.open('alongside')
            asked.onerror = () => fail(asked.error)
            asked.onsuccess = () => { const db = asked.result
              const all = db.transaction('waiting').objectStore('waiting').getAll()
              all.onsuccess = () => { db.close(); done(all.result) } } })"""
        )
        return found

    def own(self) -> list[str]:
        """What else is kept: whose phone it is, today's people, the choice to take them along; [] where nothing is."""
        found: list[str] = self.page.evaluate(
            """async () => { const there = await indexedDB.databases()
            if (!there.some((each) => each.name === 'alongside')) return []
            return new Promise((done, fail) => { const asked = indexedDB.open('alongside')
              asked.onerror = () => fail(asked.error)
              asked.onsuccess = () => { const db = asked.result
                const all = db.transaction('own').objectStore('own').getAllKeys()
                all.onsuccess = () => { db.close(); done(all.result) } } }) }"""
        )
        return sorted(found)

    def sends(self) -> None:
        """Send what waits, and be told when that is over; also a sending that was under way."""
        self.page.evaluate(SENDS)

    def lives_on(self, *, hours: float) -> None:
        """From the next page on, it is that much later, as far as this phone knows."""
        self.context.add_init_script(SKEW % int(hours * 3_600_000))

    def is_killed(self) -> None:
        """Take the power away: every process of this browser, at once."""
        mine = [process for process in psutil.process_iter(["cmdline"]) if self._is_mine(process)]
        for process in mine:
            try:
                os.kill(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        psutil.wait_procs(mine, timeout=10)
        self.on = False

    def _is_mine(self, process: psutil.Process) -> bool:
        return any(part == f"--user-data-dir={self.folder}" for part in process.info["cmdline"] or [])

    def is_switched_off(self) -> None:
        """Close the browser in good order."""
        if self.on:
            self.context.close()
        self.on = False

    def on_disk(self, canary: str) -> list[str]:
        """The files of this phone that hold a text, in any of the ways a browser writes one down."""
        ways = [canary.encode(how) for how in ("utf-8", "utf-16-le", "utf-16-be")]
        return [
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and any(way in path.read_bytes() for way in ways)
        ]
