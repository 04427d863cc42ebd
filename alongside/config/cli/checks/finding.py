"""One thing that was looked at, and what was found."""

from typing import NamedTuple


class Finding(NamedTuple):
    """`what` was looked at, whether it is `ok`, and a `sentence` that says so, or what to do."""

    what: str
    ok: bool
    sentence: str


def fine(what: str, sentence: str) -> Finding:
    """Nothing to do."""
    return Finding(what, True, sentence)


def wrong(what: str, sentence: str) -> Finding:
    """Something to put right; the sentence says how."""
    return Finding(what, False, sentence)
