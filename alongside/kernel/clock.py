"""The time, asked for in one place so that a test (and the demo) can move it."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Today's date in the place's time zone."""
    return timezone.localdate()
