"""Row-level security, asked directly: whatever a query may say, each viewer gets the rows meant for them."""

import pytest

from alongside.kernel.acting import entering
from tests.database import as_owner
from tests.leaks import oracle, place, words

WHO = [place.SIGNED_OUT, *place.RESIDENTS, *place.SERVING, "other_record"]


def account_of(here: place.Here, who: str) -> str:
    """What a session of theirs would hold."""
    return "" if who == place.SIGNED_OUT else str(here.people[who].account_id)


def everything_seen(here: place.Here, who: str) -> set[words.Cell]:
    """The cells in all rows of all tables that the database gives to one viewer."""
    with entering(account_of(here, who)):
        return words.given(here.canaries)


def may_see(here: place.Here, who: str) -> set[words.Cell]:
    """The cells the oracle allows."""
    with as_owner():
        rows = oracle.Rows()
    viewer = oracle.Viewer(rows, None if who == place.SIGNED_OUT else here.people[who].pk)
    return {cell for cell in here.canaries.of if viewer.may(cell)}


@pytest.mark.parametrize("who", WHO)
def test_the_database_gives_nobody_a_word_that_is_not_for_them(here: place.Here, who: str) -> None:
    assert sorted(map(str, everything_seen(here, who) - may_see(here, who))) == []


@pytest.mark.parametrize("who", WHO)
def test_the_database_gives_everybody_the_words_that_are_for_them(here: place.Here, who: str) -> None:
    # A file is on the disk; a session is of one account, also where two records were found to be one person; the
    # name of somebody who turned to me is read on the page where they did; and a steward who asked whose pages
    # somebody opened is answered by a function, never from the table.
    models = ("accounts.Account", "accounts.SignInLink", "people.Person")
    models += ("audit.Look",) if who == "steward" else ()
    elsewhere = {cell for cell in here.canaries.of if cell.field == "file" or cell.model in models}
    assert sorted(map(str, may_see(here, who) - everything_seen(here, who) - elsewhere)) == []


def test_every_model_with_words_has_a_row_in_the_generated_place_and_a_rule(here: place.Here) -> None:
    told = [
        f"{words.label(model)} holds words of somebody's: {lack}"
        for model, _ in words.watched()
        for lack, there in (
            ("write a row of it in tests/leaks/place.py", here.rows[words.label(model)]),
            ("say who may see them in tests/leaks/oracle.py", words.label(model) in oracle.RULES),
        )
        if not there and words.label(model) not in words.OF_LIBRARIES
    ]
    assert told == []


def test_rows_read_as_somebody_else_are_seen_to_be_a_leak(here: place.Here) -> None:
    assert len(everything_seen(here, "ada") - may_see(here, "neighbour")) > 100
