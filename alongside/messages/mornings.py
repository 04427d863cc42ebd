"""What waits for somebody at the door in the morning: that it waits, since when, and no words of it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.kernel.policy import narrow
from alongside.messages import policies
from alongside.messages.models import Hello, HelloAnswer, WhyAsked
from alongside.people.models import Person


@dataclass(frozen=True)
class AtTheDoor:
    """Hellos the viewer has not answered yet, hellos in which more was said since, and whys they are asked."""

    hellos: list[tuple[UUID, dt.datetime]]
    said_more: list[tuple[UUID, dt.datetime]]
    whys: list[tuple[UUID, dt.datetime]]


def at_the_door(*, viewer: Person, since: dt.datetime) -> AtTheDoor:
    """What waits for the viewer, oldest first. Three statements."""
    mine = narrow(Hello.objects.filter(named=viewer), policies.visible_hellos(viewer))
    more = HelloAnswer.objects.filter(hello__in=mine, at__gte=since).exclude(by=viewer)
    whys = narrow(WhyAsked.objects.filter(looker=viewer), policies.visible_whys(viewer))
    return AtTheDoor(
        hellos=list(
            mine.filter(wait__answered_at__isnull=True).order_by("said_at").values_list("pk", "said_at")
        ),
        said_more=list(more.order_by("at").values_list("hello", "at")),
        whys=list(whys.filter(answered_at__isnull=True).order_by("asked_at").values_list("pk", "asked_at")),
    )
