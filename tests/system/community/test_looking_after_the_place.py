"""The steward looks after names, roles, words and what is broken, and sees nobody's story (R-PREPARE)."""

from collections.abc import Iterator

import pytest

from tests.system.conftest import Visits

pytestmark = pytest.mark.browser
ROOM = {"Priya Nair": "1", "Bev Ormerod": "2", "Hodan Farah": "1"}
BROKEN = "/place/looking-after/broken/"


@pytest.fixture
def everybody_full(visits: Visits) -> Iterator[None]:
    """Everybody who walks with people says that they are full; afterwards they have room again."""
    for name in ROOM:
        visits(name).opens("/me/room/").presses("I am full").sees("You are full")
    yield
    for name, room in ROOM.items():
        worker = visits(name).opens("/me/room/")
        worker.writes(room, into="How many more people").presses("Keep it")


def test_on_a_day_without_room_the_duty_human_answers_and_the_steward_says_what_the_place_does(
    visits: Visits, everybody_full: None
) -> None:
    stranger = visits().opens("/").writes("Is anyone there?", into="Hello. How are things?")
    stranger.presses("Say hello").sees("full hands today", "Ruth answers you in person")

    steward = visits("Denise Armstrong", width=1280).opens("/").sees("Something is broken")
    steward.follows("See what, and mend it").sees("Days on which nobody had room")
    steward.does_not_see("Is anyone there?")
    steward.writes("Two more of us learn it in May.", into="What the place does about it").presses("Keep it")
    steward.opens(BROKEN).does_not_see("Days on which nobody had room")
    visits("Ruth Collier").follows("Hellos").follows_beside("Is anyone there?")


def test_the_steward_changes_the_words_of_the_place_and_they_stand_at_the_door(visits: Visits) -> None:
    steward = visits("Denise Armstrong", width=1280).opens("/")
    steward.follows("Words, principles and languages")
    before = steward.main.get_by_label("Words we live by").input_value()
    steward.writes(f"{before}\nSomebody always holds the door", into="Words we live by")
    steward.presses("Save these words")
    visits().opens("/").sees("Somebody always holds the door", "A kettle that is always on")
    steward.opens("/place/words/").writes(before, into="Words we live by").presses("Save these words")


def test_the_steward_sees_roles_and_nobodys_words(visits: Visits) -> None:
    steward = visits("Denise Armstrong", width=1280).opens("/").follows("People and roles")
    steward.writes("Trac", into="Part of their name").presses("Look").follows("Tracey Hallam")
    steward.does_not_see("Bruno", "Tern House", "Under the arches")
