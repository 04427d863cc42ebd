"""The demo is opened once for each process of tests; every visitor has a browser window of their own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium, leave_all
from tests.system import tynebank as demo
from tests.system.visitor import Visitor

__all__ = ["chromium"]
Visits = Callable[..., Visitor]


@pytest.fixture(scope="session")
def tynebank() -> Iterator[str]:
    """The address of Tynebank, open."""
    with demo.opened() as address:
        yield address


@pytest.fixture(scope="session")
def begun() -> Iterator[str]:
    """The address of Tynebank on a day when three of its stories are still to be lived."""
    with demo.opened(begun=True) as address:
        yield address


@pytest.fixture
def visits(chromium: Browser, tynebank: str) -> Iterator[Visits]:
    """Somebody comes to Tynebank: `visits("Tracey Hallam")`, or a stranger with `visits()`."""
    yield _coming(chromium, tynebank)
    leave_all(chromium)


@pytest.fixture
def comes(chromium: Browser, begun: str) -> Iterator[Visits]:
    """Somebody comes while their story is still to be lived: `comes("Micky Garrod")`."""
    yield _coming(chromium, begun)
    leave_all(chromium)


def _coming(chromium: Browser, address: str) -> Visits:
    def come(name: str | None = None, **how: Any) -> Visitor:
        visitor = Visitor(chromium, address, **how)
        return visitor.comes_in_as(name) if name else visitor

    return come
