"""Who may read, write, decide and settle in a plan. Row-level security says the same; each holds alone."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.lanes.policies import carried_by, carries, check_can_withdraw_consent
from alongside.consent.models import Duty
from alongside.consent.policies import (
    check_can_write_for,
    nameable,
    parts_opened_to,
    people_walked_with,
    selves,
    walks_by_say_so,
)
from alongside.doings.models import Belongs, CalendarFeed, Doing, Promise, QuickThing, Together
from alongside.kernel import memo
from alongside.kernel.policy import Denied, narrow, policy
from alongside.people.models import Person
from alongside.story.models import Audience


def togethers_of(viewer: Person) -> frozenset[UUID]:
    """The keys of the families and streets the viewer belongs to now. One statement a request."""

    def ask() -> frozenset[UUID]:
        found = Belongs.objects.filter(person__in=selves(viewer), from_at__isnull=False, to_at__isnull=True)
        return frozenset(found.values_list("together", flat=True))

    return memo.once(("togethers_of", viewer.pk), ask)


def _opened(viewer: Person) -> Q:
    opened = Q(audience=Audience.WALKERS, person__in=people_walked_with(viewer))
    named = parts_opened_to(viewer)
    return opened | (~Q(audience=Audience.ONLY_US) & Q(pk__in=named)) if named else opened


def _together(viewer: Person, of: Person | None) -> Q:
    """What is about one person is about no family and no street: it need not be asked where one belongs."""
    return Q() if of is not None else Q(together__in=togethers_of(viewer))


# With `of`, these say as much as is needed of rows about that one person, and never more than without.


def visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a Doing that the viewer may read it.

    Whose it is, who belongs together, whoever it is for; who owns it or helps with it sees that one alone;
    and what the law makes somebody do is read by whoever reads that duty.
    """
    mine = selves(viewer)
    if of is not None and of.pk in mine:
        return Q(person__in=mine)
    return (
        Q(person__in=mine)
        | Q(owner__in=mine)
        | Q(helper__in=mine)
        | _together(viewer, of)
        | _opened(viewer)
        | Q(lane="to") & _by_a_duty_read(viewer, of)
    )


def _by_a_duty_read(viewer: Person, of: Person | None) -> Q:
    """That it rests on a duty which the viewer reads."""
    whose = selves(viewer) | people_walked_with(viewer)
    if of is not None and of.pk in whose:
        return Q(duty__person=of.pk)
    return Q(duty__in=Duty.objects.filter(Q(person__in=whose) | carried_by(viewer)).values("pk"))


def quick_things_visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a QuickThing: the person, whoever walks with them, and who does it."""
    whose = selves(viewer) | people_walked_with(viewer)
    if of is not None and of.pk in whose:
        return Q(person=of.pk)
    return Q(person__in=whose) | Q(owner__in=selves(viewer))


def promises_visible_to(viewer: Person, of: Person | None = None) -> Q:
    """The condition on a Promise: as for a doing; whoever made it, or answers for it, sees that one alone."""
    mine = selves(viewer)
    if of is not None and of.pk in mine:
        return Q(person__in=mine)
    return promises_around_visible_to(viewer) | _together(viewer, of)


def promises_around_visible_to(viewer: Person) -> Q:
    """As `promises_visible_to`, of what the viewer promised and of what single people were promised: no together's."""
    mine = selves(viewer)
    return Q(person__in=mine) | Q(owner__in=mine) | Q(answering__in=mine) | _opened(viewer)


def is_own(viewer: Person, thing: Doing | Promise | QuickThing) -> bool:
    """Whether this is about the viewer themself, or about a family or street they belong to."""
    if thing.person_id is not None:
        return thing.person_id in selves(viewer)
    return getattr(thing, "together_id", None) in togethers_of(viewer)


def _whom(viewer: Person, thing: Doing | Promise | QuickThing) -> Person | None:
    """The human a refusal ends in: the one it is about, where the viewer may know their name."""
    return narrow(Person.objects.filter(pk__in=[thing.person_id]), nameable(viewer)).first()


def _owns(viewer: Person, thing: Doing | Promise | QuickThing) -> bool:
    return thing.owner_id in selves(viewer) or getattr(thing, "answering_id", None) in selves(viewer)


@policy(because=_lazy("A plan that others write without you is done to you."))
def check_can_plan(viewer: Person, whose: Person | Together) -> None:
    """The person, or whoever walks with them, writing it down; in a family or a street, whoever belongs."""
    if isinstance(whose, Person):
        check_can_write_for(viewer, whose)
    elif whose.pk not in togethers_of(viewer):
        raise Denied(_("Only those who belong write here."))


@policy(because=_lazy("One thing opened to you is not the plan; UK GDPR article 5(1)(f)."))
def check_can_read_doing(viewer: Person, doing: Doing) -> None:
    """Whoever a doing is for."""
    if not Doing.objects.filter(visible_to(viewer), pk=doing.pk).exists():
        raise Denied(_("This is not for you to read."))


@policy(because=_lazy("A plan that others change without you is not yours."))
def check_can_change_doing(viewer: Person, doing: Doing) -> None:
    """Whoever writes on the page it stands on: reword it, move it, let it go."""
    if is_own(viewer, doing):
        return
    if doing.person_id is None or doing.person_id not in people_walked_with(viewer):
        raise Denied(
            _("This is changed by the one it is about, and by whoever walks with them."), _whom(viewer, doing)
        )


@policy(because=_lazy("Whoever says they will do something can say that it is done."))
def check_can_finish_doing(viewer: Person, doing: Doing) -> None:
    """The same, and whoever owns it."""
    if not _owns(viewer, doing):
        check_can_change_doing(viewer, doing)


@policy(because=_lazy("What nobody decided for themself is done to them; Mental Capacity Act 2005 s.1."))
def check_can_decide(viewer: Person, whose: Person | Together) -> None:
    """The person, or whoever they let walk with them writing down their decision. A duty decides nothing for them."""
    if isinstance(whose, Person):
        if whose.pk not in selves(viewer) and not walks_by_say_so(viewer, whose):
            raise Denied(_("Only %(called)s decides this.") % {"called": whose}, whose)
    else:
        check_can_plan(viewer, whose)


@policy(because=_lazy("What is done to somebody stands on a duty in law that a human carries."))
def check_can_do_by_duty(viewer: Person, duty: Duty) -> None:
    """Those who carry that duty."""
    if not carries(viewer, duty):
        raise Denied(_("Only those who carry this duty write down what it makes them do."), duty.who_person)


@policy(because=_lazy("Told once is not told to all: who else reads it is for the person to say."))
def check_can_set_audience(viewer: Person, thing: Doing) -> None:
    """The person it is about says whom it is for."""
    if thing.person_id is None or thing.person_id not in selves(viewer):
        raise Denied(_("Whom this is for is up to the person it is about."), _whom(viewer, thing))


@policy(because=_lazy("Whether something was done is for those it was for, and the one who did it, to say."))
def check_can_settle(viewer: Person, thing: Promise | QuickThing) -> None:
    """The person or whoever walks with them, whoever belongs, and whoever owns it or answers for it."""
    if _owns(viewer, thing) or is_own(viewer, thing):
        return
    if thing.person_id is None or thing.person_id not in people_walked_with(viewer):
        raise Denied(_("This is for those it was said to, and the one who said it."), thing.owner)


@policy(because=_lazy("Nobody is put into a family or a street by another's word."))
def check_can_join(viewer: Person, belongs: Belongs) -> None:
    """The one who was asked, or whoever they let walk with them writing down their yes."""
    if belongs.person_id not in selves(viewer) and not walks_by_say_so(viewer, Person(pk=belongs.person_id)):
        raise Denied(_("Only the one who was asked says whether they belong."))


@policy(because=_lazy("A calendar says where somebody will be; Human Rights Act 1998, article 8."))
def check_can_end_calendar(viewer: Person, feed: CalendarFeed) -> None:
    """The one whose days they are."""
    if feed.person_id not in selves(viewer):
        raise Denied(_("This calendar is somebody else's."))


@policy(because=_lazy("A yes that cannot be taken back at once was never free; UK GDPR article 7(3)."))
def check_has_a_yes(viewer: Person, doing: Doing) -> None:
    """What rests on a yes ends by the one who gave it, or whoever walks with them for them."""
    if doing.consent is None:
        raise Denied(_("This does not rest on a yes."), _whom(viewer, doing))
    check_can_withdraw_consent(viewer, doing.consent)
