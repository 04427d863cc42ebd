"""What a phone sends, made without one: sealed for an account, with the clocks of a phone that is right."""

import datetime as dt
import json
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from alongside.kernel import sealing
from alongside.people.models import Person


def said(words: str = "We sat by the river.", **more: Any) -> dict[str, Any]:
    """A moment as a page of ours seals it; `more` is laid over it, and what is None is left out."""
    now = timezone.now()
    earlier = (now - dt.timedelta(hours=1)).isoformat()
    whole = {
        "who": "Trace",
        "words": words,
        "at": (now - dt.timedelta(minutes=20)).isoformat(),
        "known": {"server": earlier, "device": earlier},
    }
    return {key: value for key, value in (whole | more).items() if value is not None}


def sealed(by: Person, client_id: UUID, words: str = "We sat by the river.", **more: Any) -> str:
    """An envelope from a phone of `by`."""
    return envelope(by, client_id, json.dumps(said(words, **more)))


def envelope(by: Person, client_id: UUID, text: str) -> str:
    """Any text, sealed as a moment of `by` is."""
    return sealing.seal(text.encode(), ["moment", str(by.account_id), str(client_id)])


def posted(*items: tuple[UUID, str], clock: str | None = None) -> str:
    """The body that a phone sends with these envelopes."""
    moments = [{"client_id": str(key), "envelope": envelope} for key, envelope in items]
    return json.dumps({"clock": clock or timezone.now().isoformat(), "moments": moments})


def one(by: Person, words: str = "We sat by the river.", **more: Any) -> tuple[UUID, str]:
    """A new id, and its envelope."""
    key = uuid4()
    return key, sealed(by, key, words, **more)
