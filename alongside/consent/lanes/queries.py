"""Every read of consents and duties, for a viewer."""

from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.consent.lanes import policies
from alongside.consent.models import Consent, Duty
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person


def duties_of(*, viewer: Person, person: Person) -> QuerySet[Duty]:
    """Every duty about a person that the viewer may read, those that still hold first. Two statements."""
    found = narrow(Duty.objects.filter(person=person), policies.duties_visible_to(viewer, person))
    return found.prefetch_related("steps").order_by("ended_at", "-begins_at", "pk")


def duties_that_hold(*, viewer: Person, person: Person) -> list[Duty]:
    """The duties about a person that hold now and the viewer may read, without what was said of each. One statement."""
    return asked(_holding, person=person.pk, may=policies.duties_visible_to(viewer, person))


def _holding(person: UUID, may: Q) -> QuerySet[Duty]:
    return narrow(Duty.objects.filter(person=person, ended_at__isnull=True), may).order_by("-begins_at", "pk")


def duty(*, viewer: Person, duty: UUID) -> Duty | None:
    """One duty that the viewer may read, with its steps."""
    found = narrow(Duty.objects.filter(pk=duty), policies.duties_visible_to(viewer))
    return found.prefetch_related("steps").first()


def consent(*, viewer: Person, consent: UUID) -> Consent | None:
    """One consent that the viewer may read."""
    return narrow(Consent.objects.filter(pk=consent), policies.consents_visible_to(viewer)).first()
