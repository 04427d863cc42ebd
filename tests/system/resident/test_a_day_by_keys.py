"""A resident's whole day with the keys alone, on the narrowest screen: Tab, Enter, Space, and the eye can follow."""

import pytest

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
SAID = "Bruno ate. Half a tin."
ANSWERED = "Thirty-one of them, and not one left a bean."
LIGHT = "A bulb for the yard."
PICKED = "Two carrier bags. He says I'm slow."


@pytest.fixture
def trace(visits: Visits) -> Visitor:
    """Trace, on a screen 320 pixels wide."""
    return visits("Tracey Hallam", width=320)


def test_who_comes_what_i_say_and_what_i_answer(trace: Visitor) -> None:
    trace.sees("Who is coming", "Jodie", "A flask, and round the reservoir")
    trace.tabs_to("A flask, and round the reservoir").goes_by("Enter")
    trace.sees("your door").tabs_to("Back to the plan").goes_by("Enter")
    trace.tabs_to("My page").goes_by("Enter")

    trace.tabs_to("Say something").goes_by("Enter")
    trace.tabs_to("What would you like to say?").says(SAID).tabs_to("Keep it").goes_by("Enter")
    trace.sees("Kept, just as it was said.", SAID).tabs_to("Cooked for thirty-one").goes_by("Enter")
    trace.tabs_to("Answer").goes_by("Enter")
    trace.tabs_to("What do you say to it?").says(ANSWERED).tabs_to("Answer").goes_by("Space")
    trace.sees(ANSWERED)
    nothing_is_wider_than_the_screen(trace)


def test_a_promise_is_kept_and_a_quick_thing_is_added_and_done(trace: Visitor) -> None:
    trace.tabs_to("What I said I would do").goes_by("Enter")
    trace.tabs_to("Wilf's beans.").goes_by("Enter")
    trace.tabs_to("It was kept").types("Space").tabs_to("Say how it went").says(PICKED)
    trace.tabs_to("Keep these words").goes_by("Enter")
    trace.sees("Kept, as you said it.", PICKED).tabs_to("My page").goes_by("Enter")

    trace.tabs_to("All of my plan").goes_by("Enter")
    trace.tabs_to("Add a quick thing").goes_by("Enter")
    trace.tabs_to("What needs doing soon?").says(LIGHT).tabs_to("Put it on the list").goes_by("Enter")
    trace.sees("It is on the list.", LIGHT).tabs_to("Done").goes_by("Space")
    trace.sees("Nothing to do this week.")
    nothing_is_wider_than_the_screen(trace)


def test_a_say_so_is_taken_back_a_walk_rests_and_comes_back_and_she_signs_out(trace: Visitor) -> None:
    trace.tabs_to("Who may read my page").goes_by("Enter")
    trace.tabs_to("Take it back from Ann Bewick").goes_by("Enter")
    trace.tabs_to("Take it back").goes_by("Space")
    trace.sees("Ann cannot read it any more").tabs_to("My page").goes_by("Enter")

    trace.tabs_to("More about it, and what I can say").goes_by("Enter")
    trace.tabs_to("Change something").types("Enter").tabs_to("Let it rest for a while").goes_by("Enter")
    trace.tabs_to("Wilf").types("Space").tabs_to("Let it rest").goes_by("Enter")
    trace.sees("It rests now.", "Who carries on meanwhile", "Wilf")
    trace.tabs_to("My page").goes_by("Enter")
    trace.sees("Resting. Come back whenever you like").tabs_to("Come back").goes_by("Enter")
    trace.sees("You walk together again.", "Jodie")
    nothing_is_wider_than_the_screen(trace)

    trace.tabs_to("Sign out").goes_by("Enter")
    trace.opens("/me/")
    assert trace.address.startswith("/sign-in/"), "nothing of hers is left on the screen"


def nothing_is_wider_than_the_screen(visitor: Visitor) -> None:
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), visitor.address
