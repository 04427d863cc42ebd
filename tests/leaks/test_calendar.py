"""A calendar at a secret address, and what a phone takes along: not a word more than their owner may read."""

from unittest import mock

import pytest

from tests.leaks import attack, locks, place, plans, words

STRANGER = "signed out"
BY_WORDS = "worker"


def calendar_of(here: place.Here, who: str) -> str:
    """What stands at the secret address of somebody's calendar, asked by a calendar program without a session."""
    (stranger,) = attack.visitors(here, {STRANGER})
    answer = stranger.get(f"/calendar/{plans.secret_of(who)}.ics")
    assert answer.status == 200
    assert "BEGIN:VCALENDAR" in answer.text
    return answer.text.replace("\r\n ", "")


def not_for(here: place.Here, who: str, text: str) -> set[words.Cell]:
    """The cells in a text that the oracle does not allow somebody."""
    (visitor,) = attack.visitors(here, {who})
    return visitor.not_for_them(attack.Answer("a feed", 200, text))


@pytest.mark.parametrize("lock", locks.LOCKS)
def test_a_calendar_without_words_has_days_and_not_a_word(here: place.Here, lock: str) -> None:
    with locks.LOCKS[lock]():
        text = calendar_of(here, "ada")
    assert text.count("BEGIN:VEVENT") >= 3
    assert here.canaries.found_in(text) == set()


@pytest.mark.parametrize("lock", locks.LOCKS)
def test_a_calendar_with_words_has_those_its_owner_may_read(here: place.Here, lock: str) -> None:
    with locks.LOCKS[lock]():
        text = calendar_of(here, BY_WORDS)
    assert not_for(here, BY_WORDS, text) == set()
    assert "doings.Promise" in {cell.model for cell in here.canaries.found_in(text)}


@pytest.mark.parametrize("lock", locks.LOCKS)
def test_a_calendar_of_one_whose_say_so_ended_has_nothing_of_hers(here: place.Here, lock: str) -> None:
    with locks.LOCKS[lock]():
        text = calendar_of(here, "ended")
    assert here.canaries.found_in(text) == set()


def test_a_calendar_that_forgot_to_be_without_words_would_be_noticed(here: place.Here) -> None:
    def title(told: object, *, plain: bool) -> str:
        return told.promise.words  # type: ignore[attr-defined, no-any-return]

    with mock.patch("alongside.doings.calendar.title", title):
        assert here.canaries.found_in(calendar_of(here, "ada")) != set()


@pytest.mark.parametrize("lock", locks.LOCKS)
def test_what_a_phone_takes_along_is_what_its_owner_may_read(here: place.Here, lock: str) -> None:
    taken = {}
    with locks.LOCKS[lock]():
        for visitor in attack.visitors(here):
            answer = visitor.post("/offline/people/")
            assert answer.first in (200, 302, 403), f"{visitor.who}: {answer.first}"
            leaked = visitor.not_for_them(answer)
            assert leaked == set(), f"{visitor.who} took along {sorted(map(str, leaked))}"
            taken[visitor.who] = here.canaries.found_in(answer.text)
    assert len(taken["walker"]) > 5, "a walker takes so little along that this shows nothing"
    assert len(taken[STRANGER]) <= 1, "a stranger is told who answers at the door, and no more"
