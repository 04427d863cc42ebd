"""A moment is kept in under a minute on a phone: who, and words; and no word is lost on the way (I34, F6)."""

import time

import pytest

from tests.system.conftest import Visits

pytestmark = pytest.mark.browser
A_PHONE = 390
WORDS = "Rang the council with him on speaker. He did the talking, start to finish."


def test_a_moment_is_kept_within_a_minute_at_the_size_of_a_phone(visits: Visits) -> None:
    bev = visits("Bev Ormerod", width=A_PHONE)
    began = time.monotonic()
    bev.opens("/moments/new/").follows("Micky")
    bev.main.get_by_label("What happened with Micky?").press_sequentially(WORDS, delay=60)
    bev.presses("Keep it").sees("Kept, just as it was said.", WORDS)
    assert time.monotonic() - began < 60


def test_two_required_things_at_most_are_asked(visits: Visits) -> None:
    bev = visits("Bev Ormerod", width=A_PHONE).opens("/moments/new/").follows("Micky")
    required = bev.main.locator("[required], [aria-required=true]").count()
    assert required <= 2
    assert bev.main.locator("textarea").count() == 1


def test_what_is_being_written_is_kept_and_is_there_after_the_phone_went_dark(visits: Visits) -> None:
    bev = visits("Bev Ormerod", width=A_PHONE).opens("/moments/new/").follows("Micky")
    bev.main.get_by_label("What happened with Micky?").press_sequentially("He said that the van")
    bev.sees("Kept while you write. Only you see it.")
    bev.opens("/moments/new/").follows("Micky")
    box = bev.main.get_by_label("What happened with Micky?")
    assert box.input_value() == "He said that the van"
    box.press("End")
    box.press_sequentially(" is fixed.")
    bev.presses("Keep it").sees("He said that the van is fixed.")
    bev.opens("/moments/new/").follows("Micky")
    assert bev.main.get_by_label("What happened with Micky?").input_value() == ""


def test_kind_and_time_are_one_tap_each(visits: Visits) -> None:
    bev = visits("Bev Ormerod", width=A_PHONE).opens("/moments/new/").follows("Micky")
    bev.writes("Brew by the river.", into="What happened with Micky?")
    bev.chooses("We did something").chooses("Half an hour")
    bev.presses("Keep it").sees("Brew by the river.", "something together", "30 minutes together")


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_moments_scrolls_sideways(visits: Visits, width: int) -> None:
    bev = visits("Bev Ormerod", width=width).opens("/moments/new/").follows("Micky")
    record = bev.address
    for address in (record, record.replace("new/", ""), "/moments/new/", "/me/time-writing/"):
        bev.opens(address)
        assert bev.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_without_a_script_it_is_kept_as_well(visits: Visits) -> None:
    bev = visits("Bev Ormerod", width=A_PHONE, script=False).opens("/moments/new/").follows("Micky")
    bev.writes("No script at all.", into="What happened with Micky?").presses("Keep it")
    bev.sees("Kept, just as it was said.", "No script at all.")
