"""A walk as a page shows it: who walks with whom, who is there when they are not, and how it went, in words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.story.told import Named
from alongside.walks.models import Challenge, Handover, HandoverMeeting, Repair, Walk


@dataclass(frozen=True)
class Keeper:
    """Somebody who keeps a walk: what they are here, since when, and what they choose to say of themself."""

    who: Named
    role: str | Promise
    since: dt.datetime
    lived_experience: str = ""
    offers: str = ""
    languages: Sequence[str] = ()
    away_until: dt.date | None = None

    @property
    def called(self) -> str:
        """What they are called."""
        return str(self.who)


@dataclass(frozen=True)
class ToldStep:
    """One step: what it was, who said the words, and whose hand wrote them down where it was another's."""

    what: str | Promise
    words: str
    who: Named
    written_down_by: Named | None
    at: dt.datetime


@dataclass(frozen=True)
class ToldHandover:
    """Somebody else may walk with them: between whom, whom it is talked through with, and where they met."""

    handover: Handover
    walk: Walk
    came: Named
    goes: Named
    meetings: Sequence[HandoverMeeting]

    @property
    def pk(self) -> UUID:
        """The key of the handover."""
        return self.handover.pk

    @property
    def is_open(self) -> bool:
        """Whether it is still being talked through."""
        return self.handover.state == Handover.State.TALKING


@dataclass(frozen=True)
class ToldWalk:
    """A walk with everything a page shows of it."""

    walk: Walk
    people: Sequence[Named]
    walker: Keeper | None
    cover: Keeper | None
    steps: Sequence[ToldStep]
    handover: ToldHandover | None
    straight: Sequence[Challenge]
    carry_on: Sequence[str]
    began_before: bool
    is_kept_by_viewer: bool
    mine: UUID | None

    @property
    def pk(self) -> UUID:
        """The key of the walk."""
        return self.walk.pk

    @property
    def state(self) -> str:
        """What it is now: one of `Walk.State`."""
        return str(self.walk.state)

    @property
    def waits_for_two(self) -> bool:
        """Whether somebody came back, or said yes, before two were there."""
        return self.state == Walk.State.OFFERED and self.began_before

    @property
    def is_offer(self) -> bool:
        """Whether it was offered and has no answer yet."""
        return self.state == Walk.State.OFFERED and not self.began_before

    @property
    def with_others(self) -> bool:
        """Whether several are walked with together."""
        return len(self.people) > 1

    @property
    def can_rest(self) -> bool:
        """Whether it is walked now."""
        return self.state == Walk.State.WALKING

    @property
    def can_come_back(self) -> bool:
        """Whether one tap brings it back."""
        return self.state in (Walk.State.RESTING, Walk.State.MOVED, Walk.State.DIED) or self.waits_for_two

    @property
    def in_words(self) -> str | Promise:
        """What the walk is now, said warmly."""
        return _("You found each other again. Two are needed, and we are looking.") if self.waits_for_two else (
            IN_WORDS[self.state]
        )  # fmt: skip


IN_WORDS: dict[str, str | Promise] = {
    Walk.State.OFFERED: _("Offered. A yes or a no are both fine, and nothing happens until then."),
    Walk.State.WALKING: _("Walking together."),
    Walk.State.RESTING: _("Resting. One tap brings it back, whenever that is."),
    Walk.State.DECLINED: _("Not now. The offer stands, and asks for nothing."),
    Walk.State.MOVED: _("Moved away. One tap brings it back, also from there."),
    Walk.State.DIED: _("They died. What was said stays as it was said."),
}


@dataclass(frozen=True)
class ToldRepair:
    """An offer to talk over what the law made somebody do, and what was answered."""

    repair: Repair
    by: Named

    @property
    def pk(self) -> UUID:
        """The key of the offer."""
        return self.repair.pk
