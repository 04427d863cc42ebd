"""Everybody reads who opened their page and why, may ask why, and is answered by a human (I17, R23)."""

import pytest

from tests.system.conftest import Visits

pytestmark = pytest.mark.browser


def test_the_man_of_the_van_reads_who_looked_and_why(visits: Visits) -> None:
    micky = visits("Micky Garrod").follows("Who looked at my page")
    micky.sees("Ruth Collier", "covering Bev's leave")
    micky.sees("Moira Dent", "pulled in for money", "Bev Ormerod", "reaching out, to ask how things are")


def test_he_asks_why_and_the_answer_reaches_him_from_the_one_who_looked(visits: Visits) -> None:
    micky = visits("Micky Garrod").follows("Who looked at my page").follows("Ask why Moira Dent")
    micky.writes("What did the council want with my money?", into="Do you want to say more?")
    micky.presses("Ask why").sees("Moira was asked to answer you")

    moira = visits("Moira Dent", width=1280).opens("/messages/")
    moira.sees("Micky asks why you opened their page").follows("Open it")
    moira.sees("What did the council want with my money?").writes(
        "To stop the bailiff. I read the one line about the arrears.", into="Why did you look?"
    )
    moira.presses("Answer").sees("Your answer stands beside the look now.")

    micky.follows("My page").follows("Who looked at my page").follows("Ask why Moira Dent")
    micky.sees("To stop the bailiff. I read the one line about the arrears.", "Moira")


def test_a_look_made_now_stands_in_his_list_when_he_opens_it(visits: Visits) -> None:
    visits("Bev Ormerod", width=1280).follows("People I walk with").follows("Micky Garrod").sees("My girls")
    micky = visits("Micky Garrod").follows("Who looked at my page")
    assert micky.reads().index("Bev Ormerod") < micky.reads().index("Ruth Collier")
    micky.sees("walking with me")
