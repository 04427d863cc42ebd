"""Mr Elliott has no screen: what he said is carried to him on paper, and a hello can be said for anybody (I33)."""

import io

import pytest
from pypdf import PdfReader

from tests.system.conftest import Visits
from tests.system.public.test_hello import four_words, who_has_room

pytestmark = pytest.mark.browser
AT_THE_COUNTER = "My gas is off and I don't do forms."


def test_bev_opens_the_brief_before_a_visit_and_prints_it(visits: Visits) -> None:
    bev = visits("Bev Ormerod").follows("People I walk with").follows("George Elliott")
    bev.follows("Before a visit").sees("Maureen's piano", "Forty-one years a fitter", "Landline, ring long")
    on_paper = PdfReader(io.BytesIO(bev.page.pdf(format="A4")))
    words = " ".join(" ".join(sheet.extract_text() for sheet in on_paper.pages).split())
    assert len(on_paper.pages) == 1
    assert "Maureen's piano" in words
    assert "Landline, ring long" in words
    assert "Leave quickly" not in words


def test_one_page_about_him_comes_as_a_file_to_print_large(visits: Visits) -> None:
    bev = visits("Bev Ormerod").follows("People I walk with").follows("George Elliott")
    bev.follows("One page about them")
    answer = bev.context.request.get(bev.address.rstrip("/") + ".pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert "piano" in PdfReader(io.BytesIO(answer.body())).pages[0].extract_text()


def test_a_helper_says_hello_for_somebody_at_the_counter_who_later_reads_the_answer(visits: Visits) -> None:
    helper = visits("Ruth Collier", width=1280).follows("Hellos").follows("Write one down for somebody")
    helper.writes(AT_THE_COUNTER, into="What did they say?").presses("Say hello for them")
    helper.sees(AT_THE_COUNTER)
    name, key = who_has_room(helper), four_words(helper)

    worker = visits(name, width=1280).follows("Hellos").follows_beside(AT_THE_COUNTER)
    worker.sees("Ruth").writes("I rang them. Somebody comes at two today.", into="Your answer")
    worker.presses("Answer")

    at_home = visits().opens("/hello/come-back/")
    at_home.writes(key, into="What are your four words?").presses("Open my hello")
    at_home.sees("Somebody comes at two today.", AT_THE_COUNTER)
