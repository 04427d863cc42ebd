"""Who may write people down, say things of them, and look after roles and organisations.

Who may *find* whom needs to know what a Basis is, so it stands one room up: `consent/finding.py`.
"""

from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.kernel import acting, clock, memo
from alongside.kernel.policy import Check, Denied, policy
from alongside.people.models import Alias, Person, Role, RoleHeld, SamePerson

# Those whose work brings them people nobody has written down yet.
WELCOMING = (Role.WORKER, Role.PEER, Role.CONNECTOR, Role.SOCIAL_WORKER, Role.DUTY_HUMAN, Role.TEAM_LEAD)
# Those whose work may bring them to somebody's door, so that they may ask whether anyone walks with them.
ASKING_AFTER = (*WELCOMING, Role.COORDINATOR, Role.SPECIALIST, Role.STEWARD)


def held_now() -> Q:
    """The condition on a RoleHeld that it is held today."""
    today = clock.today()
    return Q(from_day__lte=today) & (Q(to_day__isnull=True) | Q(to_day__gte=today))


def roles_held(viewer: Person) -> frozenset[str]:
    """Every role the viewer holds today. One statement a request."""

    def ask() -> frozenset[str]:
        return frozenset(RoleHeld.objects.filter(held_now(), person=viewer).values_list("role", flat=True))

    return memo.once(("roles_held", viewer.pk), ask)


def selves(viewer: Person) -> frozenset[UUID]:
    """The viewer's own key, and those of records found to be the same person. One statement a request."""

    def ask() -> frozenset[UUID]:
        return frozenset([viewer.pk, *Person.objects.filter(same_as=viewer).values_list("pk", flat=True)])

    return memo.once(("selves", viewer.pk), ask)


def remember(entered: acting.Entered) -> None:
    """Keep, for this request, what the database said at the door: it need not be asked again."""
    if entered.person:
        who = UUID(entered.person)
        memo.once(("selves", who), lambda: frozenset(entered.selves))
        memo.once(("roles_held", who), lambda: frozenset(entered.roles))
    memo.once("place_name", lambda: entered.place)
    memo.once("easy_pages", lambda: frozenset(entered.easy))


def holds(viewer: Person | None, *roles: str) -> bool:
    """Whether the viewer holds one of these roles (any role, when none is named) today."""
    if viewer is None:
        return False
    held = roles_held(viewer)
    return not held.isdisjoint(roles) if roles else bool(held)


def allowed(check: Check, by: Person | None, thing: Any = None) -> None:
    """Run a check for an operation. The house itself (`by=None`) may, only inside `working_on(…)`."""
    if by is None and acting.current().work:
        return
    check(by, thing)


def is_own(viewer: Person | None, person: Person) -> bool:
    """Whether this record is the viewer themself, also where two records were found to be one person."""
    return viewer is not None and viewer.pk in (person.pk, person.same_as_id)


def walks_with(viewer: Person | None, person: Person) -> bool:
    """Whether the viewer, who must be the one who acts, walks with this person now.

    A Basis stands one room up, so this asks the database's own guard. One statement.
    """
    if viewer is None or acting.current().actor != str(viewer.pk):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY(guard.whole())", [person.pk])
        return bool(cursor.fetchone()[0])


def may_say_of(viewer: Person | None) -> set[UUID]:
    """The keys of all of whom `check_can_say_of` lets the viewer say something. One statement, as `walks_with`."""
    if viewer is None or acting.current().actor != str(viewer.pk):
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(guard.whole() || guard.selves())")
        return {row[0] for row in cursor.fetchall()}


@policy(because=_lazy("Who holds which role decides whose words are read, so it is in few hands."))
def check_can_look_after_place(viewer: Person | None, thing: object = None) -> None:
    """A place steward looks after people's names and roles, organisations, words, and what is broken."""
    if not holds(viewer, Role.STEWARD):
        raise Denied(_("A place steward looks after this. Ask them; they will be glad you did."))


@policy(
    because=_lazy(
        "A person is written down only where somebody will be there for them; UK GDPR article 5(1)(c)."
    )
)
def check_can_write_down(viewer: Person | None, thing: object = None) -> None:
    """Those at the door, those who walk alongside, and stewards write down somebody new."""
    if not holds(viewer, *WELCOMING, Role.STEWARD):
        raise Denied(_("Say hello for them at the front door: somebody there writes it down with them."))


@policy(because=_lazy("What you are called and how you are reached is yours to say."))
def check_can_say_of(viewer: Person | None, person: Person) -> None:
    """A person says it themself, or whoever walks with them writes it down for them."""
    if not is_own(viewer, person) and not walks_with(viewer, person):
        raise Denied(
            _("Only %(called)s, or somebody who walks with them, can say this.") % {"called": person}
        )


@policy(because=_lazy("How much somebody can carry is theirs to say."))
def check_can_set_room(viewer: Person | None, person: Person) -> None:
    """A person says themself how much room they have; a steward may write it down for them."""
    if not is_own(viewer, person) and not holds(viewer, Role.STEWARD):
        raise Denied(_("How much room %(called)s has is theirs to say.") % {"called": person})


@policy(because=_lazy("Two people's stories put together by mistake would each be read by the wrong eyes."))
def check_can_agree_same(viewer: Person | None, same: SamePerson) -> None:
    """Another steward than the one who proposed it, and neither of the two records themself."""
    check_can_look_after_place(viewer)
    assert viewer is not None  # noqa: S101  the line above has refused nobody-at-all
    if viewer.pk == same.proposed_by_id:
        raise Denied(_("It takes two. Ask another place steward to look at these two records and agree."))
    if is_own(viewer, same.kept) or is_own(viewer, same.other):
        raise Denied(_("One of these records is you, so two others decide this."))


@policy(because=_lazy("Room is said by those who walk with others, about themselves."))
def check_serves(viewer: Person | None, thing: object = None) -> None:
    """Those who hold any role here today say how much room they have."""
    if not holds(viewer):
        raise Denied(_("This page is for those who serve the place. Say hello if you would like to."))


@policy(because=_lazy("A name is forgotten by the one who carried it."))
def check_is_own_name(viewer: Person | None, alias: Alias) -> None:
    """Another name is the person's own to forget."""
    if not is_own(viewer, alias.person):
        raise Denied(_("That name is theirs to forget."))


@policy(
    because=_lazy(
        "The way to your own page is yours: nobody takes it away; Human Rights Act 1998, article 8."
    )
)
def check_can_switch_sign_in(viewer: Person | None, person: Person) -> None:
    """A place steward, for those who serve or served here and can sign in: never a resident, never themself."""
    check_can_look_after_place(viewer)
    if is_own(viewer, person):
        raise Denied(_("Another place steward does this for you, so that nobody locks themself out."))
    if person.account_id is None or not RoleHeld.objects.filter(person=person).exists():
        raise Denied(_("The way to %(called)s's own page is theirs. It stays open.") % {"called": person})
