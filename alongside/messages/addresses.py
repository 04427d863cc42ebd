"""Whether words about how to reach somebody hold an address that a message can go to."""

import re

from alongside.people.models import Channel

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:\+44|0)(?:[\s-]?\d){9,10}\b")
PATTERNS = {Channel.EMAIL.value: EMAIL, Channel.TEXT.value: PHONE}


def address_in(words: str, channel: str) -> str:
    """The one e-mail or phone number in the words; "" where there is none, or more than one."""
    found = PATTERNS[channel].findall(words) if channel in PATTERNS else []
    return re.sub(r"[\s-]", "", found[0]) if channel == Channel.TEXT and len(found) == 1 else _only(found)


def _only(found: list[str]) -> str:
    return found[0] if len(found) == 1 else ""
