"""Who may hand a walk over; what may be said straight in it; and who may talk a duty over."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.models import Duty
from alongside.consent.policies import people_walked_with, selves
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.walks.models import Challenge, Handover, Repair, Walk
from alongside.walks.policies.moments import check_can_record
from alongside.walks.policies.walk import (
    check_can_keep,
    check_can_see_walk,
    check_is_walked_with,
    check_keeps,
)


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
