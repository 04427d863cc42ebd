"""Trace, everyone around her, and everything that can be done about who reads her page."""

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from alongside.consent import operations
from alongside.consent.emergencies import operations as emergencies
from alongside.consent.lanes import operations as lanes
from alongside.consent.models import LegalReason, Opening
from alongside.kernel.acting import acting_as
from tests import cast
from tests.database import as_owner
from tests.deeds import WORDS, World, deed

PART = uuid.UUID(int=7)
PERSON, WALKER, READER, NEIGHBOUR = "the person", "a walker", "a reader of one part", "a neighbour"
STEWARD, SOCIAL, STRANGER = "a steward", "a social worker", "a worker of nobody's"
EVERYBODY = [PERSON, WALKER, READER, NEIGHBOUR, STEWARD, SOCIAL, STRANGER]
OWN = {PERSON, WALKER}
DUTY = {STEWARD, SOCIAL}


def around_trace() -> World:
    """Trace, with one who walks with her, one who was given one part, and those who were given nothing."""
    who = {
        PERSON: cast.person("Tracey Hallam", called="Trace"),
        WALKER: cast.serving("Callum Reay"),
        READER: cast.person("Norah Tully"),
        NEIGHBOUR: cast.person("Sheila Bright"),
        STEWARD: cast.serving("Helen Rutter", "place_steward"),
        SOCIAL: cast.serving("Megan Ashby", "social_worker"),
        STRANGER: cast.serving("Gary Lisle"),
    }
    trace = who[PERSON]
    cast.say_so(trace, who[WALKER])
    given = cast.say_so(trace, who[READER], parts=[PART]).say_so
    with as_owner():
        law = LegalReason.objects.create(
            code="s42", basis="public_task", statute="Care Act", plain_words="Why."
        )
    # What the walker wrote down as Trace's yes, and she has not answered.
    with acting_as(who[WALKER]):
        written = operations.give_say_so(
            by=who[WALKER], person=trace, given_to=cast.serving("Sam Oduya"), for_what="cover", whole=True
        )
    # A yes to what is done to her, and what the law makes somebody do, of which she has not been told.
    with acting_as(trace):
        yes = lanes.give_consent(by=trace, person=trace, to_what=WORDS, informed_how=WORDS)
    with acting_as(who[SOCIAL]):
        duty = lanes.write_down_duty(by=who[SOCIAL], person=trace, who="Megan Ashby", **SAID_OF_A_DUTY)
    # One who works here opened Trace's page in an emergency, and nobody looked at it in time.
    with acting_as(who[STRANGER]):
        opening = emergencies.open_in_an_emergency(by=who[STRANGER], words=WORDS, name=trace.name)
    assert opening is not None
    with as_owner():
        Opening.objects.filter(pk=opening.pk).update(reviewer=None)
        opening.refresh_from_db()
    return World(
        who, trace=trace, given=given, written=written, asha=cast.serving("Asha Noor"), law=law, yes=yes, duty=duty,
        opening=opening,
    )  # fmt: skip


SAID_OF_A_DUTY: dict[str, Any] = {
    **dict.fromkeys(("statute", "why", "how_to_question", "would_stop", "not_told_why"), WORDS),
    "tell_by": timezone.now() + dt.timedelta(days=1),
}


DEEDS = [
    deed(
        "consent.give_say_so",
        lambda by, w: operations.give_say_so(
            by=by, person=w.trace, given_to=w.asha, for_what=WORDS, what=WORDS, words=WORDS, parts=[PART]
        ),
        OWN,
        "parts",
    ),
    deed(
        "consent.refuse_say_so",
        lambda by, w: operations.refuse_say_so(
            by=by, person=w.trace, given_to=w.asha, what=WORDS, for_what=WORDS, words=WORDS
        ),
        OWN,
    ),
    deed(
        "consent.confirm_say_so",
        lambda by, w: operations.confirm_say_so(by=by, say_so=w.written),
        {PERSON},
        "seen_at",
    ),
    deed(
        "consent.withdraw_say_so",
        lambda by, w: operations.withdraw_say_so(by=by, say_so=w.given, words=WORDS),
        OWN | {READER},
        "state",
    ),
    deed(
        "consent.end_say_so",
        lambda by, w: operations.end_say_so(by=by, say_so=w.given, words=WORDS),
        OWN | {READER},
        "state",
    ),
    deed(
        "consent.renew_say_so",
        lambda by, w: operations.renew_say_so(by=by, say_so=w.given, words=WORDS),
        OWN,
        "until",
    ),
    deed(
        "consent.name_legal_reason",
        lambda by, w: operations.name_legal_reason(
            by=by, code="s47", basis="legal_obligation", statute=WORDS, plain_words=WORDS
        ),
        DUTY,
        "statute plain_words",
    ),
    deed(
        "consent.open_by_law",
        lambda by, w: operations.open_by_law(
            by=by, actor=w.asha, person=w.trace, legal_reason=w.law, why=WORDS, whole=True
        ),
        DUTY,
        "legal_reason",
    ),
    deed(
        "consent.say_close",
        lambda by, w: operations.say_close(by=by, person=w.trace, other=w.who[NEIGHBOUR], words=WORDS),
        OWN | {NEIGHBOUR},
        "new",
    ),
    deed(
        "consent.give_consent",
        lambda by, w: lanes.give_consent(
            by=by, person=w.trace, to_what=WORDS, informed_how=WORDS, words=WORDS
        ),
        OWN,
        "to_what informed_how words",
    ),
    deed(
        "consent.withdraw_consent",
        lambda by, w: lanes.withdraw_consent(by=by, consent=w.yes, words=WORDS),
        OWN,
        "words",
    ),
    deed(
        "consent.write_down_duty",
        lambda by, w: lanes.write_down_duty(by=by, person=w.trace, who_person=w.asha, **SAID_OF_A_DUTY),
        DUTY,
        "statute why who told_at would_stop",
    ),
    deed(
        "consent.tell_of_duty",
        lambda by, w: lanes.tell_of_duty(by=by, duty=w.duty, person_words=WORDS, walker_there=True),
        {SOCIAL, WALKER},
        "words",
    ),
    deed(
        "consent.question_duty",
        lambda by, w: lanes.question_duty(by=by, duty=w.duty, words=WORDS),
        OWN,
        "words",
    ),
    deed(
        "consent.end_duty",
        lambda by, w: lanes.end_duty(by=by, duty=w.duty, words=WORDS),
        {SOCIAL},
        "words",
    ),
    # Close to nobody and in no need of a rank: whoever walks with people here.
    deed(
        "consent.open_in_an_emergency",
        lambda by, w: emergencies.open_in_an_emergency(by=by, words=WORDS, name=w.trace.name),
        {WALKER, SOCIAL, STRANGER},
        "words name",
    ),
    deed(
        "consent.review_opening",
        lambda by, w: emergencies.review_opening(by=by, opening=w.opening, found="right", words=WORDS),
        {STEWARD},
        "found words",
    ),
    deed(
        "consent.tell_of_opening",
        lambda by, w: emergencies.tell_of_opening(by=by, opening=w.opening),
        {STRANGER, WALKER, STEWARD},
        "told_at",
    ),
    deed(
        "consent.close_opening",
        lambda by, w: emergencies.close_opening(by=by, opening=w.opening),
        {PERSON, WALKER, STRANGER, STEWARD},
    ),
    deed(
        "consent.say_of_opening",
        lambda by, w: emergencies.say_of_opening(by=by, opening=w.opening, words=WORDS),
        OWN,
        "words",
    ),
    deed(
        "consent.find_for_a_duty",
        lambda by, w: emergencies.find_for_a_duty(by=by, name=w.trace.name, why=WORDS),
        DUTY,
        "name why",
    ),
]
