"""Asking whose pages somebody opened, and being told one name: each is a look, written with it."""

import datetime as dt
from uuid import UUID

from django.db import connection
from django.utils import timezone

from alongside.audit import recording
from alongside.audit.models import Question
from alongside.audit.recording import operation, record
from alongside.consent.asked import policies
from alongside.kernel import clock
from alongside.people.models import Person

USUALLY = dt.timedelta(days=28)
ASKED, TOLD_NAME = "looks asked", "name told"
NOBODY = UUID(int=0)  # where the policy above is off, nobody is found


@operation("consent.ask_whose_pages")
def ask_whose_pages(
    *,
    by: Person,
    person: Person,
    why: str,
    from_day: dt.date | None = None,
    to_day: dt.date | None = None,
) -> Question:
    """Ask whose pages somebody opened, by default in the last four weeks; they read that it was asked, and why.

    Days are the place's own, both within. Raises Denied.
    """
    policies.check_can_ask_whose_pages(by, person)
    policies.check_says_why_asked(by, why)
    last = min(to_day or clock.today(), clock.today())
    days = policies.Days(_midnight(from_day or last - USUALLY), _midnight(last + dt.timedelta(days=1)))
    policies.check_asks_a_short_time(by, days)
    look = recording.look(by=by, person_id=person.pk, page=ASKED, why=why.strip())
    question = Question(look=look, from_at=days.from_at, to_at=days.to_at)
    question.save(force_insert=True)
    record("consent.ask_whose_pages", by=by, thing=question, person_id=person.pk, fields={"why": why})
    return question


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()), timezone.get_default_timezone())


@operation("consent.tell_name")
def tell_name(*, by: Person, question: Question, look_id: UUID, why: str) -> Person:
    """Be told whose page one of these looks opened, with a reason, which that person reads on their own page.

    Raises Denied, also where the look is not in the answer or they are close to `by`.
    """
    policies.check_can_read_answer(by, question)
    policies.check_says_why_asked(by, why)
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.tell_name(%s, %s, %s)", [question.pk, look_id, why])
        whose: UUID | None = cursor.fetchone()[0]
    policies.check_name_may_be_told(by, whose)
    person = Person.objects.get(pk=whose or NOBODY)
    record("consent.tell_name", by=by, thing=question, person_id=person.pk, fields={"why": why})
    return person
