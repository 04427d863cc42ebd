"""Who opens a page in an emergency, who looks at it afterwards, who tells the person, who closes it (ADR 14).

Row-level security (`consent/emergencies/row_security.py`) says the same in SQL. Each holds alone.
"""

import datetime as dt
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.audit.models import Event
from alongside.consent.models import Basis, Closeness, Opening
from alongside.consent.policies import (
    DUTY_ROLES,
    WALKING_ROLES,
    live_bases,
    selves,
    walks_by_say_so,
)
from alongside.kernel import clock
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person, Role
from alongside.people.policies import holds

OPENED, FOUND_FOR_A_DUTY = "consent.open_in_an_emergency", "consent.find_for_a_duty"
# More names than these in one day, by one who finds people without a say-so, are a way through a list of people.
EMERGENCIES_A_DAY = 5
DUTIES_A_DAY = 20


@policy(
    because=_lazy(
        "A life comes before a say-so that cannot be given now, and the one who can act is seldom the one in "
        "charge; UK GDPR articles 6(1)(d) and 9(2)(c)."
    )
)
def check_can_open_in_an_emergency(viewer: Person | None, thing: object = None) -> None:
    """Those who walk with people here, in words, and somebody else looks at it the next day."""
    if not holds(viewer, *WALKING_ROLES):
        raise Denied(
            _("Ring 999 if somebody may die. Here, those who walk with people open a page in an emergency.")
        )


@policy(because=_lazy("Many emergencies on one day are most likely something else."))
def check_has_emergencies_left(viewer: Person, thing: object = None) -> None:
    """So many names a day; after that somebody else writes why, and opens it."""
    if _asked_today(viewer, OPENED) >= EMERGENCIES_A_DAY:
        sentence = _(
            "You have written %(count)s names here today. Ask a colleague who walks with people: they write"
            " why, and open it. Ring 999 if somebody may die."
        )
        raise Denied(sentence % {"count": EMERGENCIES_A_DAY})


@policy(because=_lazy("A name looked for again and again is a way of going through a list of people."))
def check_has_names_left(viewer: Person, thing: object = None) -> None:
    """So many names a day for those who carry duties in law."""
    if _asked_today(viewer, FOUND_FOR_A_DUTY) >= DUTIES_A_DAY:
        sentence = _("You have looked for %(count)s names today, and that is as many as there are in a day.")
        raise Denied(sentence % {"count": DUTIES_A_DAY})


def _asked_today(viewer: Person, did: str) -> int:
    midnight = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))
    return Event.objects.filter(did=did, by_id=viewer.pk, at__gte=midnight).count()


def waits() -> Q:
    """The condition on an Opening that it waits for the place: nobody looked, or told them, in time."""
    now = clock.now()
    unseen = Q(reviewed_at=None) & (Q(reviewer=None) | Q(review_by__lte=now))
    return unseen | Q(told_at=None, tell_by__lte=now)


def to_review_by(viewer: Person) -> Q:
    """The condition on an Opening that it stands before the viewer, who was named, or looks after the place."""
    named = Q(reviewer=viewer)
    if not holds(viewer, Role.STEWARD):
        return named
    return named | (waits() & ~Q(Exists(_close(viewer, "person_id"))) & ~Q(Exists(_close(viewer, "by_id"))))


def _close(viewer: Person, side: str) -> QuerySet[Person]:
    """Whether the viewer is, or is close to, whoever stands on that side of an Opening, on whichever record."""
    near = {*selves(viewer)}
    said = Closeness.objects.filter(over_at=None).filter(Q(person__in=near) | Q(other__in=near))
    for person, other in said.values_list("person", "other"):
        near |= {person, other}
    one = Person.objects.filter(pk__in=near).values_list("same_as", flat=True)
    near |= {key for key in one if key}
    return Person.objects.filter(Q(pk__in=near) | Q(same_as__in=near), pk=OuterRef(side))


def visible_to(viewer: Person) -> Q:
    """The condition on an Opening that the viewer may read it and what was said of it.

    The person, always; whoever walks with them by their say-so; who opened it, tells them, looks at it.
    """
    walked = {
        basis.person_id
        for basis in live_bases(viewer)
        if basis.whole and basis.kind == Basis.Kind.SAY_SO
    }  # fmt: skip
    theirs = Q(person__in=selves(viewer) | walked)
    return theirs | Q(by=viewer) | Q(tells=viewer) | to_review_by(viewer)


def reached_in_an_emergency(viewer: Person) -> set[UUID]:
    """The keys of those whose page an emergency opens to the viewer now: how they are reached is theirs to know."""
    return {basis.person_id for basis in live_bases(viewer) if basis.kind == Basis.Kind.EMERGENCY}


def are_close(one: Person, two: Person) -> bool:
    """Whether two people are one, or kin, neighbours or friends (asked of the database, beside the locks)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.are_close(%s, %s)", [one.pk, two.pk])
        return bool(cursor.fetchone()[0])


@policy(
    because=_lazy(
        "Why a page was opened is read by the one whose page it is, and by those who answer for it."
    )
)
def check_can_read_opening(viewer: Person, opening: Opening) -> None:
    """The person, whoever walks with them, the one who opened it, tells them, or looks at it."""
    if not Opening.objects.filter(visible_to(viewer), pk=opening.pk).exists():
        raise Denied(_("This is not for you to read."))


@policy(because=_lazy("Nobody finds themself right; and whoever is close sees with one eye."))
def check_can_review(viewer: Person, opening: Opening) -> None:
    """Once, by whoever was named, or a steward when nobody looked in time; neither the opener nor close."""
    if opening.reviewed_at is not None:
        raise Denied(_("Somebody looked at this already."))
    if not Opening.objects.filter(to_review_by(viewer), pk=opening.pk).exists():
        raise Denied(_("This is looked at by the one who was named for it."))
    if viewer.pk == opening.by_id or any(
        are_close(Person(pk=key), viewer) for key in (opening.person_id, opening.by_id)
    ):
        raise Denied(_("You opened this, or know one of them outside of work. Somebody else looks at it."))


@policy(because=_lazy("What was done behind somebody's back is told to them, and by a human."))
def check_can_tell_of_opening(viewer: Person, opening: Opening) -> None:
    """Whoever was named to, the one who opened it, who looks at it, and whoever walks with the person."""
    may = Q(by=viewer) | Q(tells=viewer) | to_review_by(viewer)
    walks = walks_by_say_so(viewer, Person(pk=opening.person_id))
    if not walks and not Opening.objects.filter(may, pk=opening.pk).exists():
        raise Denied(_("This is told by the one who opened it, or by whoever walks with them."))
    if opening.told_at is not None:
        raise Denied(_("They were told of this already."))


@policy(because=_lazy("Whoever is told that it was for their own good must be able to say what it was."))
def check_can_say_of_opening(viewer: Person, opening: Opening) -> None:
    """The person; or whoever walks with them by their say-so, in their words."""
    whose = Person(pk=opening.person_id)
    if opening.person_id not in selves(viewer) and not walks_by_say_so(viewer, whose):
        raise Denied(_("This is answered by the one whose page was opened."))


@policy(because=_lazy("What was opened without a yes can be closed with a no."))
def check_can_close_opening(viewer: Person, opening: Opening) -> None:
    """The person, whoever walks with them, the one who opened it and whoever looks at it, while it is open."""
    whose = Person(pk=opening.person_id)
    theirs = opening.person_id in selves(viewer) or walks_by_say_so(viewer, whose)
    may = Opening.objects.filter(Q(by=viewer) | to_review_by(viewer), pk=opening.pk)
    if not theirs and not may.exists():
        raise Denied(_("This is closed by the one whose page it is, or by the one who opened it."))
    if not Basis.objects.filter(opening=opening.pk, to_at__gt=clock.now()).exists():
        raise Denied(_("This had ended already."))


@policy(
    because=_lazy(
        "Whoever carries a duty in law finds the one it is about by their own name, and nobody else."
    )
)
def check_can_find_for_a_duty(viewer: Person | None, thing: object = None) -> None:
    """Those who carry duties in law."""
    if not holds(viewer, *DUTY_ROLES):
        raise Denied(_("A page is opened by law only by somebody who carries that duty."))
