"""What the law makes somebody do is told to Kayleigh's face, stands first on her page, and is hers to question (I1)."""

import pytest

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
WHY = "The hospital saw missed scans and bruises on Kayleigh's arm and must tell us; we must look."
HER_WORDS = "She told us to my face what she had to do and why."
ASKED = "Nobody asked me about the scans. It's the corridor."


def test_kayleigh_is_told_reads_it_before_anything_else_and_questions_it(comes: Visits) -> None:
    kayleigh, megan = comes("Kayleigh Stott", width=320), comes("Megan Ashby")
    it_stands_before_anything_else(kayleigh, "Not told face to face yet, to be told by: tomorrow.")
    megan_tells_her(megan)
    it_stands_before_anything_else(kayleigh.opens("/me/"), "You were told: today.")
    she_reads_all_of_it(kayleigh)
    she_questions_it(kayleigh)
    megan.opens("/messages/").sees("Somebody asks about a duty", ASKED)


def megan_tells_her(megan: Visitor) -> None:
    megan.follows("Everyone whose page is open to you").follows("Kayleigh Stott").follows("The plan")
    megan.sees(WHY).follows("All of it, and what would make it stop").follows("They were told")
    megan.writes(HER_WORDS, into="What did they say?").presses("They were told").sees(
        "they were told today", HER_WORDS
    )


def it_stands_before_anything_else(kayleigh: Visitor, told: str) -> None:
    kayleigh.sees("The law makes somebody do this", WHY, "Megan does it.", "Children Act 1989 s.47", told)
    first = kayleigh.main.locator("h2").first
    assert first.inner_text() == "The law makes somebody do this"
    box = first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 844, "read without scrolling, on the smallest phone"
    kayleigh.follows("My plan").sees(WHY)
    assert kayleigh.main.locator("h2").first.inner_text() == "The law makes somebody do this"
    kayleigh.goes_back()


def she_reads_all_of_it(kayleigh: Visitor) -> None:
    kayleigh.follows("All of it, and what would make it stop").sees("What the law makes us do, and why", WHY)
    kayleigh.sees(
        "Enquiry into whether the baby might be at risk of significant harm", "Who does it", "Megan"
    )
    kayleigh.sees("What would make it stop", "know how the baby will be safe")
    kayleigh.sees("How you can question it", "free advocate", "The law", "Children Act 1989 s.47")
    kayleigh.sees("When it was told", HER_WORDS)


def she_questions_it(kayleigh: Visitor) -> None:
    kayleigh.follows("Ask about it").writes(ASKED, into="What would you like to ask, or say?").presses("Ask")
    kayleigh.sees("Megan has your words and answers you.", ASKED)
