"""The demo, with every word of its people's year made a canary: the same promises, among real stories."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from alongside.kernel.acting import acting_as
from alongside.pages import demo
from alongside.people.models import Person
from tests.database import as_owner
from tests.leaks import addresses, attack, locks, oracle, place, words
from tests.leaks.profile import NIGHTLY

# In `make test` some of its people look; in the nightly profile all of them.
LOOKERS = None if NIGHTLY else 5
MOST = 40 if NIGHTLY else 2


@pytest.fixture(scope="module")
def tynebank(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[place.Here]:
    """Tynebank in a database of its own, its words replaced."""
    from conftest import fingerprint
    from tests.database import SLOT, clone, server, template, use

    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock(), clone(template(fingerprint()), f"test_{SLOT}_{worker}_demo"):
        locks.make_bare_role()
        demo.load()
        with transaction.atomic(), as_owner():
            here = place.of_demo()
        yield here
        for file in here.files:
            file.unlink()
    with django_db_blocker.unblock():
        use(server().on_database(before))


@pytest.fixture
def demo_here(tynebank: place.Here, django_db_blocker: Any) -> Iterator[place.Here]:
    """Tynebank, and whatever a test does undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield tynebank
        transaction.set_rollback(True)


def rows_seen(here: place.Here, person: Person) -> set[words.Cell]:
    """All cells of all rows the database gives to one person."""
    with acting_as(person):
        return words.given(here.canaries)


def test_the_database_gives_nobody_in_tynebank_a_word_that_is_not_for_them(demo_here: place.Here) -> None:
    with as_owner():
        rows = oracle.Rows()
    leaks = []
    for who in demo_here.lookers:
        person = demo_here.people[who]
        viewer = oracle.Viewer(rows, person.pk)
        leaks += [f"{who}: {cell}" for cell in rows_seen(demo_here, person) if not viewer.may(cell)]
    assert leaks == []
    assert len(demo_here.canaries.of) > 300, "the demo says so little that this shows nothing"


@pytest.mark.parametrize("lock", locks.LOCKS if NIGHTLY else ["both locks"])
def test_no_page_of_tynebank_tells_a_word_that_is_not_for_them(demo_here: place.Here, lock: str) -> None:
    with as_owner():
        pages = addresses.filled(demo_here, MOST)[0]
    pages = [page for page in pages if page.page.holes]
    who = attack.visitors(demo_here, demo_here.lookers[:LOOKERS])
    with locks.LOCKS[lock]():
        found = attack.attack(demo_here, pages, who, forms=False)
    assert not found.leaks, found.in_words()
    assert lock != "both locks" or found.broken == []
