"""Rows of the room as they might stand in a place, written by the owner beside every lock."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.utils import timezone

from alongside.audit.models import Look
from alongside.messages.models import Delivery, Hello, HelloWait, Message, WhyAsked
from alongside.people.models import Person
from tests.database import as_owner


def on_its_way(by: Person, to: Person, about_type: str = "", **how: Any) -> Delivery:
    """A message and how it is getting on."""
    now = timezone.now()
    given: dict[str, Any] = {"sender": by, "channel": "email", "about_type": about_type, "written_at": now}
    with as_owner():
        message = Message.objects.create(to_person=to, reference=str(uuid4()), words="Canary.", **given)
        return Delivery.objects.create(message=message, **given, **how)


def said(named: Person | None, **how: Any) -> HelloWait:
    """A hello that waits an hour for the one who is named."""
    now = timezone.now()
    later = now + dt.timedelta(hours=1)
    with as_owner():
        hello = Hello.objects.create(
            words="Canary.", named=named, said_at=now, code_digest=str(uuid4()), **how
        )
        return HelloWait.objects.create(hello=hello, named=named, said_at=now, answer_by=later)


def looked(by: Person, at: Person) -> Look:
    """Somebody opened a page."""
    with as_owner():
        return Look.objects.create(at=timezone.now(), person_id=at.pk, by_id=by.pk, page="story", why="ring")


def asked(of: Person, whose: Person, also_told: Person | None, **how: Any) -> WhyAsked:
    """Somebody asked why."""
    look = looked(of, whose)
    with as_owner():
        return WhyAsked.objects.create(
            person=whose, looker=of, also_told=also_told, look_id=look.pk, looked_at=look.at,
            asked_at=look.at, page=look.page, **how,
        )  # fmt: skip
