"""What is said when a page was opened in an emergency: to the person at once, to whoever looks at it, and back.

A message tells that it happened and where to read more. Why, and whose page it was, stand on the page alone: a
message may be read by somebody else at the screen.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.audit.recording import operation, record
from alongside.consent.emergencies import operations as emergencies
from alongside.consent.emergencies.models import Opening, OpeningWords
from alongside.kernel.acting import working_on
from alongside.messages.models import Delivery, Message
from alongside.messages.operations.outbox import send
from alongside.people.models import Person

SUBJECT = _("Your page was opened")


@operation("messages.open_in_an_emergency")
def open_in_an_emergency(
    *,
    by: Person,
    words: str,
    name: str,
    born_on: dt.date | None = None,
    all_of_it: bool = False,
    tells: Person | None = None,
    not_told_why: str = "",
    tell_by: dt.datetime | None = None,
) -> Opening | None:
    """Open a page as `consent.open_in_an_emergency`, and tell the person and whoever looks at it, at once.

    The person is told by the way they asked for; where that needs a human (a call, a visit), or every way is
    one they said never to, `by` is the one who tells them. Raises what that operation raises.
    """
    opening = emergencies.open_in_an_emergency(
        by=by, words=words, name=name, born_on=born_on, all_of_it=all_of_it, tells=tells,
        not_told_why=not_told_why, tell_by=tell_by,
    )  # fmt: skip
    if opening is not None:
        if not opening.not_told_why:
            _tell_the_person(by, opening)
        _tell_the_reviewer(by, opening)
    record(
        "messages.open_in_an_emergency", by=by, thing=opening or by,
        person_id=opening.person_id if opening else by.pk,
    )  # fmt: skip
    return opening


def _tell_the_person(by: Person, opening: Opening) -> None:
    said = _("{by} opened your page in an emergency. Why, and what you can do about it, is on your page.")
    message = _say(by, _person(opening.person_id), opening, said, "opened", by=by.called)
    if _goes_by_itself(message):
        emergencies.tell_of_opening(by=by, opening=opening)


def _person(key: UUID) -> Person:
    with working_on("messages.send"):
        return Person.objects.get(pk=key)


def _goes_by_itself(message: Message) -> bool:
    """Whether nobody needs to ring or go, and nothing keeps it back."""
    with working_on("messages.send"):
        state = Delivery.objects.values_list("state", flat=True).get(message=message)
    return state not in (Delivery.State.FOR_A_HUMAN, Delivery.State.KEPT_BACK)


def _tell_the_reviewer(by: Person, opening: Opening) -> None:
    if opening.reviewer is None:
        return
    until = timezone.localtime(opening.review_by)
    said = _("{by} opened somebody’s page in an emergency. Please look at it with them by {day}, {hour}.")
    day, hour = date_format(until, "l j F"), date_format(until, "H:i")
    _say(by, opening.reviewer, opening, said, "review", by=by.called, day=day, hour=hour)


def _say(
    sender: Person,
    to: Person,
    opening: Opening,
    words: Any,
    what: str,
    of: Opening | OpeningWords | None = None,
    **names: str,
) -> Message:
    """Once for what it is `of`: the opening, or what was said of it."""
    return send(
        by=sender,
        to=to,
        subject=SUBJECT if to.pk == opening.person_id else _("A page was opened in an emergency"),
        words=format_lazy(words, **names),
        link=reverse("opening", args=[opening.pk]),
        reference=f"opening-{what}-{(of or opening).pk}-{to.pk}",
        about=opening,
    )


@operation("messages.review_opening")
def review_opening(*, by: Person, opening: Opening, found: str, words: str) -> Opening:
    """Keep what was found as `consent.review_opening`, and tell the one who opened it and the person.

    The person hears of it where they were told of the opening; before that, it waits on the page with it.
    """
    emergencies.review_opening(by=by, opening=opening, found=found, words=words)
    told = _("{by} looked at the emergency in which you opened a page. What they found is there to read.")
    _say(by, opening.by, opening, told, "found", by=by.called)
    if opening.told_at is not None:
        said = _(
            "{by} looked at why your page was opened. What they found, and whom to talk to, is on your page."
        )
        _say(by, _person(opening.person_id), opening, said, "found", by=by.called)
    record("messages.review_opening", by=by, thing=opening, person_id=opening.person_id)
    return opening


@operation("messages.say_of_opening")
def say_of_opening(*, by: Person, opening: Opening, words: str) -> OpeningWords:
    """Keep what the person says of it as `consent.say_of_opening`, and bring it to a named human.

    That is whoever looks at it; where nobody was named, the one who opened it, until somebody is.
    """
    said = emergencies.say_of_opening(by=by, opening=opening, words=words)
    whom = opening.reviewer or opening.by
    told = _("{by} said something about an emergency in which a page was opened. Please answer them.")
    _say(by, whom, opening, told, "said", of=said, by=by.called)
    record("messages.say_of_opening", by=by, thing=said, person_id=opening.person_id)
    return said
