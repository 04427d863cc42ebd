"""With the keys alone: Tab to move, Enter and Space to do, arrows between two answers; the eye can follow."""

import pytest

from tests.system.conftest import Visits

pytestmark = pytest.mark.browser
SAID = "Lacey got her badge. I was the only dad who stayed."


def test_a_resident_says_something_narrows_who_it_is_for_and_takes_back_a_say_so(visits: Visits) -> None:
    micky = visits("Micky Garrod")
    micky.tabs_to("Add to my story").goes_by("Enter")
    micky.sees("What matters to you?").tabs_to("What matters to you?").says(SAID)
    micky.tabs_to("Keep these words").goes_by("Enter")
    micky.sees(SAID).tabs_to(SAID[:15]).goes_by("Enter")
    micky.tabs_to("Who is it for?").goes_by("Enter")
    micky.sees("That is who it is for").tabs_to("Me, and whoever walks with me").types(
        "ArrowDown", "ArrowDown"
    )
    micky.tabs_to("That is who it is for").goes_by("Enter")
    micky.sees("Only for you.")

    micky.tabs_to("My page").goes_by("Enter")
    micky.tabs_to("Who may read my page").goes_by("Enter")
    micky.sees("You decide.").tabs_to("Take it back from Sunita Rao").goes_by("Enter")
    micky.sees("From the moment you press").tabs_to("Take it back").goes_by("Space")
    micky.sees("cannot read it any more", "Taken back")


def test_the_first_tab_skips_to_the_words(visits: Visits) -> None:
    micky = visits("Micky Garrod").opens("/me/")
    micky.tabs_to("Skip to the words on this page", within=1).types("Enter")
    assert micky.page.evaluate("document.activeElement.id") == "main"
