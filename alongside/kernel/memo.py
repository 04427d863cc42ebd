"""What a request has asked once it need not ask again: forgotten with the request, and at every write.

Outside a request nothing is remembered. What is kept is kept for whoever acts, so that one person's answer
never reaches another.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from alongside.kernel import acting

Answer = TypeVar("Answer")
_remembered: ContextVar[dict[Hashable, Any] | None] = ContextVar("remembered", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember answers until the block ends."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def forget() -> None:
    """Something was written: whatever was remembered may be so no longer."""
    kept = _remembered.get()
    if kept is not None:
        kept.clear()


def once(key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to `ask`, asked once a request under this key."""
    kept = _remembered.get()
    if kept is None:
        return ask()
    full = (acting.current(), key)
    if full not in kept:
        kept[full] = ask()
    answer: Answer = kept[full]
    return answer
