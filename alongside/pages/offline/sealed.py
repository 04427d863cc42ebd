"""What lies inside an envelope from a phone: opened, and read as far as it can be, so that no word is lost."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from alongside.kernel import sealing
from alongside.pages.offline.clocks import a_time
from alongside.people.models import Person
from alongside.story.models import Audience
from alongside.story.wording import as_said
from alongside.walks.models import Moment

LONGEST_TOGETHER = 24 * 60
LONGEST_WRITING = 12 * 3600


class Refused(Exception):  # noqa: N818 - reads as the sentence it carries
    """It stays on the phone; why, in a sentence for whoever wrote it."""


class KeyGone(Refused):
    """It stays on the phone, and may open again once those who look after the place have found its key."""


@dataclass(frozen=True)
class Draft:
    """A moment as it was sealed. `person` or `who`; `at` by the phone's clock, and what it knew of ours.

    `later`: its writer said "not now", so it is kept as words that were begun. `not_a_day` is what was typed
    for a day that no calendar has.
    """

    who: str
    words: str
    person: UUID | None
    at: dt.datetime
    place_then: dt.datetime
    phone_then: dt.datetime
    day: dt.date | None = None
    not_a_day: str = ""
    minutes_together: int | None = None
    seconds_recording: int | None = None
    kind: str = Moment.Kind.MET
    audience: str = Audience.WALKERS
    language: str = "en"
    there_too: list[str] = field(default_factory=list)
    later: bool = False


def opened(viewer: Person, client_id: UUID, envelope: str) -> Draft:
    """What the viewer's own account sealed under that id. Raises Refused with a sentence."""
    try:
        text = sealing.unseal(envelope, ["moment", str(viewer.account_id), str(client_id)])
        return _draft(_read(text))
    except sealing.SealedElsewhere:
        raise KeyGone(
            _("This was sealed with a key that the place does not hold. Keep the phone as it is, and ask those "
              "who look after the place to bring the key back.")
        ) from None  # fmt: skip
    except sealing.CannotOpen:
        raise Refused(_("This could not be opened: it was changed, or somebody else wrote it.")) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise Refused(_("This was opened, and it is not a moment as this place knows them.")) from None


def _read(text: bytes) -> Mapping[str, Any]:
    """What was sealed. Raises ValueError or RecursionError for what no phone of ours writes.

    JSON can say half of a letter, which neither the database nor a page can: written out, it is found.
    """
    said: Mapping[str, Any] = json.loads(text)
    json.dumps(said, ensure_ascii=False).encode()
    return said


def _draft(said: Mapping[str, Any]) -> Draft:
    """Raises ValueError, TypeError, KeyError or AttributeError for anything that a page of ours never sealed."""
    known, day = said["known"], _day(said.get("day"))
    return Draft(
        who=str(said.get("who") or "").strip(),
        words=_words(said["words"]),
        person=UUID(said["person"]) if said.get("person") else None,
        at=a_time(said["at"]),
        place_then=a_time(known["server"]),
        phone_then=a_time(known["device"]),
        day=day,
        not_a_day="" if day else str(said.get("day") or ""),
        minutes_together=_number(said.get("minutes_together"), LONGEST_TOGETHER),
        seconds_recording=_number(said.get("seconds_recording"), LONGEST_WRITING),
        kind=str(said.get("kind") or Moment.Kind.MET),
        audience=str(said.get("audience") or Audience.WALKERS),
        language=str(said.get("language") or "en"),
        there_too=[str(each) for each in said.get("there_too") or []],
        later=said.get("later") is True,
    )


def _words(said: Any) -> str:
    if not isinstance(said, str) or "\0" in said:
        raise TypeError("words are a text")
    return as_said(said)


def _day(said: Any) -> dt.date | None:
    """None also for a day that no calendar has: its writer is asked again, with the words before them."""
    try:
        return parse_date(said) if said else None
    except ValueError:
        return None


def _number(said: Any, most: int) -> int | None:
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int) or not 0 <= said <= most:
        raise ValueError("not a number of minutes")
    return said
