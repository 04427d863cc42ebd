"""Every read about say-so, reasons and looks, for a viewer."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Min, Q, QuerySet

from alongside.audit.models import Look
from alongside.consent import policies
from alongside.consent.models import Basis, LegalReason, SaySo
from alongside.kernel import clock, memo
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person


def person_to_open(*, viewer: Person, person: UUID) -> Person | None:
    """The person of that key, if their page is open to the viewer."""
    return next(iter(asked(_open, person=person, may=policies.opened_to(viewer))), None)


def _open(person: UUID, may: Q) -> QuerySet[Person]:
    return narrow(Person.objects.filter(pk=person), may)


def say_sos_of(*, viewer: Person, person: Person) -> QuerySet[SaySo]:
    """What a person said may be read by whom, newest first, with its steps. Three statements."""
    own = Q(person=person) if policies.check_can_open_page.allows(viewer, person) else Q(pk__in=[])
    if not policies.check_can_write_for.allows(viewer, person):
        own &= Q(given_to=viewer)
    found = narrow(SaySo.objects.filter(person=person), own)
    return found.select_related("given_to", "written_down_by").prefetch_related("steps").order_by("-state_at")


def refused_of(*, viewer: Person, people: Iterable[Person]) -> dict[UUID, list[SaySo]]:
    """What each of these said no to, newest first, by person, for whoever walks with them. One statement."""
    theirs = policies.selves(viewer) | policies.people_walked_with(viewer)
    found = SaySo.objects.filter(person__in=list(people), state=SaySo.State.REFUSED).order_by("-state_at")
    refused: dict[UUID, list[SaySo]] = {}
    for row in narrow(found, Q(person__in=theirs)):
        refused.setdefault(row.person_id, []).append(row)
    return refused


def first_given(*, viewer: Person) -> dict[UUID, dt.datetime]:
    """When each say-so the viewer holds was given for the first time, by its key: given again, it began then."""
    held = narrow(Basis.objects.filter(kind=Basis.Kind.SAY_SO), Q(actor=viewer))
    return dict(held.values_list("say_so").annotate(Min("from_at")).order_by())


def say_so(*, viewer: Person, person: UUID, say_so: UUID) -> SaySo | None:
    """One say-so, for the person, the one it was given to, or whoever walks with the person."""
    mine = Q(person__in=policies.selves(viewer) | policies.people_walked_with(viewer)) | Q(given_to=viewer)
    found = SaySo.objects.filter(pk=say_so, person=person).select_related("person", "given_to")
    return narrow(found, mine).first()


def given_by(*, viewer: Person) -> list[SaySo]:
    """What the viewer gave and has not taken back, newest first. One statement a request."""

    def ask() -> list[SaySo]:
        return asked(_given, may=Q(person__in=policies.selves(viewer)))

    return memo.once(("given_by", viewer.pk), ask)


def _given(may: Q) -> QuerySet[SaySo]:
    mine = narrow(SaySo.objects.filter(state=SaySo.State.GIVEN), may)
    return mine.select_related("given_to", "written_down_by").order_by("-state_at")


def to_answer(*, viewer: Person) -> list[SaySo]:
    """What others wrote down as the viewer's own yes, holds now, and they have not answered, oldest first."""
    now, mine = clock.now(), policies.selves(viewer)
    waiting = [row for row in given_by(viewer=viewer) if row.written_down_by_id and row.seen_at is None]
    holds = [row for row in waiting if row.person_id in mine and (row.until is None or row.until > now)]
    return holds[::-1]


def by_law(*, viewer: Person, person: Person) -> QuerySet[Basis]:
    """What opens, or opened, this page for a reason in law, for the person and whoever walks with them."""
    found = Basis.objects.filter(person=person).exclude(kind__in=[Basis.Kind.SAY_SO, Basis.Kind.EMERGENCY])
    whose = policies.selves(viewer) | policies.people_walked_with(viewer)
    return narrow(found, Q(person__in=whose)).select_related("actor", "legal_reason").order_by("-from_at")


def who_looked(*, viewer: Person, person: Person) -> QuerySet[Look]:
    """Every look at a person's page, newest first, for that person alone (I17)."""
    return _looks(person.pk, Q(person_id__in=policies.selves(viewer)))


def latest_looks(*, viewer: Person, person: Person, most: int) -> list[Look]:
    """The first of `who_looked`."""
    return asked(_looks, person.pk, Q(person_id__in=policies.selves(viewer)), most)


def _looks(person: UUID, may: Q, most: int | None = None) -> QuerySet[Look]:
    return narrow(Look.objects.filter(person_id=person), may).order_by("-at")[:most]


def names_of(people: set[UUID]) -> dict[UUID, Person]:
    """The people of these keys that may be named to whoever acts, with the roles they hold. Two statements."""
    found = Person.objects.filter(pk__in=people).prefetch_related("roles__organisation")
    return {person.pk: person for person in found}


def legal_reasons(*, viewer: Person) -> QuerySet[LegalReason]:
    """Every reason in law this place may use, by statute, for those who carry duties; nothing for anybody else."""
    found = LegalReason.objects.order_by("statute")
    return found if policies.check_can_name_a_duty.allows(viewer) else found.none()


def legal_reason(*, viewer: Person, reason: UUID) -> LegalReason | None:
    """One of `legal_reasons`; None where there is none, also for whoever carries no duties."""
    return legal_reasons(viewer=viewer).filter(pk=reason).first()
