"""A circle as it was on a day: worked out from the ties as first said and what became of each."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from alongside.story.models import Tie, TieChange
from alongside.story.wording import day_of

GONE = (TieChange.What.DID_NOT_TAKE,)


@dataclass(frozen=True)
class TieOn:
    """One tie as it stood on a day.

    `kept` is the row as it was first said, `tie` what they are to the person on that day. `state` is "" or
    what became of it last (took, faded, mended, did_not_take), `history` what became of it until then,
    oldest first.
    """

    kept: Tie
    name: str
    to: str
    tie: str
    words: str
    language: str
    trusted: bool
    help: str
    since: dt.date | None
    state: str
    state_on: dt.date | None
    history: Sequence[TieChange] = ()

    @property
    def pk(self) -> UUID:
        """The key of the tie."""
        return self.kept.pk

    @property
    def stands(self) -> bool:
        """Whether it belongs in the picture: a tie that did not take does not."""
        return self.state not in GONE


def began_on(tie: Tie) -> dt.date:
    """The day from which a tie is shown: since when it is, or else when it was told."""
    return tie.since or day_of(tie.began_at)


def tie_on(tie: Tie, changes: Iterable[TieChange], on: dt.date) -> TieOn | None:
    """A tie as it stood at the end of a day, or None where it had not begun."""
    until_then = sorted((c for c in changes if c.on <= on), key=lambda change: (change.on, change.at))
    if began_on(tie) > on and not until_then:
        return None
    stood = TieOn(
        kept=tie, name=tie.name, to=tie.to, tie=tie.tie, words=tie.words, language=tie.language,
        trusted=tie.trusted, help=tie.help, since=tie.since, state="", state_on=None, history=until_then,
    )  # fmt: skip
    for change in until_then:
        stood = _changed(stood, change)
    return stood


def _changed(stood: TieOn, change: TieChange) -> TieOn:
    said = change.what not in (TieChange.What.REWORDED, TieChange.What.BEGAN)
    return replace(
        stood,
        tie=change.tie_words or stood.tie,
        words=change.words or stood.words,
        help=change.help or stood.help,
        trusted=stood.trusted if change.trusted is None else change.trusted,
        state=change.what if said else stood.state,
        state_on=change.on if said else stood.state_on,
    )


def days_of_change(ties: Iterable[tuple[Tie, Iterable[TieChange]]]) -> list[dt.date]:
    """The days on which a circle changed, newest first."""
    days = {began_on(tie) for tie, _ in ties} | {change.on for _, changes in ties for change in changes}
    return sorted(days, reverse=True)
