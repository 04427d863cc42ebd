"""What tests of the combined pages share."""

from types import SimpleNamespace
from typing import Any

import pytest

from alongside.pages.tests.somebody import micky_and_everyone
from tests.browser import chromium, house  # noqa: F401  fixtures
from tests.cast import sign_in


@pytest.fixture
def them(db: Any) -> SimpleNamespace:
    """Micky and those around him."""
    return micky_and_everyone()


@pytest.fixture
def as_(client: Any) -> Any:
    """Opens an address as somebody: `as_(bev, "/me/")`; as a stranger with None."""

    def opened(whoever: Any, address: str, data: Any = None) -> Any:
        client.cookies.clear()
        if whoever is not None:
            sign_in(client, whoever)
        return client.get(address) if data is None else client.post(address, data)

    return opened
