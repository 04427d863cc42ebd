"""Somebody at a browser, so that a test reads as what they do: `trace.follows("Who may read my page")`."""

import re
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

SLOW_MACHINE = 15_000


class Visitor:
    """One person with one window. Everything waits for the page, and fails with what was looked for."""

    def __init__(self, browser: Browser, url: str, *, width: int = 390, script: bool = True) -> None:
        self.url = url
        self.context = browser.new_context(
            base_url=url, viewport={"width": width, "height": 844}, java_script_enabled=script
        )
        self.context.set_default_timeout(SLOW_MACHINE)
        self.page: Page = self.context.new_page()

    # ------------------------------------------------------------ going about

    def comes_in_as(self, name: str) -> "Visitor":
        """Signs in by picking a face."""
        self.opens("/sign-in/faces/")
        return self.presses(name)

    def opens(self, address: str) -> "Visitor":
        """Goes to an address, typed or remembered."""
        self.page.goto(address)
        return self

    def tries(self, address: str) -> int:
        """Goes to an address; what the house answers, as a number."""
        answer = self.page.goto(address)
        assert answer is not None
        return answer.status

    def follows(self, name: str) -> "Visitor":
        """Follows the first link whose words hold these."""
        self._named("link", name).first.click()
        return self

    def follows_beside(self, words: str) -> "Visitor":
        """Follows the link in the piece of a list that says these words."""
        self.main.locator("li").filter(has_text=words).get_by_role("link").first.click()
        return self

    def presses(self, name: str) -> "Visitor":
        """Presses the button of that name."""
        self.main.get_by_role("button", name=name, exact=True).first.click()
        return self

    def unfolds(self, name: str) -> "Visitor":
        """Opens something folded away."""
        self.main.locator("summary").filter(has_text=name).first.click()
        return self

    def goes_back(self) -> "Visitor":
        """The browser's own way back."""
        self.page.go_back()
        return self

    # ---------------------------------------------------------------- writing

    def writes(self, words: str, into: str) -> "Visitor":
        """Writes into the field of that name."""
        self.main.get_by_label(into).first.fill(words)
        return self

    def chooses(self, label: str) -> "Visitor":
        """Ticks what is offered under these words."""
        self.main.get_by_label(label).first.check()
        return self

    # ---------------------------------------------------------------- reading

    @property
    def main(self) -> Locator:
        """The words of the page, without what is around every page."""
        return self.page.locator("main")

    @property
    def address(self) -> str:
        """Where they are, without the house's own part."""
        return self.page.url.removeprefix(self.url)

    @property
    def heading(self) -> str:
        """The one heading of the page."""
        return self.page.locator("h1").inner_text()

    def reads(self) -> str:
        """Everything a reader sees on the page, blanks made single."""
        return " ".join(self.main.inner_text().split())

    def sees(self, *words: str) -> "Visitor":
        """Each of these stands on the page, in view of a reader."""
        for said in words:
            expect(self.main).to_contain_text(said, use_inner_text=True, timeout=SLOW_MACHINE)
        return self

    def does_not_see(self, *words: str) -> "Visitor":
        """None of these is anywhere in what was sent, seen or unseen."""
        sent = self.page.content()
        for said in words:
            assert said not in sent, f"{said!r} stands at {self.address}"
        return self

    def finds_link(self, name: str) -> str:
        """Where a link leads."""
        return str(self._named("link", name).first.get_attribute("href"))

    def _named(self, role: Any, name: str) -> Locator:
        return self.page.get_by_role(role, name=re.compile(re.escape(name)))

    # --------------------------------------------------------------- keyboard

    def tabs_to(self, name: str, *, within: int = 150) -> "Visitor":
        """Presses Tab until what these words name has the focus, and checks that an eye can see that it has."""
        for _step in range(within):
            self.page.keyboard.press("Tab")
            if name in " ".join(str(self.page.evaluate(NAME_OF_FOCUSED)).split()):
                self._focus_shows(name)
                return self
        raise AssertionError(f"{within} times Tab do not reach {name!r} at {self.address}")

    def _focus_shows(self, name: str) -> None:
        """It is drawn, and in view; where the page scrolls to it softly, within a second."""
        for _moment in range(20):
            if self.page.evaluate(FOCUS_SHOWS):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"The focus on {name!r} at {self.address} cannot be seen")

    def types(self, *keys: str) -> "Visitor":
        """Presses keys, each by its name."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def goes_by(self, key: str) -> "Visitor":
        """Presses a key that leads to another page, and is there."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        return self

    def says(self, words: str) -> "Visitor":
        """Types words where the focus is."""
        self.page.keyboard.type(words)
        return self


NAME_OF_FOCUSED = """() => { const at = document.activeElement
  if (at === document.body) return ''
  return [...(at.labels ?? [])].map(label => label.innerText).join(' ') || at.innerText || '' }"""
# An outline, or a shadow, colour or border that was not there before: whatever draws the eye, on it or its label.
FOCUS_SHOWS = """() => { const at = document.activeElement
  const drawn = style => [style.outlineStyle === 'none' ? '' : style.outline,
    style.boxShadow, style.backgroundColor, style.border]
  const look = () => [at, ...(at.labels ?? [])].flatMap(one =>
    ['', '::before', '::after'].flatMap(part => drawn(getComputedStyle(one, part)))).join()
  const box = at.getBoundingClientRect()
  const inView = box.bottom > 0 && box.top < innerHeight
  const focused = look(); at.blur(); const plain = look(); at.focus({ preventScroll: true })
  return inView && focused !== plain }"""
