"""Words as they were said, and the day they were said on."""

import datetime as dt

from django.utils import timezone


def as_said(words: str) -> str:
    """The words, untouched but for what a keyboard or a browser adds around them."""
    return words.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def day_of(at: dt.datetime) -> dt.date:
    """The day of a moment, in the place's time zone."""
    return timezone.localtime(at).date()
