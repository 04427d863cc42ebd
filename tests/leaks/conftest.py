"""A database of the leak test's own: a generated place with canaries in it, written once for all these tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.database import as_owner
from tests.leaks import addresses, attack, locks, place
from tests.leaks.profile import MOST, NIGHTLY


@pytest.fixture(scope="package")
def built(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[place.Here]:
    """The generated place, committed."""
    from conftest import fingerprint
    from tests.database import SLOT, clone, server, template, use

    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    with django_db_blocker.unblock(), clone(template(fingerprint()), f"test_{SLOT}_{worker}_leaks"):
        locks.make_bare_role()
        with transaction.atomic(), as_owner():
            here = place.build()
        yield here
        for file in here.files:
            file.unlink()
    with django_db_blocker.unblock():
        use(server().on_database(f"test_{SLOT}_{worker}"))


@pytest.fixture
def here(built: place.Here, django_db_blocker: Any) -> Iterator[place.Here]:
    """The generated place, and whatever a test does to it undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def everything_opened(built: place.Here, django_db_blocker: Any) -> attack.Result:
    """Every address, opened once by everybody, with both locks on."""
    with django_db_blocker.unblock(), transaction.atomic():
        with as_owner():
            pages = addresses.filled(built, MOST)[0]
        found = attack.attack(
            built, pages, attack.visitors(built), forms=NIGHTLY, nosy=attack.sought(built)[:4]
        )
        transaction.set_rollback(True)
    return found
