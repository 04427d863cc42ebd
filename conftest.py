"""The tests' database: the real one, with its locks on.

Each test slot has its own database, cloned from a template that is rebuilt only when migrations or
row-level security change. Tests act as the ordinary role, so row-level security holds in them as it
does in a place; `as_owner()` steps out of it to arrange and to look.
"""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent
os.environ.setdefault("ALONGSIDE_PG_FAST", "1")
os.environ.setdefault("ALONGSIDE_DATA", str(ROOT / ".cache" / "test-data"))

# Property tests try the same few examples every time, so that a push is never held up by luck; every night
# (HYPOTHESIS_PROFILE=nightly) they try many, and new ones.
NO_HURRY = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}
settings.register_profile("fast", max_examples=12, derandomize=True, database=None, **NO_HURRY)
settings.register_profile("nightly", max_examples=400, **NO_HURRY)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))


def fingerprint() -> str:
    """Of everything that shapes the database."""
    sources = sorted(ROOT.glob("alongside/*/migrations/*.py")) + sorted(
        ROOT.glob("alongside/**/row_security.py")
    )
    sources += [ROOT / "alongside/kernel/rows.py", ROOT / "tests/database.py", ROOT / "requirements.txt"]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:10]


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    """What one test did too often is not held against the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[None]:
    """A database of this slot's own, made by the owner, used as the ordinary role."""
    from tests.database import slot_database

    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    with django_db_blocker.unblock(), slot_database(worker, fingerprint()):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A database for one test in which commits are real (threads, kills, servers); use instead of `db`."""
    from tests.database import SLOT, clone, template, use

    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    with (
        django_db_blocker.unblock(),
        clone(template(fingerprint()), f"test_{SLOT}_{worker}_committed") as here,
    ):
        yield here
    with django_db_blocker.unblock():
        from tests.database import server

        use(server().on_database(f"test_{SLOT}_{worker}"))
