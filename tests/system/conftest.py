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


@pytest.fixture
def visits(chromium: Browser, tynebank: str) -> Iterator[Visits]:
    """Somebody comes to Tynebank: `visits("Tracey Hallam")`, or a stranger with `visits()`."""

    def come(name: str | None = None, **how: Any) -> Visitor:
        visitor = Visitor(chromium, tynebank, **how)
        return visitor.comes_in_as(name) if name else visitor

    yield come
    leave_all(chromium)
