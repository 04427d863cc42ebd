"""What the steward who asked is answered; reading it is a look at the one it is about."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from alongside.audit import recording
from alongside.audit.models import Question
from alongside.consent.asked.policies import OneLook
from alongside.consent.queries import names_of
from alongside.kernel.policy import narrow
from alongside.people.models import Person

READ = "looks"


@dataclass(frozen=True)
class Opened:
    """One page that was opened: when, which, why, and whose: the same letter for the same person, or their name."""

    key: UUID
    at: dt.datetime
    page: str
    why: str
    letter: str
    person: Person | None


def find_question(*, viewer: Person, question: UUID) -> Question | None:
    """A question that the viewer asked."""
    mine = narrow(Question.objects.filter(pk=question), Q(look__by_id=viewer.pk))
    return mine.select_related("look").first()


def asked_about(question: Question) -> Person:
    """Whom it is about. Two statements."""
    return Person.objects.prefetch_related("roles__organisation").get(pk=question.look.person_id)


def opened(*, viewer: Person, question: Question) -> list[Opened]:
    """What they opened, the latest first, as far as the viewer may know; and the look that this is.

    Nothing where it is not the viewer's question, or older than a day. Three statements.
    """
    why = question.look.why
    recording.look(by=viewer, person_id=question.look.person_id, page=READ, why=why)
    return _opened(question)


def _opened(question: Question) -> list[Opened]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guard.looks_asked_for(%s)", [question.pk])
        rows = cursor.fetchall()
    names = names_of({person for *_rest, person in rows if person})
    return [
        Opened(key, at, page, why, letter(number), names.get(person))
        for key, at, page, why, number, person in rows
    ]


def one_opened(*, viewer: Person, question: UUID, look: UUID) -> OneLook | None:
    """One line of an answer, where the viewer asked for it."""
    asked = find_question(viewer=viewer, question=question)
    line = next((each for each in _opened(asked) if each.key == look), None) if asked else None
    return OneLook(asked, line) if asked and line else None


def letter(number: int) -> str:
    """A for the first person, B for the second, AA for the twenty-seventh."""
    told = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        told = chr(ord("A") + rest) + told
    return told
