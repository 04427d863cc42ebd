"""Worlds that stand for a whole module of tests: built once, and each test has its own copy.

Building Trace, everybody around her and her plan takes longer than most tests that look at them. A world built here
stays in one open transaction until its module ends; each test runs in a savepoint of its own, and gets copies of the
objects, so that nothing one test writes or changes is there for the next:

    built, world = standing(around_trace)

Not for a module whose tests commit (`committed`, `house`): these have another database.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.db import connection, transaction

World = TypeVar("World")


def standing(build: Callable[[], World]) -> tuple[Any, Any]:
    """Two fixtures, to be named `built` and whatever the tests call their world."""

    @pytest.fixture(scope="module", name="built")
    def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield build()
            transaction.set_rollback(True)

    @pytest.fixture
    def world(built: World, db: None) -> World:
        with connection.cursor() as cursor:
            # What a test before asked at once, in a savepoint that was kept, the database would go on asking at once.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return copy.deepcopy(built)

    return built, world
