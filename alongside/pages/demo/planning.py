"""The plans of the six stories: quick things, and three lanes of a person's, a family's and a village's plan."""

from collections.abc import Iterator
from typing import Any

from alongside.doings import operations as plan
from alongside.doings.models import Doing, Lane, QuickThing, Together
from alongside.doings.writing import Who
from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import FAMILY, IN_WORDS, VILLAGE, VILLAGES_WORDS
from alongside.pages.demo.done_to_them import done_to_them
from alongside.pages.demo.events import HAPPENED, OPENED, PLANNED, Event
from alongside.pages.demo.life import Life
from alongside.people.models import Person


class Planning:
    """The plan of one story being lived."""

    together: Together

    def __init__(self, life: Life) -> None:
        self.life = life
        self.begun: dict[int, Doing] = {}
        self.quick: dict[int, QuickThing] = {}

    # ------------------------------------------------------------- together

    def begin_together(self, name: str, kind: str, words: str) -> None:
        """A family, or a street, begins a plan of its own."""
        by = self.life.whose
        with acting_as(by):
            self.together = plan.begin_together(by=by, person=by, name=name, kind=kind, words=words)

    def come_in(self, who: str, *, helps: bool) -> None:
        """One more is asked in, and says yes."""
        by, other = self.life.whose, self.life.one(who)
        with acting_as(by):
            belongs = plan.ask_in(by=by, together=self.together, person=other, helps=helps)
        with acting_as(other):
            plan.join(by=other, belongs=belongs)

    def wish(self, words: str) -> None:
        """What a village wishes for, before anything is begun."""
        by = self.life.whose
        with acting_as(by):
            plan.wish(by=by, together=self.together, words=words, who=Who(owner_words=IN_WORDS["village"]))

    # ---------------------------------------------------------------- lanes

    def begin(self, number: int, entry: dict[str, Any]) -> None:
        """Something is begun in a lane, on the page of the one it is about."""
        ours = self.together if self._is_ours(entry) else None
        by = self.life.whose if ours else self._page(entry)
        decided = entry.get("decided_by", "")
        with acting_as(by):
            self.begun[number] = plan.begin(
                by=by, person=None if ours else by, together=ours, words=entry["text"], lane=entry["mode"],
                who=who_does(self.life, entry), from_where="family conference" if entry.get("from_conference") else "",
                decision_words="" if decided in self.life.cast else decided,
            )  # fmt: skip
        if "note" in entry:
            self._remark(number, entry["note"])

    def _remark(self, number: int, words: str) -> None:
        """What whoever walks with them said of it."""
        by = self.life.one(self.life.told["walker"])
        with acting_as(by):
            plan.not_yet(by=by, doing=self.begun[number], words=words)

    def finish(self, number: int, entry: dict[str, Any]) -> None:
        """It is done, and whoever does it says so."""
        by = self.life.somebody(entry["owner"]) or self.life.whose
        with acting_as(by):
            plan.finish(by=by, doing=self.begun[number])

    def _is_ours(self, entry: dict[str, Any]) -> bool:
        return bool(entry.get("from_conference")) or "action_plan" in self.life.told

    def _page(self, entry: dict[str, Any]) -> Person:
        """Whose page it is on: who decided, or who does it; all of these are the story's own people."""
        return self.life.one(entry["decided_by"] if entry["mode"] == Lane.FOR else entry["owner"])

    # --------------------------------------------------------- quick things

    def add_quick(self, number: int, entry: dict[str, Any]) -> None:
        """Something done in days, written down on the first day somebody could."""
        by = self.life.one(self.life.keeper(entry["day"]))
        at = self.life.days.moment(entry["day"], PLANNED)
        with acting_as(by):
            self.quick[number] = plan.add_quick_thing(
                by=by, person=self.life.whose, words=entry["what"], at=at
            )

    def quick_done(self, number: int, entry: dict[str, Any]) -> None:
        """It is off the list."""
        by = self.life.one(self.life.keeper(entry["done_day"]))
        at = self.life.days.moment(entry["done_day"], HAPPENED)
        with acting_as(by):
            plan.quick_thing_done(by=by, thing=self.quick[number], at=at)


def who_does(life: Life, entry: dict[str, Any]) -> Who:
    """Who owns a doing and who helps, by name or in words."""
    owner, helper = entry["owner"], entry.get("helper", "")
    return Who(
        owner=life.somebody(owner), owner_words="" if life.somebody(owner) else _in_words(life, owner),
        helper=life.somebody(helper), helper_words="" if life.somebody(helper) else helper,
    )  # fmt: skip


def _in_words(life: Life, owner: str) -> str:
    return IN_WORDS.get(owner, life.offices.get(owner, owner))


def plans(life: Life) -> Iterator[Event]:
    """Everything on the plan of one story."""
    planning = Planning(life)
    yield from _together(life, planning)
    for number, entry in enumerate(life.told.get("quick_things", ())):
        yield life.event(_written(life, entry["day"]), PLANNED, planning.add_quick, number, entry)
        yield life.event(_written(life, entry["done_day"]), HAPPENED, planning.quick_done, number, entry)
    for number, entry in enumerate(lanes_of(life)):
        if entry["mode"] == Lane.TO:
            continue
        yield life.event(entry["day"], PLANNED, planning.begin, number, entry)
        if entry.get("done_day") is not None:
            yield life.event(entry["done_day"], HAPPENED, planning.finish, number, entry)
    yield from done_to_them(life)


def lanes_of(life: Life) -> list[dict[str, Any]]:
    """The lanes of a story, or of a village's plan."""
    return list(life.told.get("lanes") or life.told["action_plan"]["lanes"])


def _written(life: Life, day: int) -> int:
    """A day, or the first one after it on which somebody may write on this page."""
    return max(day, life.opens(life.keeper(day)))


def _together(life: Life, planning: Planning) -> Iterator[Event]:
    """The family that made its own plan, and the village."""
    if "conference" in life.told:
        day, (_first, *others) = (
            life.told["conference"]["held_day"],
            life.told["shared_family_page"]["who_can_write"],
        )
        words = life.told["conference"]["bottom_line"]
        yield life.event(day, OPENED, planning.begin_together, FAMILY, Together.Kind.FAMILY, words)
        for who in others:
            yield life.event(day, OPENED, planning.come_in, who, helps=False)
    if "action_plan" in life.told:
        day, (_first, *others) = _day_of(life, "design"), life.told["action_plan"]["steering_group"]
        yield life.event(day, OPENED, planning.begin_together, VILLAGE, Together.Kind.STREET, VILLAGES_WORDS)
        for who in others:
            yield life.event(day, OPENED, planning.come_in, who, helps=False)
        yield life.event(day, OPENED, planning.come_in, life.told["connector"], helps=True)
        for entry in life.told["action_plan"]["priorities"]:
            yield life.event(day, PLANNED, planning.wish, entry["text"])


def _day_of(life: Life, stage: str) -> int:
    return next(entry["day"] for entry in life.told["four_stages"] if entry["stage"] == stage)
