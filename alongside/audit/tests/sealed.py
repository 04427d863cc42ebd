"""Four days of an audit, sealed; and the hand of somebody who owns the database."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from alongside.audit import chain, verifying
from alongside.audit.models import Event, Look, Seal
from alongside.audit.operations import seal_what_is_over
from alongside.audit.recording import look, record
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from tests import cast
from tests.database import as_owner

# Noon of a day of UTC: four days of rows end the day before yesterday, and yesterday was quiet.
NOON = dt.time(12, tzinfo=dt.UTC)


def day(before_today: int) -> dt.date:
    """A day of UTC so many days ago."""
    return chain.day_of(timezone.now()) - dt.timedelta(days=before_today)


def at(before_today: int, minute: int = 0) -> dt.datetime:
    """A moment of that day, so many minutes after noon."""
    return dt.datetime.combine(day(before_today), NOON) + dt.timedelta(minutes=minute)


class Lived:
    """Tracey, Priya who looked at her page, and what was written in four days."""

    def __init__(self) -> None:
        self.tracey, self.priya = cast.person(), cast.serving("Priya Nair")
        self.events: list[Event] = []
        self.looks: list[Look] = []
        for before in (5, 4, 2):
            self.write(before, 0)
            self.write(before, 1)

    def write(self, before_today: int, minute: int) -> None:
        """One event and one look at that moment."""
        with clock.moved_to(at(before_today, minute)), acting_as(self.priya):
            fields = {"words": "I sleep in the van"}
            self.events.append(
                record("test.did", by=self.priya, thing=self.tracey, person_id=self.tracey.pk, fields=fields)
            )
            seen = look(by=self.priya, person_id=self.tracey.pk, page="story", why="walking with me")
            assert seen is not None
            self.looks.append(seen)


def lived_and_sealed() -> Lived:
    """All of it, sealed up to yesterday."""
    lived = Lived()
    assert seal_what_is_over(by_a_human=True) == [day(before) for before in (5, 4, 3, 2, 1)]
    return lived


@contextmanager
def owners_hand() -> Iterator[Any]:
    """Whoever owns the database, with every trigger off."""
    with as_owner() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor
        cursor.execute("SET session_replication_role = DEFAULT")


def found() -> list[verifying.Found]:
    """What verifying finds now."""
    with working_on("audit.verify"):
        return list(verifying.verify(verifying.Summary()))


def whats() -> list[tuple[str, dt.date]]:
    """The same, short: what kind of thing, and the day."""
    return [(one.what, one.day) for one in found()]


def sealed_anew() -> None:
    """The whole chain written anew over the rows as they are, as somebody would who owns the database."""
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_seal")
    seal_what_is_over(by_a_human=True)


def seals() -> list[Seal]:
    """Every seal, as the owner reads it."""
    with as_owner():
        return list(Seal.objects.order_by("day"))
