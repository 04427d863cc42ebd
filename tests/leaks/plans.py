"""Plans of the made-up place: doings in every lane, duties, quick things, promises, a family, a calendar."""

import datetime as dt
import hashlib
from typing import Any

from django.utils import timezone

from alongside.consent.models import Consent, Duty, DutyStep
from alongside.doings.models import (
    Belongs,
    CalendarFeed,
    Doing,
    DoingStep,
    Promise,
    PromiseStep,
    QuickThing,
    Together,
)
from alongside.people.models import Organisation, Person

WORD = "word"


def write(here: Any) -> None:
    """Everything that could be told to the wrong person, as the owner writes it."""
    ours = _family(here)
    for whose in ("ada", "child", "other_record", "neighbour"):
        _plan_of(here, here.people[whose])
    _doing(here.ada, together=ours, person=None, lane="by", owner_words=WORD)
    _promise(here.ada, together=ours, person=None, owner_words=WORD)
    # Hers is without words, because of whoever looks over her shoulder.
    for who in ("ada", "worker", "ended"):
        CalendarFeed.objects.create(
            person=here.people[who],
            digest=hashlib.sha256(secret_of(who).encode()).hexdigest(),
            plain=who == "ada",
            made_at=timezone.now(),
        )


def secret_of(who: str) -> str:
    """The secret in the address of somebody's calendar."""
    return f"calendar-of-{who}"


def _family(here: Any) -> Together:
    now = timezone.now()
    ours = Together.objects.create(name=WORD, words=WORD, begun_by=here.ada, begun_at=now)
    for who, came, helps in (
        ("ada", now, False),
        ("sister", now, False),
        ("mother", None, False),
        ("worker", now, True),
    ):
        Belongs.objects.create(
            together=ours, person=here.people[who], asked_by=here.ada, asked_at=now, from_at=came, helps=helps
        )
    gone = {"from_at": now, "to_at": now, "asked_by": here.ada, "asked_at": now}
    Belongs.objects.create(together=ours, person=here.next_door, **gone)
    return ours


def _plan_of(here: Any, person: Person) -> None:
    for audience in ("walkers", "named", "only_us"):
        _doing(person, lane="by", owner=person, audience=audience)
        _promise(person, owner=person, audience=audience)
    _doing(person, lane="by_with_help", owner=here.sister, helper=here.team_lead, helper_words=WORD)
    _doing(
        person,
        lane="for",
        owner=here.worker,
        decided_by=person,
        decided_at=timezone.now(),
        decision_words=WORD,
    )
    _by_consent(here, person)
    for told in (True, False):
        _by_duty(here, person, told=told)
    QuickThing.objects.create(
        person=person, words=WORD, owner=here.sister, owner_words=WORD, settled_words=WORD, done_at=timezone.now(),
        written_down_by=person, at=timezone.now(),
    )  # fmt: skip
    _promise(person, owner=here.worker, coming=True)
    at = Organisation.objects.order_by("slug")[0]
    _promise(person, organisation=at, answering=here.learning_partner, owner_words=WORD)


def _doing(by: Person, **more: Any) -> Doing:
    now = timezone.now()
    given = {"person": by, "state": "doing", "words": WORD, "from_where": WORD, "began_at": now} | more
    given.setdefault("owner_words", WORD)
    doing = Doing.objects.create(written_down_by=by, **given)
    for number, what in enumerate(("begun", "reworded"), 1):
        DoingStep.objects.create(
            doing=doing,
            number=number,
            follows=number - 1,
            what=what,
            lane=doing.lane,
            words=WORD,
            by=by,
            at=now,
        )
    return doing


def _by_consent(here: Any, person: Person) -> None:
    now = timezone.now()
    consent = Consent.objects.create(
        person=person, given_by=person, to_what=WORD, informed_how=WORD, words=WORD, withdrawn_words=WORD,
        given_at=now, begins_at=now, written_down_by=here.cover,
    )  # fmt: skip
    _doing(person, lane="to", state="consented", consent=consent, owner=here.part_reader)


def _by_duty(here: Any, person: Person, *, told: bool) -> None:
    now = timezone.now()
    duty = Duty.objects.create(
        person=person, statute=WORD, why=WORD, who=WORD, who_person=here.taken_back, begins_at=now,
        told_at=now if told else None, not_told_why=WORD, tell_by=now + dt.timedelta(days=1), how_to_question=WORD,
        would_stop=WORD, person_words=WORD, ended_words=WORD, written_down_by=here.kin, written_at=now,
    )  # fmt: skip
    DutyStep.objects.create(duty=duty, what="questioned", words=WORD, by=person, at=now)
    _doing(person, lane="to", state="duty_told" if told else "proposed", duty=duty, owner=here.taken_back)


def _promise(by: Person, **more: Any) -> None:
    now = timezone.now()
    given = {"person": by, "day": dt.date(2030, 1, 2), "owner_words": WORD} | more
    promise = Promise.objects.create(
        words=WORD,
        where_words=WORD,
        written_down_by=by,
        at=now,
        state="late",
        told_words=WORD,
        told_at=now,
        **given,
    )
    PromiseStep.objects.create(promise=promise, state="late", words=WORD, by=by, at=now)
