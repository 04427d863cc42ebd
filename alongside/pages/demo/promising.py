"""Promises: of workers, organisations and people themselves; kept, late, let go; and who is coming, near today."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from alongside.doings import operations as plan
from alongside.doings.models import Belongs, Promise, Together
from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import FAMILY, FAMILY_VOW, VOWS, Vow
from alongside.pages.demo.events import HAPPENED, TAKEN_BACK, Event
from alongside.pages.demo.life import Life
from alongside.people.models import Organisation, Person


def promises(life: Life) -> Iterator[Event]:
    """Every promise of one story, made and told of."""
    for vow in VOWS.get(life.name, ()):
        promising = Promising(life, vow)
        yield life.event(promising.day(vow.said), HAPPENED, promising.make)
        for day, state, words in vow.became:
            yield life.event(promising.day(day), TAKEN_BACK, promising.settle, state, words)
    if "shared_family_page" in life.told:
        promising = Promising(life, FAMILY_VOW)
        yield life.event(promising.day(FAMILY_VOW.said), HAPPENED, promising.make_together)


class Promising:
    """One promise being made and told of."""

    made: Promise

    def __init__(self, life: Life, vow: Vow) -> None:
        self.life, self.vow = life, vow

    def day(self, number: int) -> int:
        """A day of the story, where the promise counts its days from today."""
        return number + (self.life.told["start_days_ago"] if self.vow.near else 0)

    def make(self) -> None:
        """It is written down by whoever makes it, where they may write here; else by whoever walks with them."""
        whose = self.life.one(self.vow.person) if self.vow.person else self.life.whose
        by = self._hand(whose)
        with acting_as(by):
            self.made = plan.promise(by=by, person=whose, **self._what(), **self._whose_promise())

    def make_together(self) -> None:
        """One of a family promises it to the others."""
        by = self.life.one(self.vow.owner)
        with acting_as(by):
            ours = Together.objects.get(name=FAMILY, members__in=Belongs.objects.filter(person=by))
            self.made = plan.promise(by=by, together=ours, owner=by, **self._what())

    def settle(self, state: str, words: str) -> None:
        """What became of it, told by whoever made it."""
        by = self.life.somebody(self.vow.owner) or self.life.whose
        with acting_as(by):
            plan.promise_settled(by=by, promise=self.made, state=state, words=words)

    def _hand(self, whose: Person) -> Person:
        owner = self.vow.owner
        keeper = self.life.one(self.life.keeper(self.day(self.vow.said)))
        walker = owner in self.life.cast and self.life.one(owner) == keeper
        return keeper if walker or self.vow.office else whose

    def _what(self) -> dict[str, Any]:
        at = dt.time.fromisoformat(self.vow.hour) if self.vow.hour else None
        day = self.life.days.first + dt.timedelta(days=self.day(self.vow.day))
        return {
            "words": self.vow.words, "day": day, "at_time": at, "where_words": self.vow.where,
            "coming": self.vow.coming,
        }  # fmt: skip

    def _whose_promise(self) -> dict[str, Any]:
        owner = self.life.somebody(self.vow.owner)
        if self.vow.office:
            return {"organisation": Organisation.objects.get(slug=self.vow.office), "answering": owner}
        return {"owner": owner, "owner_words": "" if owner else self.vow.owner}
