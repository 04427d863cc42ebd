"""Who a stranger, or a refusal, is handed to: always somebody with a name (I11)."""

import datetime as dt

from django.db.models import Q, QuerySet

from alongside.kernel import clock
from alongside.people.models import Person, Role, RoleHeld
from alongside.people.policies import held_now

# Whom to turn to, in this order, so that no path ends in nobody; a stranger is told the names of the first three.
AT_THE_DOOR = (Role.DUTY_HUMAN, Role.STEWARD, Role.TEAM_LEAD)
IN_TURN = (*AT_THE_DOOR, Role.WORKER, Role.CONNECTOR)


def serving_on(day: dt.date) -> Q:
    """The condition on a Person's `roles` that one is held on that day."""
    return Q(roles__from_day__lte=day) & (Q(roles__to_day__isnull=True) | Q(roles__to_day__gte=day))


def who_holds(*roles: str) -> list[Person]:
    """People who hold one of these roles today, in the order of the roles, longest first. One statement."""
    held = list(
        RoleHeld.objects.filter(held_now(), role__in=roles)
        .select_related("person")
        .order_by("from_day", "pk")
    )
    held.sort(key=lambda one: roles.index(one.role))
    return list(dict.fromkeys(one.person for one in held))


def somebody_at_the_door(*, but_not: Person | None = None) -> Person | None:
    """The duty human today; else a steward, a team lead, a worker. None only where nobody serves the place yet.

    Rather not `but_not`. A stranger is told of no worker: row-level security keeps their names.
    """
    found = who_holds(*IN_TURN)
    return next((one for one in found if one != but_not), found[0] if found else None)


def who_serves(words: str = "", up_to: int | None = 20) -> QuerySet[Person]:
    """People who serve the place today, by part of their name or their organisation's. Two statements."""
    found = Person.objects.filter(serving_on(clock.today()))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(roles__organisation__name__icontains=words))
    return found.distinct().order_by("name").prefetch_related("roles__organisation")[:up_to]
