"""Asking why somebody looked, and answering."""

from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from alongside.audit.models import Look
from alongside.audit.recording import operation, record
from alongside.consent.policies import selves
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import humans, policies
from alongside.messages.models import WhyAsked
from alongside.messages.operations.outbox import send
from alongside.people.models import Person


@operation("messages.ask_why")
def ask_why(*, by: Person, look_id: UUID, words: str = "") -> WhyAsked:
    """Ask somebody why they looked at my page: it reaches them, and one other named human.

    Asking twice about one look is the same question. Raises Denied where it is no look at my own page.
    """
    look = Look.objects.filter(pk=look_id, person_id__in=selves(by)).first()
    policies.check_asks_of_own_look(by, look)
    assert look is not None  # noqa: S101  the line above has refused that
    asked = WhyAsked.objects.filter(person=by, look_id=look.pk).first()
    if asked is None:
        with working_on("messages.send"):
            looker = Person.objects.get(pk=look.by_id)
        asked = WhyAsked(
            person=by, look_id=look.pk, looker=looker, looked_at=look.at, page=look.page, words=words.strip(),
            also_told=humans.to_alarm(but_not=looker), asked_at=clock.now(),
        )  # fmt: skip
        asked.save(force_insert=True)
        _tell(asked)
    record("messages.ask_why", by=by, thing=asked, person_id=by.pk, fields={"words": words})
    return asked


def _tell(asked: WhyAsked) -> None:
    said = {
        asked.looker: gettext_lazy(
            "{called} asks why you opened their page on {day}. Please answer in your own words."
        ),
        asked.also_told: gettext_lazy(
            "{called} asks why {looker} opened their page on {day}. Please see that they hear."
        ),
    }
    for whom, words in said.items():
        if whom is None:
            continue
        send(
            by=asked.person,
            to=whom,
            subject=gettext_lazy("Somebody asks why"),
            words=format_lazy(
                words,
                called=asked.person.called,
                looker=asked.looker.called,
                day=date_format(asked.looked_at, "l j F"),
            ),
            link=reverse("why", args=[asked.pk]),
            reference=f"why-{asked.pk}-{whom.pk}",
            about=asked,
        )


@operation("messages.answer_why")
def answer_why(*, by: Person, asked: WhyAsked, words: str) -> WhyAsked:
    """Answer in words; the one who asked is told, and reads it beside the look. Raises Denied."""
    policies.check_can_answer_why(by, asked)
    policies.check_says_why(by, words)
    asked.answer, asked.answered_by, asked.answered_at = words.strip(), by, clock.now()
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    with working_on("messages.send"):
        person = Person.objects.get(pk=asked.person_id)
    send(
        by=by,
        to=person,
        subject=gettext_lazy("The answer to your question"),
        words=asked.answer,
        link=reverse("ask_why", args=[asked.look_id]),
        reference=f"why-answer-{asked.pk}-{asked.answered_at:%Y%m%d%H%M%S}",
        about=asked,
    )
    record("messages.answer_why", by=by, thing=asked, person_id=asked.person_id, fields={"words": words})
    return asked
