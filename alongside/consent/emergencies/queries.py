"""Every read of what was opened in an emergency, for a viewer."""

from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from alongside.audit.models import Look
from alongside.consent.emergencies import policies
from alongside.consent.models import Basis, Opening
from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person, Reach, Role
from alongside.people.policies import holds


def opening(*, viewer: Person, opening: UUID) -> Opening | None:
    """One opening that the viewer may read, with what the person said of it."""
    found = narrow(Opening.objects.filter(pk=opening), policies.visible_to(viewer))
    return found.prefetch_related("answers").first()


def openings_of(*, viewer: Person, person: Person) -> QuerySet[Opening]:
    """Every emergency in which this page was opened, the latest first, as far as the viewer may read them."""
    found = narrow(Opening.objects.filter(person=person), policies.visible_to(viewer))
    return found.order_by("-at", "pk")


def waiting(*, viewer: Person) -> QuerySet[Opening]:
    """What nobody looked at, or told of, in time: for whoever looks after the place, the oldest first."""
    if not holds(viewer, Role.STEWARD):
        return Opening.objects.none()
    found = narrow(Opening.objects.filter(policies.waits()), policies.to_review_by(viewer))
    return found.order_by("at", "pk")


def to_do(*, viewer: Person) -> list[Opening]:
    """What the viewer was named to look at, or has to tell somebody, the oldest first. One statement."""
    mine = Q(reviewer=viewer, reviewed_at=None) | Q(tells=viewer, told_at=None)
    found = narrow(Opening.objects.filter(mine), Q(reviewer=viewer) | Q(tells=viewer))
    return list(found.order_by("at", "pk"))


def is_open(*, viewer: Person, opening: Opening) -> bool:
    """Whether it still opens something, as far as the viewer may know."""
    found = Basis.objects.filter(opening=opening.pk, to_at__gt=clock.now())
    return narrow(found, Q(opening__in=_readable(viewer))).exists()


def _readable(viewer: Person) -> QuerySet[Opening]:
    return Opening.objects.filter(policies.visible_to(viewer))


def looks_by(*, viewer: Person, opening: Opening) -> list[Look]:
    """What was read by it, in the order in which it was: for the person, the opener, and who looks at it."""
    bases = list(Basis.objects.filter(opening=opening.pk).values_list("pk", flat=True))
    may = opening.person_id in policies.selves(viewer) or opening.by_id == viewer.pk
    may = may or Opening.objects.filter(policies.to_review_by(viewer), pk=opening.pk).exists()
    found = narrow(Look.objects.filter(basis_id__in=bases), Q() if may else Q(pk__in=[]))
    return list(found.order_by("at", "pk"))


def reach_in_an_emergency(*, viewer: Person, person: Person) -> Reach | None:
    """How somebody is reached, and how never, while an emergency opens their page to the viewer."""
    found = Reach.objects.filter(person=person)
    return narrow(found, Q(person__in=policies.reached_in_an_emergency(viewer))).first()


def who_walks_with(*, viewer: Person, person: Person) -> list[Person]:
    """Whoever walks with somebody by their say-so, while an emergency opens their page to the viewer."""
    if person.pk not in policies.reached_in_an_emergency(viewer):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT walker, person FROM guard.someone_walks_with(%s)", [person.name])
        keys = [walker for walker, whose in cursor.fetchall() if whose == person.pk]
    return list(Person.objects.filter(pk__in=keys).order_by("name"))
