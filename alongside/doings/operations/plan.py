"""Every write to a plan: wished for, begun, said another way, moved, done, let go."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.doings import policies, steps
from alongside.doings.models import Doing, DoingStep, Lane, Together
from alongside.doings.writing import HERE, NOT_SAID, Who, decision, keep, said, whose_is
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.models import Audience
from alongside.story.wording import as_said

What, State = DoingStep.What, Doing.State


def _new(
    did: str, what: str, state: str, *, by: Person, person: Person | None, together: Together | None, words: str,
    lane: str, who: Who, decided_by: Person | None, decision_words: str, audience: str, from_where: str,
    language: str, at: dt.datetime | None,
) -> Doing:  # fmt: skip
    whose = whose_is(person, together)
    policies.check_can_plan(by, whose)
    if lane not in HERE:
        raise ValueError(_("What is done to somebody needs their yes, or a duty in law, first."))
    if audience == Audience.ONLY_US and person is not None and person.pk not in policies.selves(by):
        raise ValueError(
            _("You are writing this down, so you know it too. %(called)s can make it for fewer people.")
            % {"called": person}
        )
    at = at or clock.now()
    decided = decision(lane, by=by, whose=whose, decided_by=decided_by, words=decision_words, at=at)
    doing = keep(
        what, by=by, at=at, person=person, together=together, lane=lane, words=said(words), language=language,
        state=state, audience=audience, from_where=as_said(from_where)[:200], **who.fields(lane, whose, by), **decided,
    )  # fmt: skip
    record(
        did,
        by=by,
        thing=doing,
        person_id=doing.person_id,
        fields={"words": words, "lane": lane, "decision_words": decision_words},
    )
    return doing


@operation("doings.wish")
def wish(
    *, by: Person, person: Person | None = None, together: Together | None = None, words: str,
    lane: str = Lane.BY, who: Who = NOT_SAID, decided_by: Person | None = None, decision_words: str = "",
    audience: str = Audience.WALKERS, from_where: str = "", language: str = "en", at: dt.datetime | None = None,
) -> Doing:  # fmt: skip
    """Keep something somebody would like to do, or have done, and has not begun.

    Only `words` are asked; it is by the person themself unless `lane` and `who` say otherwise. Raises Denied;
    ValueError with a sentence.
    """
    return _new(
        "doings.wish", What.WISHED, State.WISHED, by=by, person=person, together=together, words=words, lane=lane,
        who=who, decided_by=decided_by, decision_words=decision_words, audience=audience, from_where=from_where,
        language=language, at=at,
    )  # fmt: skip


@operation("doings.begin")
def begin(
    *, by: Person, person: Person | None = None, together: Together | None = None, words: str,
    lane: str = Lane.BY, who: Who = NOT_SAID, decided_by: Person | None = None, decision_words: str = "",
    audience: str = Audience.WALKERS, from_where: str = "", language: str = "en", at: dt.datetime | None = None,
) -> Doing:  # fmt: skip
    """Begin something in a lane: by the person, with help (I3), or for them by their own decision (I2).

    What is done *to* them begins with `agree_to` or `do_by_duty`. Raises Denied; ValueError with a sentence.
    """
    return _new(
        "doings.begin", What.BEGUN, State.DOING, by=by, person=person, together=together, words=words, lane=lane,
        who=who, decided_by=decided_by, decision_words=decision_words, audience=audience, from_where=from_where,
        language=language, at=at,
    )  # fmt: skip


@operation("doings.reword")
def reword(
    *, by: Person, doing: Doing, words: str, after: int | None = None, at: dt.datetime | None = None
) -> DoingStep:
    """Say a doing another way; what was said before stays.

    `after` is the number of the step the writer had in front of them (the latest when None). Where somebody
    wrote meanwhile both are kept: the new step has `follows < number - 1`, and the page shows both (I16).
    """
    policies.check_can_change_doing(by, doing)
    step = steps.add(doing, What.REWORDED, by=by, words=said(words), at=at or clock.now(), after=after)
    record("doings.reword", by=by, thing=step, person_id=doing.person_id, fields={"words": words})
    return step


def _check_open(doing: Doing) -> Doing:
    """The doing as it stands now. Raises ValueError with a sentence where it is over."""
    steps.latest(doing)
    now = Doing.objects.get(pk=doing.pk)
    if now.state in Doing.OVER:
        raise ValueError(_("This is over already: %(state)s.") % {"state": now.get_state_display()})
    return now


@operation("doings.move_lane")
def move_lane(
    *, by: Person, doing: Doing, lane: str, who: Who = NOT_SAID, decided_by: Person | None = None,
    decision_words: str = "", words: str = "", after: int | None = None, at: dt.datetime | None = None,
) -> Doing:  # fmt: skip
    """Move a doing to another lane, with what that lane asks: a helper, a decision, or nobody at all.

    Out of `to` it never moves: that ends by its yes taken back or its duty ended. Into `to` it moves by
    `agree_to` or `do_by_duty`. Raises Denied; ValueError with a sentence.
    """
    policies.check_can_change_doing(by, doing)
    doing, at = _check_open(doing), at or clock.now()
    if not {lane, doing.lane} <= HERE:
        raise ValueError(_("What is done to somebody begins with a yes or a duty, and ends with it."))
    whose = whose_is(doing.person, doing.together)
    fields = who.fields(lane, whose, by)
    fields |= decision(lane, by=by, whose=whose, decided_by=decided_by, words=decision_words, at=at)
    return _moved(doing, by=by, fields=fields | {"lane": lane}, words=words, after=after, at=at)


def _moved(doing: Doing, *, by: Person, fields: dict[str, Any], words: str, after: int | None,
           at: dt.datetime) -> Doing:  # fmt: skip
    for name, value in fields.items():
        setattr(doing, name, value)
    doing.save(update_fields=list(fields))
    steps.add(doing, What.MOVED_LANE, by=by, words=as_said(words), at=at, after=after)
    record(
        "doings.move_lane",
        by=by,
        thing=doing,
        person_id=doing.person_id,
        fields={"lane": doing.lane, "words": words, "decision_words": doing.decision_words},
    )
    return doing


@operation("doings.decide_for")
def decide_for(
    *, by: Person, doing: Doing, who: Who = NOT_SAID, decided_by: Person | None = None, decision_words: str = "",
    at: dt.datetime | None = None,
) -> Doing:  # fmt: skip
    """The person decides that somebody does this for them (I2): it moves to the lane `for`."""
    moved: Doing = move_lane(
        by=by,
        doing=doing,
        lane=Lane.FOR,
        who=who,
        decided_by=decided_by,
        decision_words=decision_words,
        at=at,
    )
    record(
        "doings.decide_for", by=by, thing=moved, person_id=moved.person_id, fields={"words": decision_words}
    )
    return moved


def _over(doing: Doing, state: str, what: str, *, by: Person, words: str, at: dt.datetime | None) -> Doing:
    policies.check_can_finish_doing(by, doing)
    doing, at, did = _check_open(doing), at or clock.now(), f"doings.{what}"
    if doing.lane == Lane.TO:
        state, what = _run_its_course(doing, what, by=by)
    doing.state, doing.over_at = state, at
    doing.save(update_fields=["state", "over_at"])
    steps.add(doing, what, by=by, words=as_said(words), at=at)
    record(did, by=by, thing=doing, person_id=doing.person_id, fields={"words": words})
    return doing


def _run_its_course(doing: Doing, what: str, *, by: Person) -> tuple[str, str]:
    """What somebody said yes to is over one day, and the yes was never taken back. A duty ends as a duty does."""
    if doing.consent_id is None or what != What.DONE:
        raise ValueError(_("What is done to somebody ends when the yes is taken back, or the duty ends."))
    policies.check_can_change_doing(by, doing)
    return State.ENDED, What.ENDED


@operation("doings.done")
def finish(*, by: Person, doing: Doing, words: str = "", at: dt.datetime | None = None) -> Doing:
    """It is done, or what somebody said yes to has run its course. Whoever owns it may say that it is done.

    Raises Denied; ValueError with a sentence where it was over, or rests on a duty.
    """
    return _over(doing, State.DONE, What.DONE, by=by, words=words, at=at)


@operation("doings.let_go")
def let_go(*, by: Person, doing: Doing, words: str = "", at: dt.datetime | None = None) -> Doing:
    """It is let go, which is as good an end as any. Raises Denied."""
    policies.check_can_change_doing(by, doing)
    return _over(doing, State.LET_GO, What.LET_GO, by=by, words=words, at=at)


@operation("doings.not_yet")
def not_yet(*, by: Person, doing: Doing, words: str, at: dt.datetime | None = None) -> DoingStep:
    """Say how it is going, or why it is not done yet: the doing goes on as it was. Raises Denied."""
    policies.check_can_finish_doing(by, doing)
    step = steps.add(_check_open(doing), What.NOT_DONE, by=by, words=said(words), at=at or clock.now())
    record("doings.not_yet", by=by, thing=step, person_id=doing.person_id, fields={"words": words})
    return step


@operation("doings.set_audience")
def set_audience(*, by: Person, doing: Doing, audience: str) -> Doing:
    """Say whom a doing is for, from the next page on: the person alone does."""
    policies.check_can_set_audience(by, doing)
    doing.audience = audience
    doing.save(update_fields=["audience"])
    record(
        "doings.set_audience", by=by, thing=doing, person_id=doing.person_id, fields={"audience": audience}
    )
    return doing
