"""What a phone takes along and sends, as everybody: no answer to it tells what is not theirs, by each lock alone."""

import json
from uuid import UUID

import pytest

from tests.leaks import attack, locks, place
from tests.leaks.profile import TELLING

ADDRESS = "/offline/people/"


def taken(here: place.Here, who: set[str] | tuple[str, ...] = ()) -> dict[str, attack.Answer]:
    """What each viewer's phone gets, after asking that it tells nothing it should not."""
    found = {}
    for visitor in attack.visitors(here, who):
        answer = visitor.post(ADDRESS)
        assert visitor.not_for_them(answer) == set(), visitor.who
        found[visitor.who] = answer
    return found


def people_in(answer: attack.Answer) -> set[UUID]:
    """Whose pages are in it."""
    if answer.status != 200 or '"people"' not in answer.text:
        return set()
    return {UUID(each["person"]) for each in json.loads(answer.text[answer.text.index("\n{") :])["people"]}


def test_nobody_takes_along_a_word_that_is_not_for_them(here: place.Here) -> None:
    found = taken(here)
    carried = {who: people_in(answer) for who, answer in found.items()}
    assert any(carried.values()), "nobody takes anybody along, so this test shows nothing"
    assert carried[place.SIGNED_OUT] == set()


@pytest.mark.parametrize("lock", ["row-level security alone", "policies alone"])
def test_each_lock_holds_alone(here: place.Here, lock: str) -> None:
    with locks.LOCKS[lock]():
        taken(here, TELLING)
