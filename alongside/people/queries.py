"""Every read about people that has a viewer, or joins more than one of this room's tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.accounts.models import Account
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.kernel.policy import narrow
from alongside.people import endings, policies
from alongside.people.models import (
    Alias,
    Organisation,
    Particulars,
    Person,
    Reach,
    RoleHeld,
    Room,
    SamePerson,
)


def roles_today(people: Iterable[UUID]) -> dict[UUID, list[RoleHeld]]:
    """The roles these people hold today, by person: public. One statement."""
    found: dict[UUID, list[RoleHeld]] = {}
    held = RoleHeld.objects.filter(policies.held_now(), person__in=list(people)).select_related(
        "organisation"
    )
    for role in held.order_by("from_day", "pk"):
        found.setdefault(role.person_id, []).append(role)
    return found


def reach_of(*, viewer: Person, person: Person) -> Reach | None:
    """How a person is reached, for themself and whoever walks with them."""
    return _of(Reach, viewer, person)


def reaches_of(*, viewer: Person, people: Iterable[Person]) -> dict[UUID, Reach]:
    """How each of these is reached, by person, as far as it is the viewer's to know. Two statements."""
    mine = Q(person__in=policies.may_say_of(viewer))
    found = Reach.objects.filter(person__in=list(people))
    return {reach.person_id: reach for reach in narrow(found, mine)}


def particulars_of(*, viewer: Person, person: Person) -> Particulars | None:
    """What a person chose to say of themself, for themself and whoever walks with them."""
    return _of(Particulars, viewer, person)


def _of(model: Any, viewer: Person, person: Person) -> Any:
    mine = policies.check_can_say_of.allows(viewer, person)
    found = model.objects.filter(person=person)
    return narrow(found, Q() if mine else Q(pk__in=[])).first()


def aliases_of(*, viewer: Person, person: Person) -> QuerySet[Alias]:
    """The other names a person is known by, for themself and whoever walks with them."""
    mine = policies.check_can_say_of.allows(viewer, person)
    return narrow(Alias.objects.filter(person=person), Q() if mine else Q(pk__in=[])).order_by("name")


def own_alias(*, viewer: Person, alias: UUID) -> Alias | None:
    """One other name of the viewer's own."""
    found = Alias.objects.select_related("person").filter(pk=alias)
    return narrow(found, Q(person=viewer) | Q(person__same_as=viewer)).first()


def room_of(person: Person) -> Room | None:
    """How much room somebody says they have: public, since people choose by it."""
    return Room.objects.filter(person=person).first()


def roles_of(person: Person) -> QuerySet[RoleHeld]:
    """Every role a person holds or held, the present ones first: public."""
    return (
        RoleHeld.objects.filter(person=person)
        .select_related("organisation", "person")
        .prefetch_related("neighbourhoods")
        .order_by("to_day", "-from_day", "pk")
    )


def role_to_look_after(*, viewer: Person, held: UUID) -> RoleHeld | None:
    """One role, for those who look after roles."""
    return _for_stewards(
        RoleHeld.objects.filter(pk=held).select_related("person", "organisation"), viewer
    ).first()


def organisations() -> QuerySet[Organisation]:
    """Every organisation of the place, by name: public."""
    return Organisation.objects.select_related("neighbourhood").order_by("name")


def organisation_to_look_after(*, viewer: Person, slug: str) -> Organisation | None:
    """One organisation, for those who look after them."""
    return _for_stewards(Organisation.objects.filter(slug=slug), viewer).first()


def same_people(*, viewer: Person) -> QuerySet[SamePerson]:
    """Records thought or agreed to be one person and not undone, the unanswered first, for stewards."""
    found = SamePerson.objects.filter(undone_at__isnull=True)
    people = ("kept", "other", "proposed_by", "agreed_by")
    return _for_stewards(found, viewer).select_related(*people).order_by("-agreed_at", "proposed_at")


def same_person(*, viewer: Person, same: UUID) -> SamePerson | None:
    """One of those, for stewards."""
    found = SamePerson.objects.filter(pk=same).select_related("kept", "other", "proposed_by", "agreed_by")
    return _for_stewards(found, viewer).first()


def person_to_look_after(*, viewer: Person, person: UUID) -> Person | None:
    """A person's name and roles, for stewards (never their story, which needs a Basis)."""
    return _for_stewards(Person.objects.filter(pk=person), viewer).first()


def _for_stewards(found: QuerySet, viewer: Person) -> QuerySet:
    may = policies.check_can_look_after_place.allows(viewer)
    narrowed: QuerySet = narrow(found, Q() if may else Q(pk__in=[]))
    return narrowed


@dataclass(frozen=True)
class LeftBehind:
    """Whom the end of a role would leave: their number, and the names of those the steward may know of."""

    walker: Person
    count: int
    names: list[str]

    @property
    def sentence(self) -> str:
        """What would happen, in words."""
        words = {"walker": self.walker.called, "count": self.count, "names": ", ".join(self.names)}
        if self.names and self.count == len(self.names):
            who = _("%(walker)s walks with %(names)s.") % words
        elif self.names:
            who = _("%(walker)s walks with %(count)s people, %(names)s among them.") % words
        else:
            one = ngettext(
                "%(walker)s walks with %(count)s person, whose name is theirs to tell.",
                "%(walker)s walks with %(count)s people, whose names are theirs to tell.",
                self.count,
            )
            who = one % words
        return f"{who} {_('They choose together who comes next, before this ends.')}"


def left_behind(*, viewer: Person, held: RoleHeld) -> LeftBehind | None:
    """Whom the holder of this role walks with, if it is the last role they hold; None when it leaves nobody.

    Answered only to stewards, who are told the names of those they have a Basis for themselves, and how
    many the others are: who is walked with is not the steward's to know. Three statements.
    """
    others = RoleHeld.objects.filter(policies.held_now(), person=held.person_id).exclude(pk=held.pk)
    if not policies.check_can_look_after_place.allows(viewer) or others.exists():
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, known FROM guard.left_behind(%s)", [held.person_id])
        left = cursor.fetchall()
    known = [person for person, may_know in left if may_know]
    names = [str(person) for person in Person.objects.filter(pk__in=known).order_by("name")]
    return LeftBehind(held.person, len(left), names) if left else None


@dataclass(frozen=True)
class ToHandOver:
    """Relationships that are handed over before an ending: how many people, and the names the viewer may know."""

    count: int
    names: list[str]

    @property
    def sentence(self) -> str:
        """What comes first, in words."""
        words = {"count": self.count, "names": ", ".join(self.names)}
        if self.names and self.count == len(self.names):
            who = _("This would leave %(names)s without the one who walks with them.") % words
        elif self.names:
            who = (
                _("This would leave %(count)s people, %(names)s among them, without the one they know.")
                % words
            )
        else:
            one = ngettext(
                "This would leave %(count)s person, whose name is theirs to tell, without the one they know.",
                "This would leave %(count)s people, whose names are theirs to tell, without the one they know.",
                self.count,
            )
            who = one % words
        return f"{who} {_('It can end once each has been handed over: they meet together, and the person says who.')}"


def to_hand_over(*, viewer: Person | None, keepers: Iterable[Person]) -> ToHandOver | None:
    """Whom an ending would leave, of all that rooms above say (`endings`); None when it leaves nobody.

    A steward is told the names of those they have a Basis for, and how many the others are. `viewer=None` is the
    house itself, inside `working_on(…)`, which is told how many. Anyone else is told nothing.
    """
    if viewer is not None and not policies.check_can_look_after_place.allows(viewer):
        return None
    people = {each.person for each in endings.kept_by(keepers, asked_by=viewer)}
    if not people:
        return None
    return ToHandOver(len(people), _names_known(people) if viewer is not None else [])


def can_sign_in(*, viewer: Person, person: Person) -> bool:
    """Whether somebody's way to sign in is open, for a steward who may switch it."""
    if person.account_id is None or not policies.check_can_switch_sign_in.allows(viewer, person):
        return False
    with working_on("sign_in", person=viewer):
        return Account.objects.filter(pk=person.account_id, is_active=True).exists()


def _names_known(people: Iterable[UUID]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(guard.people()) INTERSECT SELECT unnest(%s::uuid[])", [list(people)])
        known = [key for (key,) in cursor.fetchall()]
    return [str(person) for person in Person.objects.filter(pk__in=known).order_by("name")]


def last_served_by(held: RoleHeld) -> list[Person]:
    """The holder of a role where it is the last they hold today: its end is the end of their serving."""
    others = RoleHeld.objects.filter(policies.held_now(), person=held.person_id).exclude(pk=held.pk)
    return [] if others.exists() else [held.person]


def serving_only_at(organisation: Organisation) -> list[Person]:
    """Those whose every role today is at this organisation: its end is the end of their serving. Two statements."""
    here = RoleHeld.objects.filter(policies.held_now(), organisation=organisation)
    elsewhere = RoleHeld.objects.filter(policies.held_now(), person__in=here.values("person")).exclude(
        organisation=organisation
    )
    return list(
        Person.objects.filter(pk__in=here.values("person")).exclude(pk__in=elsewhere.values("person"))
    )


def roles_at(organisation: Organisation) -> QuerySet[RoleHeld]:
    """The roles held at an organisation that have not ended, also those that begin later: public."""
    still = Q(to_day__isnull=True) | Q(to_day__gte=clock.today())
    found = RoleHeld.objects.filter(still, organisation=organisation).select_related("person")
    return found.order_by("person__name", "from_day", "pk")
