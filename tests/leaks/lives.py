"""People who act on a clock that moves, in any order: what the machines of `test_living` and `test_walking` share."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner
from tests.leaks.profile import NIGHTLY


class Lives(RuleBasedStateMachine):
    """A place where everything that is done is undone at the end."""

    who: dict[str, Person]
    # What an operation may answer to whoever may not, or to what cannot be.
    REFUSALS: tuple[type[Exception], ...] = (Denied, ValueError, ValidationError)

    def begins(self, people: Callable[[], dict[str, Person]]) -> None:
        """The day begins: `people` writes everybody down, each by the name they have here."""
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
        self.who = people()
        with as_owner():
            cast.RoleHeld.objects.update(from_day="2020-01-01")

    def teardown(self) -> None:
        """Everything is undone."""
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def do(self, by: str, operation: Any, **told: Any) -> None:
        """Carry out an operation as somebody; a refusal leaves all as it was."""
        try:
            with clock.moved_to(self.now), acting_as(self.who[by]), transaction.atomic():
                operation(by=Person.objects.get(pk=self.who[by].pk), **told)
        except self.REFUSALS:
            return

    @staticmethod
    def given(table: str, keys: Iterable[UUID]) -> set[UUID]:
        """Which of these rows the database itself gives to whoever acts."""
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT id FROM "{table}" WHERE id = ANY(%s)', [list(keys)])
            return {key for (key,) in cursor.fetchall()}


def live(machine: type[Lives], examples: int, steps: int) -> None:
    """Let people live through so many lives."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=not NIGHTLY,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink] if NIGHTLY else [Phase.generate],
        ),
    )
