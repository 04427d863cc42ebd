"""What is done to somebody: by their yes, or by a duty in law; and how it ends (I1, I5)."""

import datetime as dt
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.audit.recording import operation, record
from alongside.consent.lanes import operations as lanes
from alongside.consent.models import Consent, Duty
from alongside.doings import policies, steps
from alongside.doings.models import Doing, DoingStep, Lane
from alongside.doings.operations.plan import decide_for
from alongside.doings.writing import NOT_SAID, Who, keep, said
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages.operations import send
from alongside.people.models import Person

__all__ = ["agree_to", "decide_for", "do_by_duty", "end_duty", "question_duty", "told_of_duty", "withdraw"]
What, State = DoingStep.What, Doing.State


def _to(
    did: str, what: str, state: str, *, by: Person, person_id: UUID, words: str, who: Who, language: str,
    from_where: str, at: dt.datetime, consent: Consent | None = None, duty: Duty | None = None,
) -> Doing:  # fmt: skip
    doing = keep(
        what, by=by, at=at, person_id=person_id, lane=Lane.TO, words=said(words), language=language, state=state,
        from_where=from_where[:200], consent=consent, duty=duty, **who.fields(Lane.TO, by, by),
    )  # fmt: skip
    record(did, by=by, thing=doing, person_id=person_id, fields={"words": words})
    return doing


@operation("doings.agree_to")
def agree_to(
    *, by: Person, consent: Consent, words: str = "", who: Who = NOT_SAID, from_where: str = "", language: str = "en",
    at: dt.datetime | None = None,
) -> Doing:  # fmt: skip
    """Put on the plan what somebody said yes to, in the words of that yes unless others are given (I1).

    `who` does it. Raises Denied; ValueError with a sentence, also where the yes was taken back.
    """
    person = consent.person
    policies.check_can_decide(by, person)
    if consent.withdrawn_at is not None:
        raise ValueError(_("That yes was taken back. If it is a yes again, it is a new one."))
    if who.owner is None and not who.owner_words.strip():
        raise ValueError(_("Say who does it. A first name is plenty."))
    return _to(
        "doings.agree_to", What.AGREED, State.CONSENTED, by=by, person_id=person.pk, words=words or consent.to_what,
        who=who, language=language, from_where=from_where, at=at or clock.now(), consent=consent,
    )  # fmt: skip


@operation("doings.do_by_duty")
def do_by_duty(
    *,
    by: Person,
    duty: Duty,
    words: str,
    from_where: str = "",
    language: str = "en",
    at: dt.datetime | None = None,
) -> Doing:
    """Put on the plan what a duty in law makes somebody do; the person sees it from this moment (I1).

    Until they are told it stands as proposed. Raises Denied; ValueError with a sentence.
    """
    policies.check_can_do_by_duty(by, duty)
    if duty.ended_at is not None:
        raise ValueError(_("This duty has ended, and with it what it made anybody do."))
    told = duty.told_at is not None
    return _to(
        "doings.do_by_duty", What.TOLD if told else What.WISHED, State.DUTY_TOLD if told else State.PROPOSED, by=by,
        person_id=duty.person_id, words=words, who=Who(owner=duty.who_person, owner_words=duty.who), language=language,
        from_where=from_where, at=at or clock.now(), duty=duty,
    )  # fmt: skip


def _say_of_each(doings: list[Doing], what: str, *, by: Person, words: str, at: dt.datetime) -> None:
    for doing in doings:
        steps.add(doing, what, by=by, words=words.strip(), at=at)


@operation("doings.withdraw")
def withdraw(*, by: Person, consent: Consent, words: str = "", at: dt.datetime | None = None) -> list[Doing]:
    """Take a yes back: whatever rested on it ends at once (I5). Returns what ended. Raises Denied."""
    at = at or clock.now()
    resting = list(Doing.objects.filter(consent=consent).exclude(state=State.ENDED))
    lanes.withdraw_consent(by=by, consent=consent, words=words, at=at)
    # The database ended them in that statement, whoever asked; here it is said in a step.
    _say_of_each(resting, What.TAKEN_BACK, by=by, words=words, at=at)
    record("doings.withdraw", by=by, thing=consent, person_id=consent.person_id, fields={"words": words})
    return list(Doing.objects.filter(pk__in=[doing.pk for doing in resting]))


@operation("doings.told_of_duty")
def told_of_duty(
    *, by: Person, duty: Duty, person_words: str = "", walker_there: bool | None = None,
    at: dt.datetime | None = None,
) -> list[Doing]:  # fmt: skip
    """The person was told of a duty; what it makes somebody do is told with it. Returns that. Raises Denied."""
    at = at or clock.now()
    waiting = list(Doing.objects.filter(duty=duty, state=State.PROPOSED))
    lanes.tell_of_duty(by=by, duty=duty, person_words=person_words, walker_there=walker_there, at=at)
    _say_of_each(waiting, What.TOLD, by=by, words=person_words, at=at)
    record("doings.told_of_duty", by=by, thing=duty, person_id=duty.person_id, fields={"words": person_words})
    return list(Doing.objects.filter(pk__in=[doing.pk for doing in waiting]))


@operation("doings.end_duty")
def end_duty(*, by: Person, duty: Duty, words: str, at: dt.datetime | None = None) -> list[Doing]:
    """A duty is done with; whatever rested on it ends at once. Returns what ended. Raises Denied."""
    at = at or clock.now()
    resting = list(Doing.objects.filter(duty=duty).exclude(state=State.ENDED))
    lanes.end_duty(by=by, duty=duty, words=words, at=at)
    _say_of_each(resting, What.ENDED, by=by, words=words, at=at)
    record("doings.end_duty", by=by, thing=duty, person_id=duty.person_id, fields={"words": words})
    return list(Doing.objects.filter(pk__in=[doing.pk for doing in resting]))


@operation("doings.question_duty")
def question_duty(*, by: Person, duty: Duty, words: str, at: dt.datetime | None = None) -> Person:
    """Ask about a duty: it stands beside it, and goes to the human who answers for it, who is given back (I11).

    Raises Denied; ValueError with a sentence where nothing is said.
    """
    step = lanes.question_duty(by=by, duty=duty, words=words, at=at)
    with working_on("messages.send"):
        whom = Person.objects.get(pk=duty.who_person_id or duty.written_down_by_id)
    send(
        by=by,
        to=whom,
        subject=gettext_lazy("Somebody asks about a duty"),
        words=format_lazy(
            gettext_lazy("{called} asks about {statute}: {words} Please answer in your own words."),
            called=by.called, statute=duty.statute, words=step.words,
        ),
        reference=f"duty-question-{step.pk}",
        about=duty,
        link=f"/duties/{duty.pk}/",
    )  # fmt: skip
    record("doings.question_duty", by=by, thing=duty, person_id=duty.person_id, fields={"words": words})
    return whom
