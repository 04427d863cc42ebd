"""Is there somebody for those who knock, and somebody who looks after the place?"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from alongside.config.cli.checks.finding import Finding, fine, wrong
from alongside.kernel import clock

ALIVE_WITHIN = dt.timedelta(minutes=1)


def place() -> Iterator[Finding]:
    """Whether the place was loaded."""
    from alongside.accounts.models import Neighbourhood, Place

    ours = Place.objects.first()
    if ours is None:
        yield wrong("place", "The place has no name yet: load it with `alongside place load`.")
    else:
        yield fine(
            "place", f"{ours.name}, with {Neighbourhood.objects.filter(current=True).count()} neighbourhoods."
        )


def _holding(role: str) -> list[Any]:
    """Roles held today. They are public: nobody needs to act to read them."""
    from django.db.models import Q

    from alongside.people.models import RoleHeld

    today = clock.today()
    held = RoleHeld.objects.filter(
        Q(to_day__isnull=True) | Q(to_day__gte=today), role=role, from_day__lte=today
    )
    return list(held.order_by("from_day"))


def steward() -> Iterator[Finding]:
    """Whether somebody looks after people, roles and the place's words."""
    from alongside.people.models import Role

    if _holding(Role.STEWARD):
        yield fine("steward", "The place has a steward.")
    else:
        yield wrong(
            "steward", "Nobody is place steward today: `alongside user add --role place_steward --name …`."
        )


def on_the_door() -> Iterator[Finding]:
    """Whether a human answers at the front door today."""
    from alongside.people.models import Role

    if _holding(Role.DUTY_HUMAN):
        yield fine("door", "Somebody is at the front door today.")
    else:
        yield wrong(
            "door", "Nobody is duty human today, so a hello may stay unanswered: give somebody that role."
        )


def worker() -> Iterator[Finding]:
    """Whether somebody sends what waits to be sent, and jobs are done."""
    from django.db import connection

    from alongside.config.running.health import pulse

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
        heard = cursor.fetchone()[0]
        stands_still = pulse(cursor)
    if heard is None or clock.now() - heard > ALIVE_WITHIN:
        yield wrong(
            "worker",
            "The messages worker does not run, so messages wait: run `alongside serve`, or `alongside worker` "
            "beside it.",
        )
    elif stands_still:
        yield wrong("worker", f"{stands_still} Start it anew; what waits is kept.")
    else:
        yield fine("worker", "The messages worker is alive, and jobs are done.")
