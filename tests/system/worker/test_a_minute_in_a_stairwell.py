"""Bev in a stairwell, her phone in one hand and no signal: who, and words, in under a minute (F6, I34).

The stopwatch runs as for a thumb: what the phone itself took, and for every tap and every letter what a slow one
takes.
"""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import leave_all
from tests.system.offline.phone import IS_READY
from tests.system.offline.road import Road
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
A_TAP, A_LETTER, A_MINUTE = 2.0, 0.4, 60.0


class Stopwatch:
    """Seconds since it began, with those that a hand takes for what it did."""

    def __init__(self) -> None:
        self.began, self.by_hand = time.monotonic(), 0.0

    def taps(self) -> "Stopwatch":
        """One tap."""
        self.by_hand += A_TAP
        return self

    def types(self, words: str) -> str:
        """These words, with a thumb."""
        self.by_hand += len(words) * A_LETTER
        return words

    @property
    def shows(self) -> float:
        """All of it by now."""
        return time.monotonic() - self.began + self.by_hand


@pytest.fixture
def road(tynebank: str) -> Iterator[Road]:
    with Road(tynebank) as way:
        yield way


@pytest.fixture
def bev(chromium: Browser, road: Road) -> Iterator[Visitor]:
    """In the morning, where there is a signal, she looked at her people as she always does."""
    bev = Visitor(chromium, road.url, width=390).comes_in_as("Bev Ormerod")
    bev.follows("People I walk with").sees("Micky")
    bev.page.wait_for_function(IS_READY)
    yield bev
    leave_all(chromium)


def out_of_the_door(bev: Visitor, road: Road) -> Visitor:
    """The signal is back, and nobody presses anything."""
    road.closed = False
    bev.opens("/offline/")
    expect(bev.page.locator("[data-waiting]")).to_be_hidden(timeout=20_000)
    return bev


def reads_it_on_his_page(bev: Visitor, words: str) -> None:
    bev.opens("/moments/new/").follows("Micky").follows("See what happened before").sees(words)


def test_from_the_home_screen(bev: Visitor, road: Road) -> None:
    words = "Sat on the stairs with Micky. The girls are coming on Saturday."
    bev.opens("/offline/").sees("There is a signal.")
    road.closed = True
    watch = Stopwatch().taps()
    bev.opens("/offline/").sees("No signal. You can write all the same.")
    bev.writes(watch.taps().types("Micky"), into="Who were you with?")
    bev.writes(watch.taps().types(words), into="What happened, in words")
    watch.taps()
    bev.presses("Keep it").sees("Kept on this phone, sealed")
    assert watch.shows < A_MINUTE
    reads_it_on_his_page(out_of_the_door(bev, road), words)


def test_on_his_page_where_the_signal_went_while_she_wrote(bev: Visitor, road: Road) -> None:
    words = "He showed me the letter. We read it twice on the landing."
    bev.opens("/moments/new/")
    watch = Stopwatch().taps()
    bev.follows("Micky").sees("What happened with Micky?")
    road.closed = True
    bev.writes(watch.taps().types(words), into="What happened with Micky?")
    watch.taps()
    bev.presses("Keep it").sees("Kept on this phone, sealed")
    assert watch.shows < A_MINUTE
    reads_it_on_his_page(out_of_the_door(bev, road), words)
