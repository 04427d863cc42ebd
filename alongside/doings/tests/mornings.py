"""Promises made, and the mornings on which their owners hear of them."""

import datetime as dt
from typing import Any

from alongside.doings import operations, reminding
from alongside.doings.models import Promise
from alongside.doings.tests.world import WALKER
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.messages.models import Message
from tests.database import as_owner
from tests.deeds import World

DAY = dt.date(2026, 5, 4)
MORNING = dt.datetime(2026, 5, 4, 6, 5, tzinfo=dt.UTC)


def promised(world: World, by: str = WALKER, **more: Any) -> Promise:
    """A promise to Trace, for that day unless it says so."""
    given = {"words": "Ring the vet", "day": DAY} | more
    with acting_as(world.who[by]):
        return operations.promise(by=world.who[by], person=world.trace, **given)


def a_morning(at: dt.datetime = MORNING) -> int:
    """The house's morning: how many reminders it sent."""
    with clock.moved_to(at):
        return reminding.every_morning()


def messages() -> list[Message]:
    """Everything that was written to anybody, in the order of what it is about."""
    with as_owner():
        return list(Message.objects.order_by("reference").select_related("sender", "to_person"))
