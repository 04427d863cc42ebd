"""Callum's own bairn comes: three meetings of three, and Trace chooses who walks on with her and Bruno (I7, I32)."""

import pytest

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
WHY = "My own bairn comes in the spring. Somebody has to be there for you and Bruno."
MEETINGS = [
    "At the arches, where it began. Bruno knows Jodie already.",
    "In Trace's own kitchen. What Jodie must never ask.",
    "The three of us and the van to the vet. Trace did the talking.",
]
CHOSEN = "Jodie. She's been where I've been."


def test_trace_chooses_jodie_in_her_own_words(comes: Visits) -> None:
    callum, trace, jodie = comes("Callum Reay"), comes("Tracey Hallam"), comes("Jodie Laws")
    hers = trace.finds_link("All of my story").removesuffix("story/")
    he_says_that_somebody_else_may_have_to(callum)
    nothing_changes_by_it(trace)
    the_three_meet_three_times(trace)
    she_chooses(trace)

    jodie.opens("/today/").sees("People I walk with", "Tracey Hallam").follows("Tracey Hallam").sees("Bruno")
    comes("Priya Nair").opens("/today/").sees("You are there when others are not", "Tracey Hallam")
    for page in ("", "story/", "walk/", "moments/", "plan/"):
        assert callum.tries(hers + page) in (403, 404), page
        callum.does_not_see("Bruno", CHOSEN)
    callum.opens("/today/").does_not_see("Tracey Hallam")


def he_says_that_somebody_else_may_have_to(callum: Visitor) -> None:
    callum.follows("Tracey Hallam").follows("The walk, and the two rules").unfolds("Change something")
    callum.follows("Somebody else might walk along").sees("Nothing changes yet.")
    callum.chooses("Jodie Laws").writes(WHY, into="Why?").presses("Talk about it")
    callum.sees("Meet as three now, and then choose.", "You talk about Jodie.")


def nothing_changes_by_it(trace: Visitor) -> None:
    trace.opens("/me/walk/").sees("Walking together.", "Callum", "You talk about Jodie.").follows(
        "How it stands"
    )
    trace.sees(WHY, "Nothing changes until the three of you met and it is chosen.")
    assert trace.main.get_by_role("link", name="I choose").count() == 0, "nobody chooses before they met"


def the_three_meet_three_times(trace: Visitor) -> None:
    for words in MEETINGS:
        trace.opens("/me/walk/").follows("How it stands").follows("The three of us met")
        trace.writes(words, into="How was it?").presses("We met")
        trace.sees("Meet as often as you like before you choose.")
    trace.opens("/me/walk/").follows("How it stands").sees(*MEETINGS)


def she_chooses(trace: Visitor) -> None:
    trace.follows("I choose").sees("Choose Jodie")
    trace.writes(CHOSEN, into="In your own words").chooses("Priya Nair").presses("That is the choice")
    trace.sees("You walk on together.", "Jodie", "Priya")
    trace.follows("My page").sees("walks alongside", "when Jodie is not there")
