"""Every write about a consent and a duty."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent.lanes import policies
from alongside.consent.models import Consent, Duty, DutyStep
from alongside.kernel import clock
from alongside.people.models import Person


def _said(words: str, instead: str) -> str:
    """The words, or a sentence about what is missing."""
    if not words.strip():
        raise ValueError(instead)
    return words.strip()


@operation("consent.give_consent")
def give_consent(
    *,
    by: Person,
    person: Person,
    to_what: str,
    informed_how: str,
    begins_at: dt.datetime | None = None,
    words: str = "",
    at: dt.datetime | None = None,
) -> Consent:
    """Keep somebody's own yes to something that is done to them, before it begins (I1).

    `informed_how` says how they came to know what it means; `begins_at` is when it may begin (now when None).
    Raises Denied; ValueError with a sentence where something is missing, or it had begun before the yes.
    """
    policies.check_can_give_consent(by, person)
    at = at or clock.now()
    begins_at = begins_at or at
    if begins_at < at:
        raise ValueError(_("A yes comes before it begins. What has begun already needs a duty, or stops."))
    consent = Consent(
        person=person, given_by=person, written_down_by=by, given_at=at, begins_at=begins_at, words=words,
        to_what=_said(to_what, _("Say what the yes is to.")),
        informed_how=_said(informed_how, _("Say how they came to know what they say yes to.")),
    )  # fmt: skip
    consent.save(force_insert=True)
    record(
        "consent.give_consent",
        by=by,
        thing=consent,
        person_id=person.pk,
        fields={"to_what": to_what, "informed_how": informed_how, "words": words},
    )
    return consent


@operation("consent.withdraw_consent")
def withdraw_consent(
    *, by: Person, consent: Consent, words: str = "", at: dt.datetime | None = None
) -> Consent:
    """Take a yes back, at once and without a reason. What was done under it ends in the same statement (I5)."""
    policies.check_can_withdraw_consent(by, consent)
    consent.withdrawn_at, consent.withdrawn_words = at or clock.now(), words.strip()
    consent.save(update_fields=["withdrawn_at", "withdrawn_words"])
    record(
        "consent.withdraw_consent", by=by, thing=consent, person_id=consent.person_id, fields={"words": words}
    )
    return consent


def _duty_step(duty: Duty, what: str, *, by: Person, words: str, at: dt.datetime) -> DutyStep:
    step = DutyStep(duty=duty, what=what, words=words.strip(), by=by, at=at)
    step.save(force_insert=True)
    return step


@operation("consent.write_down_duty")
def write_down_duty(
    *,
    by: Person,
    person: Person,
    statute: str,
    why: str,
    how_to_question: str,
    would_stop: str,
    who: str = "",
    who_person: Person | None = None,
    begins_at: dt.datetime | None = None,
    told_at: dt.datetime | None = None,
    not_told_why: str = "",
    tell_by: dt.datetime | None = None,
    walker_there: bool | None = None,
    person_words: str = "",
    at: dt.datetime | None = None,
) -> Duty:
    """Write down what the law makes somebody do to a person, and everything they must be told of it (I1).

    `who` names the human who does it; `who_person` is that human where they are here. Either the person was
    told (`told_at`), or it says why not yet and by when. Raises Denied; ValueError with a sentence.
    """
    policies.check_can_write_down_duty(by, person)
    if told_at is None and not (not_told_why.strip() and tell_by):
        raise ValueError(_("Say when they were told; or why not yet, and by which day they will be."))
    at = at or clock.now()
    duty = Duty(
        person=person, statute=_said(statute, _("Name the law.")), why=_said(why, _("Say why, in plain words.")),
        who=_said(who or (who_person.called if who_person else ""), _("Name the human who does it.")),
        who_person=who_person, begins_at=begins_at or at, told_at=told_at, not_told_why=not_told_why,
        tell_by=tell_by, how_to_question=_said(how_to_question, _("Say how they can question it.")),
        would_stop=_said(would_stop, _("Say what would make it stop.")), walker_there=walker_there,
        person_words=person_words, written_down_by=by, written_at=at,
    )  # fmt: skip
    duty.save(force_insert=True)
    _duty_step(duty, DutyStep.What.WRITTEN_DOWN, by=by, words="", at=at)
    if told_at is not None:
        _duty_step(duty, DutyStep.What.TOLD, by=by, words=person_words, at=told_at)
    record(
        "consent.write_down_duty",
        by=by,
        thing=duty,
        person_id=person.pk,
        fields={"statute": statute, "why": why, "who": who, "told_at": told_at, "would_stop": would_stop},
    )
    return duty


@operation("consent.tell_of_duty")
def tell_of_duty(
    *,
    by: Person,
    duty: Duty,
    person_words: str = "",
    walker_there: bool | None = None,
    at: dt.datetime | None = None,
) -> Duty:
    """The person was told of a duty. `person_words` is what they said, as they said it. Raises Denied."""
    policies.check_can_tell_of_duty(by, duty)
    at = at or clock.now()
    duty.told_at, duty.person_words, duty.walker_there = at, person_words.strip(), walker_there
    duty.save(update_fields=["told_at", "person_words", "walker_there"])
    _duty_step(duty, DutyStep.What.TOLD, by=by, words=person_words, at=at)
    record(
        "consent.tell_of_duty", by=by, thing=duty, person_id=duty.person_id, fields={"words": person_words}
    )
    return duty


@operation("consent.question_duty")
def question_duty(*, by: Person, duty: Duty, words: str, at: dt.datetime | None = None) -> DutyStep:
    """Ask about a duty, or object to it. It stands beside the duty and changes nothing by itself.

    A room above brings it to a named human. Raises Denied; ValueError with a sentence where nothing is said.
    """
    policies.check_can_question_duty(by, duty)
    said = _said(words, _("Say a word or two. “Why?” is enough."))
    step = _duty_step(duty, DutyStep.What.QUESTIONED, by=by, words=said, at=at or clock.now())
    record("consent.question_duty", by=by, thing=step, person_id=duty.person_id, fields={"words": words})
    return step


@operation("consent.end_duty")
def end_duty(*, by: Person, duty: Duty, words: str, at: dt.datetime | None = None) -> Duty:
    """A duty is done with, and it is said why. What was done under it ends in the same statement."""
    policies.check_can_end_duty(by, duty)
    duty.ended_at, duty.ended_words = at or clock.now(), _said(words, _("Say why it ends."))
    duty.save(update_fields=["ended_at", "ended_words"])
    _duty_step(duty, DutyStep.What.ENDED, by=by, words=words, at=duty.ended_at)
    record("consent.end_duty", by=by, thing=duty, person_id=duty.person_id, fields={"words": words})
    return duty
