"""A say-so given, and taken back while the other has the page open (I5, F8)."""

import time

import pytest

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
WHERE_SHE_SLEEPS = "Under the arches by ten"


def lets_probation_know_where_she_sleeps(trace: Visitor) -> None:
    """One line, to one officer, for one thing."""
    trace.follows("Who may read my page").follows("Let someone read")
    trace.writes("Gavin", into="Their name, or where they work").presses("Look").follows("Gavin Stokes")
    trace.chooses("Only what I tick below").chooses(WHERE_SHE_SLEEPS)
    trace.writes("so I don't get recalled for no address", into="What is it for?")
    trace.presses("That is my say-so").sees("Gavin Stokes", WHERE_SHE_SLEEPS)


def test_the_woman_of_the_dog_takes_back_probations_say_so_while_their_page_is_open(visits: Visits) -> None:
    trace = visits("Tracey Hallam")
    lets_probation_know_where_she_sleeps(trace)
    officer = visits("Gavin Stokes", width=1280)
    officer.follows("People I walk with").follows("Tracey Hallam")
    officer.sees(WHERE_SHE_SLEEPS, "so I don't get recalled").does_not_see("Bruno", "Tern House")

    trace.follows("Take it back from Gavin Stokes").presses("Take it back").sees("cannot read it any more")
    taken_back = time.monotonic()
    officer.follows("One page about them").sees("can help.")
    assert time.monotonic() - taken_back < 1
    officer.sees("Ruth Collier can help").does_not_see(WHERE_SHE_SLEEPS)


def test_what_was_taken_back_is_gone_from_the_officers_list_and_from_an_address_kept(visits: Visits) -> None:
    trace = visits("Tracey Hallam")
    lets_probation_know_where_she_sleeps(trace)
    officer = visits("Gavin Stokes").follows("People I walk with").follows("Tracey Hallam")
    kept = officer.address
    trace.follows("Take it back from Gavin Stokes").presses("Take it back")
    assert officer.tries(kept) in (403, 404)
    officer.does_not_see(WHERE_SHE_SLEEPS).opens("/people/").does_not_see("Tracey")
