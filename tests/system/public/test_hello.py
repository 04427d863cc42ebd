"""The front door: words are enough, a human answers, and four words bring one back (R-STORY, I11, I34)."""

import re

import pytest

from tests.system.conftest import Visits
from tests.system.visitor import Visitor

pytestmark = pytest.mark.browser
WITH_ROOM = {"Priya": "Priya Nair", "Bev": "Bev Ormerod", "Hodan": "Hodan Farah"}
ANSWER = "I am at the library on Tuesdays. Bring the letters, opened or not."


def who_has_room(stranger: Visitor) -> str:
    """The whole name of the human who was named."""
    named = re.search(r"(\w+) has room for you", stranger.reads())
    assert named, stranger.reads()
    return WITH_ROOM[named[1]]


def four_words(stranger: Visitor) -> str:
    """The words to come back with, as they stand on the page."""
    shown = stranger.main.get_by_role("region", name="Come back with these four words")
    words = shown.locator("strong").inner_text().split(" · ")
    assert len(words) == 4
    return " ".join(words)


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_a_stranger_in_the_library_says_hello_and_a_worker_with_room_answers(
    visits: Visits, script: bool
) -> None:
    said = f"There are letters I have not opened. {script}"
    stranger = visits(script=script).opens("/")
    stranger.writes(said, into="Hello. How are things?").presses("Say hello").sees(said)
    name, key = who_has_room(stranger), four_words(stranger)
    stranger.presses("Forget me here").opens("/hello/yours/").sees("What are your four words?")
    stranger.does_not_see(said)

    worker = visits(name, width=1280, script=script).follows("Hellos").follows_beside(said)
    worker.writes(ANSWER, into="Your answer").presses("Answer").sees(ANSWER)

    later = visits(script=script).opens("/").follows("I said hello before")
    later.writes(key, into="What are your four words?").presses("Open my hello")
    later.sees(ANSWER, name.split()[0], said)


def test_a_hello_needs_nothing_but_words_and_without_them_says_so_kindly(visits: Visits) -> None:
    stranger = visits().opens("/").presses("Say hello")
    stranger.sees("Say a word or two, so that somebody can answer.")
    assert stranger.main.locator("[required]").count() == 0


def test_four_words_that_nobody_was_given_open_nothing(visits: Visits) -> None:
    stranger = visits().opens("/hello/come-back/")
    stranger.writes("apple river lamp wren", into="What are your four words?").presses("Open my hello")
    stranger.sees("We do not know these four words").does_not_see("letters")
