"""Who may begin a walk, keep it, rest it, hand it over, and read and write its moments."""

from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.models import Duty
from alongside.consent.policies import (
    WALKING_ROLES,
    basis_for,
    check_can_write_for,
    live_bases,
    people_walked_with,
    selves,
    somebody_walks_with,
)
from alongside.kernel import clock, memo
from alongside.kernel.policy import Denied, policy
from alongside.messages.models import Hello
from alongside.messages.policies import check_can_answer_hello
from alongside.people.models import Person, Role
from alongside.people.policies import holds
from alongside.story.models import Audience
from alongside.walks.models import (
    Away,
    Challenge,
    Company,
    Draft,
    Handover,
    Moment,
    MomentWith,
    Repair,
    SaidFull,
    Walk,
    WalkPerson,
    WalkStep,
)


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
    theirs = Exists(WalkPerson.objects.filter(walk=OuterRef("pk"), person__in=whose))
    return Q(pk__in=kept_by(viewer)) | Q(theirs)


def whose_walks_visible_to(viewer: Person, of: Person) -> Q:
    """The condition on a WalkPerson of this person that the viewer may see that walk: as `visible_to`."""
    whose = selves(viewer) | people_walked_with(viewer)
    if of.pk in whose:
        return Q(person__in=whose)
    together = WalkPerson.objects.filter(person__in=whose)
    return Q(walk__in=kept_by(viewer)) | Q(walk__in=together.values("walk"))


def moments_visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a Moment that the viewer may read it.

    The person's own; one's own words; on which one was there too; and, for whoever walks with the person,
    all that is not only for the two. With `of`, as much of it as moments about that one person need, no more.
    """
    own = selves(viewer)
    if of is not None and of.pk in own:
        return Q(person__in=own)
    opened: set[UUID] = {key for basis in live_bases(viewer) for key in basis.parts}
    named = Q(Exists(MomentWith.objects.filter(moment=OuterRef("pk"), person__in=own)))
    walked_with = people_walked_with(viewer) if of is None else people_walked_with(viewer) & {of.pk}
    theirs = Q(by=viewer) | Q(written_down_by=viewer)
    return (
        (theirs if of is not None else Q(person__in=own) | theirs)
        | Q(audience=Audience.WALKERS, person__in=walked_with)
        | (~Q(audience=Audience.ONLY_US) & (Q(pk__in=opened) | named if opened else named))
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


@policy(because=_lazy("A handover is the person's choice, met face to face, and never a new intake."))
def check_can_hand_over(viewer: Person, handover: Handover) -> None:
    """The person, or whoever keeps their walk; and only while it is being talked through."""
    check_can_keep(viewer, handover.walk)
    if handover.state != Handover.State.TALKING:
        raise Denied(_("That handover was settled already."))


@policy(
    because=_lazy("What is talked through between three is nobody else's to read; UK GDPR article 5(1)(f).")
)
def check_can_read_handover(viewer: Person, handover: Handover) -> None:
    """Whoever may see the walk, and the one who may walk next."""
    if handover.to_walker_id != viewer.pk:
        check_can_see_walk(viewer, handover.walk)


class Straight(NamedTuple):
    """What may be said straight: on which walk, and to whom."""

    walk: Walk
    person: Person


@policy(because=_lazy("Straight words that were never asked for are only hard words."))
def check_can_agree_straight(viewer: Person, straight: Straight) -> None:
    """The one to whom it may be said, or whoever walks with them, writing it down."""
    check_is_walked_with(straight.person, straight.walk)
    if straight.person.pk not in selves(viewer):
        check_keeps(viewer, straight.walk)


@policy(because=_lazy("Whoever is full has said enough: the place answers for it, and not they themself."))
def check_can_answer_full(viewer: Person, full: SaidFull) -> None:
    """A lead, and never the one who is full."""
    check_leads(viewer)
    if full.worker_id == viewer.pk:
        raise Denied(
            _("Somebody else answers for it: that is what it is for. Ask another lead, or a steward.")
        )


@policy(because=_lazy("What may be said straight is said as long as the person wants it, and no longer."))
def check_can_end_challenge(viewer: Person, challenge: Challenge) -> None:
    """The person who agreed to it, or whoever walks with them, writing it down."""
    check_can_agree_straight(viewer, Straight(challenge.walk, challenge.person))


@policy(because=_lazy("To talk a duty over is offered by those who stay, and is not one more duty."))
def check_can_offer_repair(viewer: Person, duty: Duty) -> None:
    """Whoever walks with the person the duty was about; it is theirs to answer."""
    if duty.person_id in selves(viewer):
        raise Denied(
            _("This is offered to you by whoever walks with you. You can ask about the duty on its page.")
        )
    # Asked by key: whoever carries the duty may not know whose page it is about.
    if duty.person_id not in people_walked_with(viewer):
        raise Denied(_("This is offered by whoever walks with them."))


@policy(because=_lazy("Whether to talk it over is up to the one to whom it was done."))
def check_can_answer_repair(viewer: Person, repair: Repair) -> None:
    """The person, or whoever walks with them, writing it down."""
    check_can_record(viewer, repair.person)


@policy(because=_lazy("What is chosen in a walk is chosen by the one who is walked with."))
def check_is_walked_with(viewer: Person, walk: Walk) -> None:
    """One of the people whose walk it is."""
    if not WalkPerson.objects.filter(walk=walk, person__in=selves(viewer), to_at__isnull=True).exists():
        raise Denied(_("That is chosen by the one whose walk it is."))


@policy(because=_lazy("What somebody can carry is theirs to say; nobody is full for another."))
def check_can_say_full(viewer: Person, thing: object = None) -> None:
    """Whoever walks alongside people says so of themself."""
    if not holds(viewer, *WALKING_ROLES):
        raise Denied(_("This is said by those who walk alongside people."))


@policy(because=_lazy("Days away are said by the one who is away, or by whoever looks after them."))
def check_can_say_away(viewer: Person, worker: Person) -> None:
    """Oneself; or a lead, for somebody who is ill and cannot say it."""
    if viewer != worker:
        check_leads(viewer)


@policy(because=_lazy("Days away are said by the one who is away, or by whoever looks after them."))
def check_can_take_back_away(viewer: Person, away: Away) -> None:
    """Oneself; or a lead."""
    check_can_say_away(viewer, away.worker)


@policy(because=_lazy("What somebody can carry is theirs to say; nobody is full for another."))
def check_works_along(viewer: Person, thing: object = None) -> None:
    """Whoever walks alongside people here, and whoever leads them."""
    if not holds(viewer, *WALKING_ROLES, Role.STEWARD):
        raise Denied(_("This is said by those who walk alongside people."))


@policy(because=_lazy("An alarm that anybody could raise is one that nobody hears."))
def check_is_the_morning_look(work: str, thing: object = None) -> None:
    """The house's own look for walks without cover."""
    if work != "walks.cover":
        raise Denied(_("The house looks for this by itself, every morning."))


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
