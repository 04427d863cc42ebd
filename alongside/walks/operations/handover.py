"""Handing a walk over together; repair after a duty was used; what may be said straight."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent.models import Duty
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.walks import policies
from alongside.walks.company import (
    COVER,
    WALKER,
    everybody_of,
    held,
    keeper,
    keeps,
    let_two_read,
    one_by_one,
    reads_no_more,
    step,
    walker_of,
    whose,
)
from alongside.walks.covered import over_where_covered
from alongside.walks.keepers import serves_still
from alongside.walks.models import (
    Challenge,
    Handover,
    HandoverMeeting,
    Moment,
    Repair,
    Walk,
    WalkStep,
)
from alongside.walks.one_at_a_time import one_at_a_time


@operation("walks.propose_handover")
def propose_handover(
    *, by: Person, walk: Walk, to: Person, new_cover: Person | None = None, why: str = "",
    at: dt.datetime | None = None,
) -> Handover:  # fmt: skip
    """Begin to talk about somebody else walking with them. Nothing changes until the person chooses.

    The same one again is talked through once. Raises Denied; ValueError with a sentence where it is another.
    """
    policies.check_can_keep(by, walk)
    one_by_one(walk)
    walker = walker_of(walk)
    policies.check_can_cover(to, walker)
    if (talked := _talked_through(walk, to)) is not None:
        record(
            "walks.propose_handover",
            by=by,
            thing=talked,
            person_id=whose(walk),
            fields={"to": to.pk, "why": why},
        )
        return talked
    at = at or clock.now()
    handover = Handover(
        walk=walk,
        from_walker=walker,
        to_walker=to,
        new_cover=new_cover,
        why=why.strip(),
        began_at=at,
        state_at=at,
    )
    handover.save(force_insert=True)
    record(
        "walks.propose_handover",
        by=by,
        thing=handover,
        person_id=whose(walk),
        fields={"to": to.pk, "why": why},
    )
    return handover


def _talked_through(walk: Walk, to: Person) -> Handover | None:
    """What is talked through already, where it is about the same one; one at a time, so that nobody is compared."""
    found = (
        Handover.objects.filter(walk=walk, state=Handover.State.TALKING).select_related("to_walker").first()
    )
    if found is not None and found.to_walker_id != to.pk:
        said = _(
            "You are talking about %(called)s already. Choose, or leave it as it is, before another is asked."
        )
        raise ValueError(said % {"called": found.to_walker.called})
    return found


@operation("walks.meet_as_three")
def meet_as_three(
    *,
    by: Person,
    handover: Handover,
    words: str = "",
    day: dt.date | None = None,
    at: dt.datetime | None = None,
) -> HandoverMeeting:
    """The three met: the person, whoever walks with them, and whoever may from now on."""
    policies.check_can_hand_over(by, handover)
    at = at or clock.now()
    meeting = HandoverMeeting(handover=handover, day=day or clock.today(), words=words.strip(), by=by, at=at)
    meeting.save(force_insert=True)
    record(
        "walks.meet_as_three", by=by, thing=meeting, person_id=whose(handover.walk), fields={"words": words}
    )
    return meeting


@operation("walks.choose_handover")
def choose_handover(
    *, by: Person, handover: Handover, chosen_by: Person, words: str, new_cover: Person | None = None,
    stays_as_cover: bool = False, at: dt.datetime | None = None,
) -> Handover:  # fmt: skip
    """The person's choice, in their words: from now on this one walks with them, and that one covers (I7).

    `chosen_by` is one of the walk's people; `by` may write it down. Who walked before reads no more, unless
    they cover from now on. It is a moment. Raises Denied; ValueError with a sentence where the three never met.
    """
    policies.check_can_hand_over(by, handover)
    policies.check_is_walked_with(chosen_by, handover.walk)
    one_by_one(handover.walk)
    handover.refresh_from_db()
    policies.check_can_hand_over(by, handover)
    if not handover.meetings.exists():
        raise ValueError(_("Meet as three first: a new face is met, never handed over on paper."))
    walk, to, before = handover.walk, handover.to_walker, handover.from_walker
    cover = before if stays_as_cover else new_cover or handover.new_cover or keeper(walk, COVER)
    if cover is None or cover == to:
        raise ValueError(_("Say who is there when %(called)s is not.") % {"called": to})
    policies.check_can_cover(cover, to)
    if not serves_still(to):
        raise ValueError(
            _("%(called)s does not walk alongside people here any more. Talk about somebody else.")
            % {"called": to}
        )
    at = at or clock.now()
    people = everybody_of(walk)
    _say_chosen(handover, by=by, chosen_by=chosen_by, words=words, cover=cover, at=at)
    let_two_read(to, cover, by=by, people=people, at=at)
    gone = keeps(walk, {WALKER: to, COVER: cover}, by=by, at=at)
    reads_no_more(gone, by=by, people=people, at=at)
    held()
    over_where_covered(by=by, walks=[walk.pk])
    fields = {"to": to.pk, "words": words}
    record("walks.choose_handover", by=by, thing=handover, person_id=chosen_by.pk, fields=fields)
    return handover


def _say_chosen(
    handover: Handover, *, by: Person, chosen_by: Person, words: str, cover: Person, at: dt.datetime
) -> None:
    """The choice as a moment, as a step of the walk, and in the handover itself."""
    moment = Moment(
        person=chosen_by, walk=handover.walk, kind=Moment.Kind.HANDOVER, by=chosen_by, written_down_by=by,
        words=words.strip() or _("Handed over together."), at=at, kept_at=clock.now(),
    )  # fmt: skip
    moment.save(force_insert=True)
    handover.state, handover.state_at, handover.chosen_by = Handover.State.DONE, at, chosen_by
    handover.choice_words, handover.new_cover, handover.moment = words.strip(), cover, moment
    handover.save()
    step(handover.walk, WalkStep.Step.HANDED_OVER, by=by, words=words, at=at, said_by=chosen_by)


@operation("walks.let_go_handover")
def let_go_handover(
    *, by: Person, handover: Handover, words: str = "", at: dt.datetime | None = None
) -> Handover:
    """It is not to be, or not this one: everything stays as it was."""
    policies.check_can_hand_over(by, handover)
    handover.state, handover.state_at = Handover.State.LET_GO, at or clock.now()
    handover.choice_words = words.strip()
    handover.save(update_fields=["state", "state_at", "choice_words"])
    record(
        "walks.let_go_handover",
        by=by,
        thing=handover,
        person_id=whose(handover.walk),
        fields={"words": words},
    )
    return handover


@operation("walks.offer_repair")
def offer_repair(*, by: Person, duty: Duty, words: str, at: dt.datetime | None = None) -> Repair:
    """After the law made somebody do something: offer to talk it over. Raises Denied; ValueError without words."""
    policies.check_can_offer_repair(by, duty)
    if not words.strip():
        raise ValueError(_("Say it as you would say it to them."))
    one_at_a_time(f"repair {duty.pk}")
    if (known := Repair.objects.filter(duty=duty).first()) is not None:  # offered twice is offered once
        record("walks.offer_repair", by=by, thing=known, person_id=duty.person_id, fields={"words": words})
        return known
    repair = Repair(
        duty=duty, person=duty.person, offered_by=by, words=words.strip(), offered_at=at or clock.now()
    )
    repair.save(force_insert=True)
    record("walks.offer_repair", by=by, thing=repair, person_id=duty.person_id, fields={"words": words})
    return repair


@operation("walks.answer_repair")
def answer_repair(
    *, by: Person, repair: Repair, answer: str, words: str = "", at: dt.datetime | None = None
) -> Repair:
    """The person's answer to an offer of repair: yes, not now, no. It can be another one later."""
    policies.check_can_answer_repair(by, repair)
    if answer not in {"yes", "later", "no"}:
        raise ValueError(_("Choose one of the three, or leave it."))
    repair.answer, repair.answer_words, repair.answered_at = answer, words.strip(), at or clock.now()
    repair.save(update_fields=["answer", "answer_words", "answered_at"])
    record(
        "walks.answer_repair",
        by=by,
        thing=repair,
        person_id=repair.person_id,
        fields={"answer": answer, "words": words},
    )
    return repair


@operation("walks.agree_challenge")
def agree_challenge(
    *, by: Person, walk: Walk, person: Person, words: str, at: dt.datetime | None = None
) -> Challenge:
    """What the two agreed may be said straight, in words. Raises Denied; ValueError without words."""
    policies.check_can_agree_straight(by, policies.Straight(walk, person))
    if not words.strip():
        raise ValueError(_("Say what may be said straight."))
    challenge = Challenge(
        walk=walk, person=person, words=words.strip(), written_down_by=by, at=at or clock.now()
    )
    challenge.save(force_insert=True)
    record("walks.agree_challenge", by=by, thing=challenge, person_id=person.pk, fields={"words": words})
    return challenge


@operation("walks.end_challenge")
def end_challenge(*, by: Person, challenge: Challenge, at: dt.datetime | None = None) -> Challenge:
    """It is no longer agreed: from now on it is not said."""
    policies.check_can_end_challenge(by, challenge)
    challenge.over_at = at or clock.now()
    challenge.save(update_fields=["over_at"])
    record(
        "walks.end_challenge",
        by=by,
        thing=challenge,
        person_id=challenge.person_id,
        fields={"over_at": challenge.over_at},
    )
    return challenge
