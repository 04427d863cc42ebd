"""Every address of the house, as everybody: no page, search, form, file or error tells what is not theirs."""

import pytest

from tests.database import as_owner
from tests.leaks import addresses, attack, locks, place
from tests.leaks.profile import CLUMSY, MOST, NIGHTLY, TELLING


def every_address(here: place.Here, most: int = MOST) -> list[addresses.Filled]:
    """All of them, filled."""
    with as_owner():
        return addresses.filled(here, most)[0]


def test_every_address_of_the_house_is_tried(here: place.Here) -> None:
    with as_owner():
        assert addresses.filled(here, 1)[1] == []


def test_nobody_reads_a_word_that_is_not_for_them(here: place.Here, everything_opened: attack.Result) -> None:
    found = everything_opened
    assert not found.leaks, found.in_words()
    assert found.broken == []
    assert len(found.seen["ada"]) > 100, "Ada reads so little of her own that this test shows nothing"
    assert found.seen[place.SIGNED_OUT] < found.seen["steward"]


def test_no_form_sent_wrongly_answers_with_words_of_others(here: place.Here) -> None:
    found = attack.attack(here, every_address(here), attack.visitors(here, CLUMSY), nosy=attack.sought(here))
    assert not found.leaks, found.in_words()
    assert found.broken == []


@pytest.mark.parametrize("lock", ["row-level security alone", "policies alone"])
def test_each_lock_holds_alone(here: place.Here, lock: str) -> None:
    pages, who = every_address(here), attack.visitors(here, TELLING)
    with locks.LOCKS[lock]():
        found = attack.attack(here, pages, who, forms=NIGHTLY, nosy=attack.sought(here)[:4])
    assert not found.leaks, found.in_words()
