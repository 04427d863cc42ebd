"""Beside a walk: handovers, what may be said straight, and talking over what the law made somebody do."""

from uuid import UUID

from django.db.models import Q

from alongside.consent.policies import people_walked_with, selves
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.walks import policies
from alongside.walks.along import ToldHandover, ToldRepair
from alongside.walks.models import Challenge, Handover, Repair, Walk
from alongside.walks.queries.names import names_of


def handover_to_open(*, viewer: Person, handover: UUID) -> Handover | None:
    """One handover, for those whose walk it is, who keep it, and whoever may walk next."""
    seen = Walk.objects.filter(policies.visible_to(viewer)).values("pk")
    found = Handover.objects.filter(pk=handover).select_related("walk")
    return narrow(found, Q(walk__in=seen) | Q(to_walker=viewer)).first()


def told_handover(*, viewer: Person, handover: Handover) -> ToldHandover:
    """One handover, told, also one that is settled."""
    met = list(handover.meetings.order_by("day", "at"))
    names = names_of(viewer, {handover.from_walker_id, handover.to_walker_id})
    return ToldHandover(
        handover, handover.walk, names[handover.to_walker_id], names[handover.from_walker_id], met
    )


def straight_to_open(*, viewer: Person, challenge: UUID) -> Challenge | None:
    """What was agreed may be said straight, for the one who agreed to it and whoever walks with them."""
    whose = selves(viewer) | people_walked_with(viewer)
    found = Challenge.objects.filter(pk=challenge).select_related("person", "walk")
    return narrow(found, Q(person__in=whose)).first()


def repair_to_open(*, viewer: Person, repair: UUID) -> Repair | None:
    """One offer to talk a duty over, for the person and whoever walks with them."""
    whose = selves(viewer) | people_walked_with(viewer)
    found = Repair.objects.filter(pk=repair).select_related("person", "duty")
    return narrow(found, Q(person__in=whose)).first()


def repairs_of(*, viewer: Person, person: Person) -> list[ToldRepair]:
    """Every offer to talk over what the law made somebody do, newest first. Two statements, or one."""
    whose = selves(viewer) | people_walked_with(viewer)
    found = list(
        narrow(Repair.objects.filter(person=person), Q(person__in=whose))
        .select_related("duty")
        .order_by("-offered_at")
    )
    names = names_of(viewer, {repair.offered_by_id for repair in found})
    return [ToldRepair(repair, names[repair.offered_by_id]) for repair in found]
