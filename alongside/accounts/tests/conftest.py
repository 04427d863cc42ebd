"""Tynebank at the door: tries start from nothing, and what would be sent is kept here to be read."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from django.core.cache import cache

from alongside.config import urls
from tests import cast
from tests.database import as_owner

PASSWORD = "four candles and a kettle"
SENT: list[dict[str, Any]] = []


def keep(**sent: Any) -> None:
    """Stands where messages are sent from."""
    SENT.append(sent)


@pytest.fixture(autouse=True)
def _from_nothing(settings: Any) -> None:
    cache.clear()
    SENT.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SEND_SIGN_IN_LINK = f"{__name__}.keep"


@pytest.fixture
def sent() -> list[dict[str, Any]]:
    """Links that were sent: `account`, `link_url`, `way`, `good_for`."""
    return SENT


@pytest.fixture
def trace(db: None) -> Any:
    """A resident with an account."""
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def priya(db: None) -> Any:
    """A worker, with a password."""
    whoever = cast.serving("Priya Nair")
    with_password(whoever)
    return whoever


@pytest.fixture
def more_addresses(settings: Any) -> Callable[..., None]:
    """Add addresses before those of the house, as a setting would have at the start of the process."""

    def add(*patterns: Any) -> None:
        house = ModuleType("house_with_more")
        house.urlpatterns = [*patterns, *urls.urlpatterns]  # type: ignore[attr-defined]
        settings.ROOT_URLCONF = house

    return add


def with_password(whoever: Any, password: str = PASSWORD) -> None:
    """Give somebody a password."""
    with as_owner():
        whoever.account.set_password(password)
        whoever.account.save()
