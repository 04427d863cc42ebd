"""The guard: may they open this page, whose pages may they open, who can, and on what basis?

Row-level security (`row_security.py`) says the same in SQL. Each holds alone; the leak test tries both.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.models import Basis, Closeness, SaySo
from alongside.kernel import acting, clock, memo
from alongside.kernel.asked import asked
from alongside.kernel.policy import Denied, narrow, policy
from alongside.people.models import Person, Role, RoleHeld
from alongside.people.policies import holds
from alongside.people.policies import selves as selves

WALKING_ROLES = (Role.WORKER, Role.PEER, Role.CONNECTOR, Role.SOCIAL_WORKER, Role.COORDINATOR, Role.TEAM_LEAD)
# Who may write down that the law makes somebody look.
DUTY_ROLES = (Role.SOCIAL_WORKER, Role.STEWARD)


def live_now() -> Q:
    """The condition on a Basis that it holds at this moment, closeness included (I18).

    Two records found to be one person count as one: what was said on either is true of both.
    """
    said = Closeness.objects.filter(over_at__isnull=True).annotate(one=_self("person"), two=_self("other"))
    close = said.filter(
        Q(one=_self_of_outer("person"), two=_self_of_outer("actor"))
        | Q(one=_self_of_outer("actor"), two=_self_of_outer("person"))
    )
    return _in_time() & (Q(kind=Basis.Kind.SAY_SO) | Q(~Exists(close)))


def _in_time() -> Q:
    now = clock.now()
    return Q(from_at__lte=now) & (Q(to_at__isnull=True) | Q(to_at__gt=now))


def _self(side: str) -> Coalesce:
    return Coalesce(f"{side}__same_as", side)


def _self_of_outer(side: str) -> Coalesce:
    return Coalesce(OuterRef(f"{side}__same_as"), OuterRef(side))


def live_bases(viewer: Person) -> list[Basis]:
    """Every Basis the viewer holds at this moment: whole ones first, and what the person said before the law.

    One statement a request, two with a duty.
    """

    def ask() -> list[Basis]:
        held = asked(_held, actor=viewer.pk, live=_in_time())
        # Closeness matters only to what rests on law: most people hold nothing of that kind, so ask second.
        by_law = [basis.pk for basis in held if basis.kind != Basis.Kind.SAY_SO]
        still = (
            set(Basis.objects.filter(live_now(), pk__in=by_law).values_list("pk", flat=True))
            if by_law
            else ()
        )
        live = [basis for basis in held if basis.kind == Basis.Kind.SAY_SO or basis.pk in still]
        return sorted(live, key=lambda basis: (not basis.whole, basis.kind != Basis.Kind.SAY_SO))

    return memo.once(("live_bases", viewer.pk), ask)


def _held(actor: UUID, live: Q) -> QuerySet[Basis]:
    return Basis.objects.filter(live, actor=actor).order_by("-whole", "from_at", "id")


def people_walked_with(viewer: Person) -> set[UUID]:
    """The keys of those whose whole story is open to the viewer."""
    return {basis.person_id for basis in live_bases(viewer) if basis.whole}


def parts_opened_to(viewer: Person) -> set[UUID]:
    """The keys of the single parts and ties that people opened to the viewer."""
    return {key for basis in live_bases(viewer) for key in basis.parts}


def opened_to(viewer: Person) -> Q:
    """The condition on a Person that the viewer may open their page."""
    return Q(pk__in=near(viewer))


def near(viewer: Person) -> set[UUID]:
    """The keys of the viewer's own records, and of everybody who opened something to them."""
    return {*selves(viewer), *(basis.person_id for basis in live_bases(viewer))}


def nameable(viewer: Person) -> Q:
    """The condition on a Person that the viewer may know their name. It adds no statement of its own to a request.

    Themself; those who opened something to them; those they once gave a say-so; whoever serves the place;
    and, for a steward, everybody.
    """
    if holds(viewer, Role.STEWARD):
        return Q(pk__isnull=False)
    said_to = SaySo.objects.filter(person__in=selves(viewer)).values("given_to")
    return Q(pk__in=near(viewer)) | Q(pk__in=said_to) | Q(pk__in=RoleHeld.objects.values("person"))


def basis_for(viewer: Person, person: Person) -> Basis | None:
    """On what basis the viewer may open this page now: the widest that holds, or None."""
    return next((basis for basis in live_bases(viewer) if basis.person_id == person.pk), None)


def who_can(person: Person) -> "list[Basis]":
    """Everyone who may open this page now, each with their basis and its reason."""
    return list(
        Basis.objects.filter(live_now(), person=person).select_related("actor", "say_so", "legal_reason")
    )


def pages_of(viewer: Person) -> Iterable[Person]:
    """Whose pages the viewer may open, themself left out, by name."""
    return narrow(Person.objects.exclude(pk=viewer.pk), opened_to(viewer)).order_by("name")


def _is_own(viewer: Person, person: Person) -> bool:
    return viewer.pk in (person.pk, person.same_as_id)


@policy(
    because=_lazy(
        "A page read by somebody it was not meant for does harm that cannot be undone; UK GDPR article 5(1)(f)."
    )
)
def check_can_open_page(viewer: Person, person: Person) -> None:
    """One's own page, or one opened by say-so or legal reason at this moment."""
    if not _is_own(viewer, person) and basis_for(viewer, person) is None:
        raise Denied(_("This page is not open to you."))


@policy(because=_lazy("What is yours to decide is taken from you when another does it for you."))
def check_is_own_page(viewer: Person, person: Person) -> None:
    """One's own page and nobody else's."""
    if not _is_own(viewer, person):
        raise Denied(_("This is theirs to do, not yours."))


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_write_for(viewer: Person, person: Person) -> None:
    """Write on a page: the person themself, or whoever walks with them, writing down what they said."""
    if _is_own(viewer, person):
        return
    basis = basis_for(viewer, person)
    if basis is None or not basis.whole:
        raise Denied(_("Only %(called)s, or somebody who walks with them, writes here.") % {"called": person})


@policy(because=_lazy("A say-so that another could make up would be no say-so; UK GDPR article 7."))
def check_can_write_down_say_so(viewer: Person, say_so: SaySo) -> None:
    """The person themself; whoever walks with them, writing it down; or, when nobody does yet, the first walker.

    The first walker writes down what was said to them face to face, and once only: after a no it is the
    person's own to say. All of a story is written down for nobody but somebody who walks with people here.
    It stands at the top of the person's own page until they answer it, and it is in the audit.
    """
    if _is_own(viewer, say_so.person):
        return
    _check_reader_walks(say_so)
    if walks_by_say_so(viewer, say_so.person):
        return
    first = say_so.given_to_id == viewer.pk and holds(viewer, *WALKING_ROLES)
    if not first or somebody_walks_with(say_so.person):
        raise Denied(_("Only %(called)s can say who reads what.") % {"called": say_so.person})
    if _guard_says("told_me_no", say_so.person):
        raise Denied(
            _("%(called)s said no to you before. If it is a yes now, it is theirs to write.")
            % {"called": say_so.person}
        )


def _check_reader_walks(say_so: SaySo) -> None:
    """What another writes down opens all of a story only to somebody who walks with people here."""
    if say_so.whole and not holds(say_so.given_to, *WALKING_ROLES):
        raise Denied(
            _(
                "%(reader)s does not walk with people here, so only %(called)s can open all of it to them."
                " You may write down single parts."
            )
            % {"reader": say_so.given_to.name, "called": say_so.person}
        )


@policy(because=_lazy("A say-so that another could give again would never be over; UK GDPR article 7."))
def check_can_renew_say_so(viewer: Person, say_so: SaySo) -> None:
    """The person themself, or whoever they let walk with them, writing it down for one who walks with people."""
    if say_so.state == SaySo.State.REFUSED:
        raise Denied(_("They said no to this. If it is a yes now, that is a new one, in new words."))
    if _is_own(viewer, say_so.person):
        return
    if not walks_by_say_so(viewer, say_so.person):
        raise Denied(_("Only %(called)s can say who reads what.") % {"called": say_so.person})
    _check_reader_walks(say_so)


@policy(because=_lazy("Whoever wrote your yes down cannot also be the one who says that you meant it."))
def check_can_confirm_say_so(viewer: Person, say_so: SaySo) -> None:
    """Only the one whose say-so it is, once, and only what another wrote down."""
    if not _is_own(viewer, say_so.person):
        raise Denied(_("Only %(called)s can say whether that is right.") % {"called": say_so.person})
    if say_so.state != SaySo.State.GIVEN:
        raise Denied(_("That say-so had already ended."))
    if say_so.written_down_by_id is None or say_so.seen_at is not None:
        raise Denied(_("You have said so already. You can still take it back."))


def walks_by_say_so(viewer: Person, person: Person) -> bool:
    """Whether the person let the viewer walk with them: a duty in law opens a page and lends nobody their voice."""
    return any(
        basis.whole and basis.kind == Basis.Kind.SAY_SO and basis.person_id == person.pk
        for basis in live_bases(viewer)
    )


def somebody_walks_with(person: Person) -> bool:
    """Whether this person let anyone walk with them (asked of the database, beside what `by` may see)."""
    return _guard_says("is_walked_with", person)


def _guard_says(question: str, person: Person) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT guard.{question}(%s)", [person.pk])
        return bool(cursor.fetchone()[0])


@policy(because=_lazy("Who reads your page is yours to decide."))
def check_can_end_say_so(viewer: Person, say_so: SaySo) -> None:
    """Taking back is the person's, or written down for them by whoever walks with them; giving up is the holder's.

    In the work `consent.end` the house ends what has done what it was for: whoever left a walk of several reads
    the others' pages no more, though the one who brought it back does not speak for them.
    """
    if acting.current().work != "consent.end" and viewer.pk != say_so.given_to_id:
        theirs = _is_own(viewer, say_so.person) or walks_by_say_so(viewer, say_so.person)
        if not theirs:
            raise Denied(_("Only %(called)s can say who reads what.") % {"called": say_so.person})
    if say_so.state != SaySo.State.GIVEN:
        raise Denied(_("That say-so had already ended."))


@policy(because=_lazy('A page opened "by law" without a duty in law is a breach; UK GDPR article 6.'))
def check_can_name_a_duty(viewer: Person, thing: object = None) -> None:
    """Only those who carry duties in law write down that one opens a page."""
    if not holds(viewer, *DUTY_ROLES):
        raise Denied(_("A page is opened by law only by somebody who carries that duty."))
