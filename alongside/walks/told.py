"""A moment as a page shows it: the words that stand, what was said before, who was there, who answered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.story.told import Named
from alongside.walks.models import Moment, MomentAfter


@dataclass(frozen=True)
class Said:
    """Words of a moment: the first (`number` 0), the same said again, or an answer."""

    number: int
    follows: int
    words: str
    language: str
    by: Named
    written_down_by: Named | None
    at: dt.datetime


@dataclass(frozen=True)
class ToldMoment:
    """A moment with everything a page shows of it.

    `latest` are the words that stand; `beside` those written at the same time by somebody who had not seen
    them; `earlier` all before, newest first. `others` were there too.
    """

    moment: Moment
    who: Named
    whose: Named
    latest: Said
    beside: Sequence[Said]
    earlier: Sequence[Said]
    answers: Sequence[Said]
    others: Sequence[Named]

    @property
    def pk(self) -> UUID:
        """The key of the moment."""
        return self.moment.pk

    @property
    def said(self) -> int:
        """How many answers and versions this page shows: what somebody who writes now has in front of them."""
        return len(self.beside) + len(self.earlier) + len(self.answers) + (1 if self.latest.number else 0)


def people_in(moments: Sequence[Moment]) -> set[UUID]:
    """Everybody who is named beside these moments."""
    keys = set()
    for moment in moments:
        keys |= {moment.person_id, moment.by_id, moment.written_down_by_id}
        keys |= {other.person_id for other in moment.with_them.all()}
        for after in moment.after.all():
            keys |= {after.by_id, after.written_down_by_id}
    return keys


def _said(what: Moment | MomentAfter, names: Mapping[UUID, Named]) -> Said:
    hand = names[what.written_down_by_id] if what.written_down_by_id != what.by_id else None
    number, follows = (what.number, what.follows) if isinstance(what, MomentAfter) else (0, 0)
    return Said(number, follows, what.words, what.language, names[what.by_id], hand, what.at)


def told(moment: Moment, names: Mapping[UUID, Named]) -> ToldMoment:
    """A moment whose `after` and `with_them` were fetched, told."""
    after = list(moment.after.all())
    again = [one for one in after if one.kind == MomentAfter.Kind.SAID_AGAIN]
    versions: list[Moment | MomentAfter] = [*reversed(again), moment]
    latest, *rest = [_said(one, names) for one in versions]
    return ToldMoment(
        moment=moment,
        who=names[moment.by_id],
        whose=names[moment.person_id],
        latest=latest,
        # The newest was written without having seen these: nobody's words are written over (I16).
        beside=[one for one in rest if one.number > latest.follows],
        earlier=[one for one in rest if one.number <= latest.follows],
        answers=[_said(one, names) for one in after if one.kind == MomentAfter.Kind.ANSWER],
        others=[names[other.person_id] for other in moment.with_them.all()],
    )
