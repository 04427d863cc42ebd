"""Who may read a moment, write it down, say it again, answer it, and say whom it is for."""

from typing import NamedTuple
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
from alongside.kernel.asked import Inner
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.people.policies import holds
from alongside.story.models import Audience
from alongside.walks.models import Draft, Moment, MomentWith, WalkPerson


def moments_visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a Moment that the viewer may read it.

    The person's own; one's own words; on which one was there too; and, for whoever walks with the person,
    all that is not only for the two. With `of`, as much of it as moments about that one person need, no more.
    """
    own = selves(viewer)
    if of is not None and of.pk in own:
        return Q(person__in=own)
    opened: set[UUID] = {key for basis in live_bases(viewer) for key in basis.parts}
    named = Q(Inner(_was_there, people=own))
    walked_with = people_walked_with(viewer) if of is None else people_walked_with(viewer) & {of.pk}
    theirs = Q(by=viewer) | Q(written_down_by=viewer)
    return (
        (theirs if of is not None else Q(person__in=own) | theirs)
        | Q(audience=Audience.WALKERS, person__in=walked_with)
        | (~Q(audience=Audience.ONLY_US) & (Q(pk__in=opened) | named if opened else named))
    )


def _was_there(people: frozenset[UUID]) -> Exists:
    return Exists(MomentWith.objects.filter(moment=OuterRef("pk"), person__one_of=people))


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_record(viewer: Person, person: Person) -> None:
    """The person themself, or whoever walks with them."""
    check_can_write_for(viewer, person)


@policy(because=_lazy("Words told to one and read by another are trust broken; UK GDPR article 5(1)(f)."))
def check_can_read_moment(viewer: Person, moment: Moment) -> None:
    """Whoever the moment is for."""
    if not Moment.objects.filter(moments_visible_to(viewer), pk=moment.pk).exists():
        raise Denied(_("These words are not for you to read."))


class Telling(NamedTuple):
    """A moment about to be kept: whose page, whose moment it is, and whom it is for."""

    person: Person
    who: Person
    audience: str = Audience.WALKERS


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_tell_as(viewer: Person, telling: Telling) -> None:
    """One tells one's own moment, or writes down what the person said; nobody speaks for a third."""
    own_page = telling.person.pk in selves(viewer)
    if telling.who.pk not in selves(viewer) | {telling.person.pk}:
        raise Denied(
            _("Write down what they said, or what you saw. Others say it themselves."), whom=telling.person
        )
    if telling.audience == Audience.ONLY_US and not own_page and telling.who != viewer:
        raise Denied(
            _("You are writing this down, so you know it too. %(called)s can make it for fewer people.")
            % {"called": telling.person},
            whom=telling.person,
        )


class ThereToo(NamedTuple):
    """Somebody else who was there: on whose moment."""

    person: Person
    other: Person


@policy(because=_lazy("Words told to one and read by another are trust broken; UK GDPR article 5(1)(f)."))
def check_can_be_there_too(viewer: Person, there: ThereToo) -> None:
    """Those who are walked with together read what happened to them together, and nobody else does."""
    own = WalkPerson.objects.filter(person=there.person, to_at__isnull=True).values("walk")
    if not WalkPerson.objects.filter(walk__in=own, person=there.other, to_at__isnull=True).exists():
        raise Denied(
            _("%(called)s is not walked with together with them. Write them a moment of their own.")
            % {"called": there.other}
        )


@policy(because=_lazy("Words changed by another are no longer what was said; UK GDPR article 5(1)(d)."))
def check_can_say_moment_again(viewer: Person, moment: Moment) -> None:
    """Whose moment it is, or whoever wrote it down for them and still walks with them."""
    if moment.by_id in selves(viewer):
        return
    walks_with = moment.person_id in selves(viewer) | people_walked_with(viewer)
    if moment.written_down_by_id != viewer.pk or not walks_with:
        raise Denied(_("Only the one who said this can say it another way. You can answer beneath it."))


class Answering(NamedTuple):
    """An answer about to be kept: beneath which moment, and who says it."""

    moment: Moment
    said_by: Person


@policy(
    because=_lazy(
        "The one it is about must be able to answer, and not be talked over by others; UK GDPR article 16."
    )
)
def check_can_answer_moment(viewer: Person, moment: Moment) -> None:
    """Those it is between: the person, whose moment it is, who was there too, and whoever walks with them."""
    own = selves(viewer)
    if {moment.by_id, moment.person_id} & own or moment.person_id in people_walked_with(viewer):
        return
    if not MomentWith.objects.filter(moment=moment, person__in=own).exists():
        raise Denied(_("Only those who were there, and whoever walks with them, can answer here."))


@policy(because=_lazy("Words put into somebody's mouth stay on their page."))
def check_can_answer_moment_as(viewer: Person, answering: Answering) -> None:
    """One answers for oneself; the person's answer is written down by whoever may write on their page."""
    moment, said_by = answering
    if said_by.pk in selves(viewer):
        return
    if said_by.pk != moment.person_id:
        raise Denied(_("Answer for yourself. Others say it themselves."))
    check_can_write_for(viewer, moment.person)


@policy(because=_lazy("Told once is not told to all: who else reads it is for the person to say."))
def check_can_set_moment_audience(viewer: Person, moment: Moment) -> None:
    """The person it is about says whom it is for, and nobody else."""
    if moment.person_id not in selves(viewer):
        raise Denied(_("Whom this is for is up to the person it is about."))


@policy(because=_lazy("A number about how a worker works is used against them, sooner or later."))
def check_writes_moments(viewer: Person, thing: object = None) -> None:
    """How long writing took is a worker's own to see."""
    if not holds(viewer, *WALKING_ROLES):
        raise Denied(_("This is for those who walk alongside people, each about their own days."))


@policy(
    because=_lazy(
        "Words not said yet are nobody else's to read, change or throw away; UK GDPR article 5(1)(f)."
    )
)
def check_is_author(viewer: Person, draft: Draft) -> None:
    """Whoever is writing it."""
    if draft.author_id != viewer.pk:
        raise Denied(_("Somebody else is writing this."))
