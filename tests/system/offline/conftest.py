"""A road, phones that use it, and Priya who has one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from alongside.people.models import Person
from tests.browser import House, chromium, house
from tests.cast import person, say_so, serving
from tests.system.offline.phone import Phone
from tests.system.offline.road import Road

__all__ = ["chromium", "house"]


@pytest.fixture
def road(house: House) -> Iterator[Road]:
    with Road(house.url) as way:
        yield way


@pytest.fixture
def priya(house: House) -> Person:
    return serving("Priya Nair")


@pytest.fixture
def trace(priya: Person) -> Person:
    """Trace, with whom Priya walks."""
    trace = person("Tracey Hallam", called="Trace")
    say_so(trace, priya)
    return trace


@pytest.fixture
def phone(chromium: Browser, road: Road, tmp_path: Path) -> Iterator[Callable[..., Phone]]:
    """Phones, each with a disk of its own; all are off at the end."""
    made: list[Phone] = []

    def new(name: str = "phone", **how: Any) -> Phone:
        made.append(Phone(chromium, road.url, tmp_path / name, **how))
        return made[-1]

    yield new
    for each in made:
        each.is_switched_off()


@pytest.fixture
def mine(phone: Callable[..., Phone], priya: Person) -> Phone:
    """Priya's phone: she has signed in, and opened the page once where there was a signal."""
    hers = phone()
    hers.signs_in(priya)
    hers.is_made_ready()
    return hers
