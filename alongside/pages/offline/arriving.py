"""What a phone sends: opened, and written down once, or answered with a sentence. Nothing is ever dropped."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from alongside.kernel import clock, sealing
from alongside.kernel.policy import Denied
from alongside.pages.offline.clocks import Clocks, happened_at, on_day
from alongside.pages.people.finders import open_to
from alongside.people.models import Person
from alongside.walks import operations, queries

LONGEST_TOGETHER = 24 * 60
LONGEST_WRITING = 12 * 3600


@dataclass(frozen=True)
class Answer:
    """What became of one: "kept" now, "here" already, or "refused" with a sentence."""

    client_id: str
    answer: str
    sentence: str = ""

    def as_json(self) -> dict[str, str]:
        """As the phone reads it."""
        return {"client_id": self.client_id, "answer": self.answer, "sentence": self.sentence}


class Refused(Exception):  # noqa: N818 - reads as the sentence it carries
    """It stays on the phone; why, in a sentence for whoever wrote it."""


@dataclass(frozen=True)
class Draft:
    """A moment as it was sealed. `person` or `who`; `at` by the phone's clock, `known` what it knew of ours."""

    who: str
    words: str
    person: UUID | None
    day: dt.date | None
    at: dt.datetime
    place_then: dt.datetime
    phone_then: dt.datetime
    minutes_together: int | None
    seconds_recording: int | None


def arrived(viewer: Person, client_id: UUID, envelope: str, phone_now: dt.datetime) -> Answer:
    """Open one envelope of the viewer's and write its moment down, unless it is here already."""
    key = str(client_id)
    if queries.arrived_before(viewer=viewer, client_id=client_id):
        return Answer(key, "here")
    try:
        with transaction.atomic():
            _write_down(viewer, client_id, opened(viewer, client_id, envelope), phone_now)
    except (Refused, Denied) as refusal:
        return Answer(key, "refused", str(refusal.args[0]))
    except ValueError as error:
        return Answer(key, "refused", str(error))
    return Answer(key, "kept")


def opened(viewer: Person, client_id: UUID, envelope: str) -> Draft:
    """What the viewer's own account sealed under that id. Raises Refused with a sentence."""
    try:
        text = sealing.unseal(envelope, ["moment", str(viewer.account_id), str(client_id)])
        return _draft(json.loads(text))
    except sealing.SealedElsewhere:
        raise Refused(
            _("This was sealed with a key that the place does not hold. Keep the phone as it is, and ask those "
              "who look after the place to bring the key back.")
        ) from None  # fmt: skip
    except sealing.CannotOpen:
        raise Refused(_("This could not be opened: it was changed, or somebody else wrote it.")) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused(_("This was opened, and it is not a moment as this place knows them.")) from None


def _draft(said: Mapping[str, Any]) -> Draft:
    """Raises ValueError, TypeError, KeyError or AttributeError for anything that a page of ours never sealed."""
    known = said["known"]
    return Draft(
        who=str(said.get("who", "")).strip(),
        words=_words(said["words"]),
        person=UUID(said["person"]) if said.get("person") else None,
        day=parse_date(said["day"]) if said.get("day") else None,
        at=_time(said["at"]),
        place_then=_time(known["server"]),
        phone_then=_time(known["device"]),
        minutes_together=_number(said.get("minutes_together"), LONGEST_TOGETHER),
        seconds_recording=_number(said.get("seconds_recording"), LONGEST_WRITING),
    )


def _words(said: Any) -> str:
    if not isinstance(said, str) or "\0" in said:
        raise TypeError("words are a text")
    return said.strip()


def _time(said: str) -> dt.datetime:
    found = parse_datetime(said)
    if found is None or timezone.is_naive(found):
        raise ValueError("no time")
    return found


def _number(said: Any, most: int) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= most:
        raise ValueError("not a number of minutes")
    return said


def _write_down(viewer: Person, client_id: UUID, draft: Draft, phone_now: dt.datetime) -> None:
    if not draft.words:
        raise Refused(_("There are no words in it."))
    operations.record_moment(
        by=viewer,
        person=person_meant(viewer, draft),
        words=draft.words,
        at=when(draft, phone_now),
        client_id=client_id,
        minutes_together=draft.minutes_together,
        seconds_writing=draft.seconds_recording,
    )


def when(draft: Draft, phone_now: dt.datetime) -> dt.datetime:
    """When it happened, by the place's clock. Raises Refused for a day that is still to come."""
    now = clock.now()
    at = happened_at(draft.at, Clocks(draft.place_then, draft.phone_then, now, phone_now))
    if draft.day is None:
        return at
    if draft.day > timezone.localdate(now):
        raise Refused(_("The day you gave it is still to come. Read it again, and say which day it was."))
    return on_day(draft.day, at)


def person_meant(viewer: Person, draft: Draft) -> Person:
    """Whoever was chosen, or is called so, of those the viewer walks with. Raises Refused otherwise.

    The sentence never tells more than the viewer knows: it says what they wrote themself.
    """
    if draft.person:
        found = [each for each in walked_with(viewer) if each.pk == draft.person]
    else:
        called = draft.who.casefold()
        found = [
            each for each in walked_with(viewer) if called in (each.name.casefold(), each.called.casefold())
        ]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused(_("You walk with more than one called %(who)s.") % {"who": draft.who})
    raise Refused(_("You do not walk with anybody called %(who)s now.") % {"who": draft.who or "…"})


def walked_with(viewer: Person) -> list[Person]:
    """Those whose whole story is open to the viewer, and so whose moments they write down."""
    return [each.person for each in open_to(viewer) if each.basis.whole]
