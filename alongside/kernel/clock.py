"""The time, asked for in one place so that a test (and the demo, living through a year) can move it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moved: ContextVar[dt.datetime | None] = ContextVar("moved", default=None)


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _moved.get() or timezone.now()


def today() -> dt.date:
    """Today's date in the place's time zone."""
    return timezone.localdate(now())


def moved() -> dt.datetime | None:
    """The moment the clock was moved to, or None: row-level security is told of it too."""
    return _moved.get()


@contextmanager
def moved_to(moment: dt.datetime) -> Iterator[None]:
    """Live as if it were that moment (aware). For tests and the demo; acting begins inside."""
    token = _moved.set(moment)
    try:
        yield
    finally:
        _moved.reset(token)
