"""What waits for somebody at the door in the morning: that it waits, since when, and no words of it."""

import datetime as dt
from dataclasses import dataclass, field, fields
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Value

from alongside.consent.models import Opening
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.messages import policies
from alongside.messages.models import Hello, HelloAnswer, WhyAsked
from alongside.people.models import Person


@dataclass(frozen=True)
class AtTheDoor:
    """Hellos the viewer has not answered yet, hellos in which more was said since, and whys they are asked.

    And emergencies they were named to look at, or in which they have to tell somebody that their page was opened.
    """

    hellos: list[tuple[UUID, dt.datetime]]
    said_more: list[tuple[UUID, dt.datetime]]
    whys: list[tuple[UUID, dt.datetime]]
    to_review: list[tuple[UUID, dt.datetime]] = field(default_factory=list)
    to_tell: list[tuple[UUID, dt.datetime]] = field(default_factory=list)


def at_the_door(*, viewer: Person, since: dt.datetime) -> AtTheDoor:
    """What waits for the viewer, oldest first. One statement."""
    waits = asked(_waits, viewer.pk, since, policies.visible_hellos(viewer), policies.visible_whys(viewer))
    found: dict[str, list[tuple[UUID, dt.datetime]]] = {one.name: [] for one in fields(AtTheDoor)}
    for what, key, at in sorted(waits, key=lambda row: row[2]):
        found[what].append((key, at))
    return AtTheDoor(**found)


def _waits(
    who: UUID, since: dt.datetime, hellos: Q, asked_why: Q
) -> QuerySet[Any, tuple[str, UUID, dt.datetime]]:
    mine = narrow(Hello.objects.filter(named=who), hellos)
    more = HelloAnswer.objects.filter(hello__in=mine, at__gte=since).exclude(by=who)
    whys = narrow(WhyAsked.objects.filter(looker=who), asked_why)
    return _rows("hellos", mine.filter(wait__answered_at__isnull=True), "pk", "said_at").union(
        _rows("said_more", more, "hello", "at"),
        _rows("whys", whys.filter(answered_at__isnull=True), "pk", "asked_at"),
        _rows("to_review", narrow(Opening.objects.filter(reviewed_at=None), Q(reviewer=who)), "pk", "at"),
        _rows("to_tell", narrow(Opening.objects.filter(told_at=None), Q(tells=who)), "pk", "at"),
        all=True,
    )


def _rows(what: str, found: QuerySet[Any], key: str, at: str) -> QuerySet[Any, tuple[str, UUID, dt.datetime]]:
    """Each as what it is, its key, and since when, so that unlike things come in one answer."""
    return found.values_list(Value(what), key, at)
