"""Who may begin a walk, keep it, rest it, hand it over, and read and write its moments."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import (
    WALKING_ROLES,
    check_can_write_for,
    live_bases,
    people_walked_with,
    selves,
)
from alongside.kernel import clock, memo
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person, Role
from alongside.people.policies import holds
from alongside.story.models import Audience
from alongside.walks.models import Company, Moment, MomentWith, Walk, WalkPerson


def keeping_now() -> Q:
    """The condition on a Company that it holds at this moment."""
    now = clock.now()
    return Q(from_at__lte=now) & (Q(to_at__isnull=True) | Q(to_at__gt=now))


def kept_by(viewer: Person) -> set[UUID]:
    """The keys of the walks the viewer keeps now, as walker or as cover. One statement a request."""

    def ask() -> set[UUID]:
        return set(Company.objects.filter(keeping_now(), person=viewer).values_list("walk_id", flat=True))

    return memo.once(("walks_kept_by", viewer.pk), ask)


def visible_to(viewer: Person) -> Q:
    """The condition on a Walk that the viewer may see it: their own, kept by them, or of somebody open to them."""
    whose = selves(viewer) | people_walked_with(viewer)
    return Q(pk__in=kept_by(viewer)) | Exists(
        WalkPerson.objects.filter(walk=OuterRef("pk"), person__in=whose)
    )


def moments_visible_to(viewer: Person) -> Q:
    """The condition on a Moment that the viewer may read it.

    The person's own; one's own words; on which one was there too; and, for whoever walks with the person,
    all that is not only for the two.
    """
    own = selves(viewer)
    bases = live_bases(viewer)
    opened: set[UUID] = {key for basis in bases for key in basis.parts}
    with_them = Exists(MomentWith.objects.filter(moment=OuterRef("pk"), person__in=own))
    return (
        Q(person__in=own)
        | Q(by=viewer)
        | Q(written_down_by=viewer)
        | Q(audience=Audience.WALKERS, person__in=people_walked_with(viewer))
        | (~Q(audience=Audience.ONLY_US) & (Q(pk__in=opened) | with_them))
    )


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


@policy(because=_lazy("A walk belongs to its people: nobody else rests it, moves it or hands it over (I32)."))
def check_can_keep(viewer: Person, walk: Walk) -> None:
    """The person themself, or whoever keeps the walk, writing down what they said."""
    if walk.pk not in kept_by(viewer) and not is_of(viewer, walk):
        raise Denied(_("This walk belongs to its people. Ask whoever walks with them."))


@policy(because=_lazy("What the two of you agreed is nobody else's to read; UK GDPR article 5(1)(f)."))
def check_can_see_walk(viewer: Person, walk: Walk) -> None:
    """Its people, its walker and cover, and whoever the person let read their story."""
    if not Walk.objects.filter(visible_to(viewer), pk=walk.pk).exists():
        raise Denied(_("This walk is not open to you."))


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_record(viewer: Person, person: Person) -> None:
    """The person themself, or whoever walks with them."""
    check_can_write_for(viewer, person)


@policy(because=_lazy("Words told to one and read by another are trust broken; UK GDPR article 5(1)(f)."))
def check_can_read_moment(viewer: Person, moment: Moment) -> None:
    """Whoever the moment is for."""
    if not Moment.objects.filter(moments_visible_to(viewer), pk=moment.pk).exists():
        raise Denied(_("These words are not for you to read."))


@policy(because=_lazy("Who is full, and which walk has no cover, is seen by those who can mend it."))
def check_leads(viewer: Person, thing: object = None) -> None:
    """A team lead or a place steward."""
    if not holds(viewer, Role.TEAM_LEAD, Role.STEWARD):
        raise Denied(_("This is for whoever looks after those who walk alongside."))


@policy(because=_lazy("Words put into somebody's mouth stay; who is walked with is said face to face."))
def check_keeps(viewer: Person, walk: Walk) -> None:
    """Whoever keeps the walk now, as walker or cover."""
    if walk.pk not in kept_by(viewer):
        raise Denied(_("Only whoever walks with them writes this down."))


@policy(because=_lazy("Nobody is left with one person only: when that one is ill, they are alone (I6)."))
def check_can_cover(cover: Person, walker: Person) -> None:
    """Somebody who walks alongside people here, and another than the walker."""
    if cover == walker or not holds(cover, *WALKING_ROLES):
        raise Denied(_("Whoever covers is somebody else who walks alongside people here."), whom=walker)
