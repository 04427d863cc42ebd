"""What tests of the combined pages share."""

from typing import Any

import pytest

from alongside.accounts.models import Place
from alongside.pages.tests.somebody import micky_and_everyone
from alongside.people.models import Person, Role
from tests.browser import chromium, house  # noqa: F401  fixtures
from tests.cast import serving, sign_in
from tests.database import as_owner
from tests.standing import standing

built, them = standing(micky_and_everyone)


@pytest.fixture
def as_(client: Any) -> Any:
    """Opens an address as somebody: `as_(bev, "/me/")`; as a stranger with None."""

    def opened(whoever: Any, address: str, data: Any = None) -> Any:
        client.cookies.clear()
        if whoever is not None:
            sign_in(client, whoever)
        return client.get(address) if data is None else client.post(address, data)

    return opened


@pytest.fixture
def steward(client: Any) -> Person:
    """Denise looks after Tynebank, and is signed in."""
    with as_owner():
        Place.objects.create(slug="tynebank", name="Tynebank")
    denise = serving("Denise Armstrong", Role.STEWARD)
    sign_in(client, denise)
    return denise
