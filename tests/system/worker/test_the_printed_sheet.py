"""A day without a screen: the plan on one sheet, talked through at a table, and typed in by a helper (I33)."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
BY_HAND = "Ask the band for the small tuba"
PROMISED = "Bring the beans over"
SAID = "The sheet's all right. I crossed out the bit about the bus."


def test_a_day_is_talked_through_on_paper_and_typed_in(visits: Visits) -> None:
    bev = visits("Bev Ormerod")
    bev.follows("People I walk with").follows("George Elliott").follows("plan")
    his_plan = bev.address
    bev.follows("On paper, to talk through")
    it_is_one_sheet_with_room_for_a_hand(bev)
    bev.follows("Back")

    bev.follows("Add something").writes(BY_HAND, into="What would Mr Elliott like to do").chooses(
        "Mr Elliott does it"
    )
    bev.presses("Put it on the plan").sees(BY_HAND)
    bev.follows("Write down a promise").writes(PROMISED, into="What will be done?").chooses("Mr Elliott")
    bev.presses("Keep this promise").sees(PROMISED)
    bev.opens("/moments/new/").follows("Elliott").writes(SAID, into="What happened with Mr Elliott?")
    bev.chooses("Mr Elliott said this").presses("Keep it").sees(SAID)
    what_was_written_by_hand_is_his(visits("George Elliott"))
    bev.opens(f"{his_plan}paper/").sees(BY_HAND, PROMISED)


def it_is_one_sheet_with_room_for_a_hand(bev: Visitor) -> None:
    page = bev.page
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(page.get_by_text("Leave quickly")).to_be_hidden()
    assert page.locator(".by-hand__line:visible").count() == 8
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    assert len(sheets) == 1
    for said in (
        "By Mr Elliott",
        "By Mr Elliott, with help",
        "For Mr Elliott",
        "To Mr Elliott",
        "The band's concert.",
    ):
        assert said in words
    assert "in 4 days" not in words, "a sheet is read tomorrow, too"
    page.emulate_media(media="screen")


def what_was_written_by_hand_is_his(george: Visitor) -> None:
    george.sees(BY_HAND).follows("What I said I would do").sees(PROMISED)
    george.opens("/me/").follows("What happened, as it was said").sees(SAID, "written down by Bev")
