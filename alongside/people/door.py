"""Who a stranger, or a refusal, is handed to: always somebody with a name (I11)."""

import datetime as dt

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from alongside.kernel import clock
from alongside.people.models import Person, Role

# Whom to turn to, in this order.
AT_THE_DOOR = (Role.DUTY_HUMAN, Role.STEWARD, Role.TEAM_LEAD)


def serving_on(day: dt.date) -> Q:
    """The condition on a Person's `roles` that one is held on that day."""
    return Q(roles__from_day__lte=day) & (Q(roles__to_day__isnull=True) | Q(roles__to_day__gte=day))


def somebody_at_the_door() -> Person | None:
    """The duty human today; else a steward, else a team lead. None only where nobody serves the place yet."""
    turn = Case(
        *(When(roles__role=role, then=Value(place)) for place, role in enumerate(AT_THE_DOOR)),
        output_field=IntegerField(),
    )
    found = Person.objects.filter(serving_on(clock.today()), roles__role__in=AT_THE_DOOR)
    return found.annotate(turn=turn).order_by("turn", "name").first()


def who_serves(words: str = "", up_to: int | None = 20) -> QuerySet[Person]:
    """People who serve the place today, by part of their name or their organisation's. Two statements."""
    found = Person.objects.filter(serving_on(clock.today()))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(roles__organisation__name__icontains=words))
    return found.distinct().order_by("name").prefetch_related("roles__organisation")[:up_to]
