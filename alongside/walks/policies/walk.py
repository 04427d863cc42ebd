"""Who may offer a walk, begin it, keep it, rest it and see it."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import (
    WALKING_ROLES,
    basis_for,
    people_walked_with,
    selves,
    somebody_walks_with,
)
from alongside.kernel import clock, memo
from alongside.kernel.asked import asked
from alongside.kernel.policy import Denied, policy
from alongside.messages.models import Hello
from alongside.messages.policies import check_can_answer_hello
from alongside.people.models import Person
from alongside.people.policies import holds
from alongside.walks.models import Company, Walk, WalkPerson, WalkStep


def keeping_now() -> Q:
    """The condition on a Company that it holds at this moment."""
    now = clock.now()
    return Q(from_at__lte=now) & (Q(to_at__isnull=True) | Q(to_at__gt=now))


def kept_by(viewer: Person) -> set[UUID]:
    """The keys of the walks the viewer keeps now, as walker or as cover. One statement a request."""

    def ask() -> set[UUID]:
        return set(asked(_kept, viewer.pk, keeping_now()))

    return memo.once(("walks_kept_by", viewer.pk), ask)


def _kept(keeper: UUID, now: Q) -> QuerySet[Company, UUID]:
    return Company.objects.filter(now, person=keeper).values_list("walk_id", flat=True)


def visible_to(viewer: Person) -> Q:
    """The condition on a Walk that the viewer may see it: their own, kept by them, or of somebody open to them."""
    whose = selves(viewer) | people_walked_with(viewer)
    theirs = Exists(WalkPerson.objects.filter(walk=OuterRef("pk"), person__in=whose))
    return Q(pk__in=kept_by(viewer)) | Q(theirs)


def whose_walks_visible_to(viewer: Person, of: Person) -> Q:
    """The condition on a WalkPerson of this person that the viewer may see that walk: as `visible_to`."""
    whose = selves(viewer) | people_walked_with(viewer)
    if of.pk in whose:
        return Q(person__in=whose)
    together = WalkPerson.objects.filter(person__in=whose)
    return Q(walk__in=kept_by(viewer)) | Q(walk__in=together.values("walk"))


def is_of(viewer: Person, walk: Walk) -> bool:
    """Whether the viewer is one of those walked with."""
    return WalkPerson.objects.filter(walk=walk, person__in=selves(viewer), to_at__isnull=True).exists()


@policy(because=_lazy("Somebody who walks with a person stays; only those who can stay may offer it."))
def check_can_offer_walk(viewer: Person, thing: object = None) -> None:
    """Those whose work is to walk alongside offer to."""
    if not holds(viewer, *WALKING_ROLES):
        raise Denied(
            _("To walk with somebody is offered by those who do it here. Say hello for them at the door.")
        )


@policy(because=_lazy("Somebody who walks with a person stays; only those who can stay may offer it."))
def check_can_offer_to(viewer: Person, person: Person) -> None:
    """To somebody whose page is open to them, or with whom nobody walks yet; and never to oneself."""
    check_can_offer_walk(viewer)
    if person.pk in selves(viewer):
        raise Denied(_("Nobody walks with themself. Say hello, and somebody offers to walk with you."))
    if basis_for(viewer, person) is None and somebody_walks_with(person):
        raise Denied(
            _("Somebody walks with them already. Ask after them by name, and you are told whom to ask.")
        )


@policy(because=_lazy("Whose walk it is is said by them, to somebody they know; UK GDPR article 5(1)(f)."))
def check_can_join_them(viewer: Person, person: Person) -> None:
    """Somebody whose page is open to whoever writes it down, or with whom nobody walks yet."""
    if basis_for(viewer, person) is None and somebody_walks_with(person):
        raise Denied(
            _("Somebody walks with them already. Ask after them by name, and you are told whom to ask.")
        )


@policy(because=_lazy("A hello is answered by whoever was named, and so is what comes of it."))
def check_can_offer_after_hello(viewer: Person, hello: Hello) -> None:
    """Whoever answers this hello, where their work is to walk alongside."""
    check_can_answer_hello(viewer, hello)
    check_can_offer_walk(viewer)


@policy(because=_lazy("A walk belongs to its people: nobody else rests it, moves it or hands it over."))
def check_can_keep(viewer: Person, walk: Walk) -> None:
    """The person themself, or whoever keeps the walk, writing down what they said."""
    if walk.pk not in kept_by(viewer) and not is_of(viewer, walk):
        raise Denied(_("This walk belongs to its people. Ask whoever walks with them."))


@policy(because=_lazy("What the two of you agreed is nobody else's to read; UK GDPR article 5(1)(f)."))
def check_can_see_walk(viewer: Person, walk: Walk) -> None:
    """Its people, its walker and cover, and whoever the person let read their story."""
    if not Walk.objects.filter(visible_to(viewer), pk=walk.pk).exists():
        raise Denied(_("This walk is not open to you."))


@policy(because=_lazy("Words put into somebody's mouth stay; who is walked with is said face to face."))
def check_keeps(viewer: Person, walk: Walk) -> None:
    """Whoever keeps the walk now, as walker or cover."""
    if walk.pk not in kept_by(viewer):
        raise Denied(_("Only whoever walks with them writes this down."))


@policy(because=_lazy("What is chosen in a walk is chosen by the one who is walked with."))
def check_is_walked_with(viewer: Person, walk: Walk) -> None:
    """One of the people whose walk it is."""
    if not WalkPerson.objects.filter(walk=walk, person__in=selves(viewer), to_at__isnull=True).exists():
        raise Denied(_("That is chosen by the one whose walk it is."))


@policy(because=_lazy("A yes that somebody else could say would be no yes."))
def check_can_come_back(viewer: Person, walk: Walk) -> None:
    """The person themself, always; whoever keeps it, where there was a walk to come back to."""
    check_can_keep(viewer, walk)
    began = [WalkStep.Step.BEGAN, WalkStep.Step.CAME_BACK]
    if not is_of(viewer, walk) and not walk.steps.filter(step__in=began).exists():
        raise Denied(_("They have not said yes yet. When they do, write their yes down."))


@policy(because=_lazy("Nobody is left with one person only: when that one is ill, they are alone."))
def check_can_cover(cover: Person, walker: Person) -> None:
    """Somebody who walks alongside people here, and another than the walker."""
    if cover == walker or not holds(cover, *WALKING_ROLES):
        raise Denied(_("Whoever covers is somebody else who walks alongside people here."), whom=walker)
