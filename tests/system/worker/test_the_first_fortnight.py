"""The first fortnight of the van, as Bev and Micky do it, each on a phone: nobody fills in a form (I5, I6, I34)."""

import pytest

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
OFFER = "Nobody's in trouble. If you like I'll come round, and keep coming."
POST = "Opened 43 envelopes. 26 were adverts."
VAN = "Get the van through its MOT"
PASSED = "Passed. Got the ladders back on."


def test_the_first_fortnight_of_the_van(comes: Visits) -> None:
    bev, micky = comes("Bev Ormerod"), comes("Micky Garrod")
    bev_rings_and_offers_to_walk_with_him(bev)
    micky_says_yes(micky)
    priya_covers(comes("Priya Nair"))
    they_open_the_post_together(bev, micky)
    quick_things_are_off_the_list(bev, micky)
    bev_gets_the_van_through_its_mot_because_he_decided_it(bev, micky)
    promises_are_kept(bev, micky)
    micky.opens("/me/walk/").sees("Walking together.", "Bev", "Priya")


def bev_rings_and_offers_to_walk_with_him(bev: Visitor) -> None:
    bev.follows("People I walk with").follows("Micky Garrod").sees("because the law gave you a duty")
    bev.follows("Before a visit").sees("Phone call after 4", "Brown envelopes stay shut").goes_back()
    bev.follows("Write down what happened").writes(
        "Left a message: nobody's in trouble.", into="What happened"
    )
    bev.chooses("I reached out").presses("Keep it").sees("Kept, just as it was said.")
    bev.follows("Walking alongside").follows("Offer to walk with them")
    bev.writes(OFFER, into="Say it as you would say it to them").chooses("Priya Nair").presses("Offer it")
    bev.sees("A yes or a no are both fine, and nothing happens until then.")


def micky_says_yes(micky: Visitor) -> None:
    micky.opens("/me/").sees("Bev", "would walk alongside").follows("Say yes, or not now").sees(
        OFFER, "Not now"
    )
    micky.presses("Yes, and they may read my story").sees("You walk together from now on.")
    micky.follows("My page").sees("walks alongside", "when Bev is not there")
    micky.follows("Add to my story").writes("My girls on a Saturday.", into="What matters to you?")
    micky.presses("Keep these words").sees("My girls on a Saturday.")


def priya_covers(priya: Visitor) -> None:
    priya.sees("You are there when others are not", "Micky Garrod").follows("Micky Garrod")
    priya.sees("My girls on a Saturday.")


def they_open_the_post_together(bev: Visitor, micky: Visitor) -> None:
    bev.opens("/today/").follows("Write it down").writes(POST, into="What happened with Micky?")
    bev.chooses("We did something").chooses("Half an hour").presses("Keep it").sees(
        POST, "30 minutes together"
    )
    micky.opens("/me/").follows("What happened, as it was said").sees(POST).follows(POST[:20])
    micky.follows("Answer").writes("I'd sooner burn them.", into="What do you say to it?").presses("Answer")
    micky.sees("I'd sooner burn them.", POST)
    bev.opens("/today/").sees("Micky answered what you wrote")


def quick_things_are_off_the_list(bev: Visitor, micky: Visitor) -> None:
    bev.opens("/today/").follows("Micky Garrod").follows("The plan").follows("Add a quick thing")
    bev.writes("Enforcement held for 60 days", into="What needs doing soon?").presses("Put it on the list")
    micky.opens("/me/").sees("Quick things", "Enforcement held for 60 days")
    bev.sees("It is on the list.").presses("Done").sees("Done.", "Nothing to do this week.")
    micky.opens("/me/").does_not_see("Enforcement held for 60 days")


def bev_gets_the_van_through_its_mot_because_he_decided_it(bev: Visitor, micky: Visitor) -> None:
    micky.opens("/me/").follows("My plan, if I want one").follows("Add something")
    micky.writes(VAN, into="What would you like to do").chooses("because I decided so").chooses("Bev")
    micky.presses("Put it on the plan").sees(VAN, "Bev does it.")
    bev.opens("/promises/").sees(VAN).follows(VAN).follows("It is done")
    bev.writes("Two tyres and a brake pipe. He chose the garage.", into="A few words").presses(
        "Yes, it is done"
    )
    micky.opens("/me/").follows("Say something").writes(PASSED, into="What").presses("Keep it").sees(PASSED)
    micky.follows("My plan").sees(VAN, "Done", "Bev did it.")
    bev.opens("/today/").sees("Micky said something on their page")


def promises_are_kept(bev: Visitor, micky: Visitor) -> None:
    bev.opens("/today/").follows("Micky Garrod").follows("The plan").follows("Write down a promise")
    bev.writes("The shoebox, every Friday.", into="What will be done?").chooses("Me")
    bev.chooses("Somebody is coming to see them").presses("Keep this promise").sees(
        "The shoebox, every Friday."
    )
    micky.opens("/me/").sees("Who is coming", "Bev", "The shoebox, every Friday.")
    bev.follows("The shoebox").writes("Four envelopes. He opened three.", into="Say how it went")
    bev.presses("Keep these words").sees("Kept, as you said it.", "Four envelopes.")
    micky.opens("/me/").follows("My plan").sees("kept", "Four envelopes.")
