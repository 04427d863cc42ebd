"""Who gives and takes back a consent, who writes down, tells, questions and ends a duty.

Row-level security (`consent/row_security.py`) says the same in SQL. Each holds alone.
"""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.models import Consent, Duty
from alongside.consent.policies import DUTY_ROLES, selves, walks_by_say_so
from alongside.consent.policies import people_walked_with as walked_with
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.people.policies import holds


def consents_visible_to(viewer: Person) -> Q:
    """The condition on a Consent that the viewer may read it: the person always, and whoever walks with them."""
    return Q(person__in=selves(viewer) | walked_with(viewer)) | Q(written_down_by=viewer)


def duties_visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a Duty that the viewer may read it: the person always; it is never kept from them.

    With `of`, of the duties about that one person: as much of the condition as those need, and never more.
    """
    if of is not None and of.pk in selves(viewer) | walked_with(viewer):
        return Q(person=of.pk)
    return Q(person__in=selves(viewer) | walked_with(viewer)) | carried_by(viewer)


def carried_by(viewer: Person) -> Q:
    """The condition on a Duty that the viewer wrote it down or does it."""
    return Q(written_down_by=viewer) | Q(who_person=viewer)


def carries(viewer: Person, duty: Duty) -> bool:
    """Whether the viewer wrote this duty down or does it."""
    return viewer.pk in (duty.written_down_by_id, duty.who_person_id)


@policy(because=_lazy("A yes that another could make up would be no yes; UK GDPR article 4(11)."))
def check_can_give_consent(viewer: Person, person: Person) -> None:
    """The person; or whoever walks with them by their say-so, writing down the yes they heard."""
    if person.pk not in selves(viewer) and not walks_by_say_so(viewer, person):
        raise Denied(_("This yes is only %(called)s’s to give.") % {"called": person}, whom=person)


@policy(because=_lazy("A yes that cannot be taken back at once was never free; UK GDPR article 7(3)."))
def check_can_withdraw_consent(viewer: Person, consent: Consent) -> None:
    """The same two, once: nobody else takes it back, and nobody can stop them."""
    # By its key: whoever once wrote it down, or does what it is to, may not know the person any more.
    if consent.person_id not in selves(viewer) and not walks_by_say_so(viewer, Person(pk=consent.person_id)):
        raise Denied(_("This yes is only theirs to take back."))
    if consent.withdrawn_at is not None:
        raise Denied(_("That yes had been taken back already."))


@policy(
    because=_lazy(
        "What is done to somebody without their yes needs a named duty in law; the Human Rights Act."
    )
)
def check_can_write_down_duty(viewer: Person, person: Person) -> None:
    """Only those who carry duties in law."""
    if not holds(viewer, *DUTY_ROLES):
        raise Denied(_("A duty is written down only by somebody who carries it."))


@policy(because=_lazy("A duty told by a stranger, or not at all, is done behind somebody's back."))
def check_can_tell_of_duty(viewer: Person, duty: Duty) -> None:
    """Those who carry it; and whoever walks with the person, so that it is told inside the relationship."""
    if not carries(viewer, duty) and duty.person_id not in walked_with(viewer):
        raise Denied(_("This is told by those who carry the duty, or by whoever walks with them."))
    if duty.told_at is not None:
        raise Denied(_("They were told of this already."))


@policy(because=_lazy("Whoever carries a duty in law answers for when it ends."))
def check_can_end_duty(viewer: Person, duty: Duty) -> None:
    """Those who carry it."""
    if not carries(viewer, duty):
        raise Denied(_("A duty is ended by those who carry it."), whom=duty.who_person)
    if duty.ended_at is not None:
        raise Denied(_("This duty had ended already."))


@policy(
    because=_lazy("Whoever has something done to them must be able to ask why, and be answered by a human.")
)
def check_can_question_duty(viewer: Person, duty: Duty) -> None:
    """The person; or whoever walks with them, asking for them."""
    if duty.person_id not in selves(viewer) | walked_with(viewer):
        raise Denied(_("It is asked about by the one it is done to, and by whoever walks with them."))


@policy(because=_lazy("What the law makes somebody do to you is read by you, and by those who do it."))
def check_can_read_duty(viewer: Person, duty: Duty) -> None:
    """The person always; whoever walks with them; those who carry it."""
    if not Duty.objects.filter(duties_visible_to(viewer), pk=duty.pk).exists():
        raise Denied(_("This is not for you to read."))
