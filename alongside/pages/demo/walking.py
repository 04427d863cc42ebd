"""The walks of the six stories: offered, begun, handed over, resting; and what happened, moment by moment."""

from collections.abc import Iterator
from typing import Any

from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import (
    BEGUN as TOLD_OF_BEGINNING,
)
from alongside.pages.demo.additions import (
    CARRY_ON,
    CHALLENGES,
    CHOSEN,
    JOINED,
    MEETINGS,
    PROPOSED,
    USUAL,
    WHOSE_MOMENT,
)
from alongside.pages.demo.events import BEGUN, HAPPENED, RESTED, Event
from alongside.pages.demo.life import Life
from alongside.people.models import Person
from alongside.walks import operations as walk_room
from alongside.walks.models import Handover, Moment, Walk

Kind = Moment.Kind
# What a story calls a moment, where the room calls it something else.
CALLED = {
    "introduced": Kind.INTRODUCTION,
    "duty": Kind.STATUTORY,
    "decision": Kind.EVENT,
    "permission_withdrawn": Kind.SAY_SO,
    "permission_refused": Kind.SAY_SO,
}


class Walking:
    """One walk being lived: offered before anything else happens to it."""

    walk: Walk
    handover: Handover

    def __init__(self, life: Life) -> None:
        self.life = life

    def offer(self, words: str) -> None:
        """The walker offers to walk with them."""
        walker = self.life.one(self.life.told["walker"])
        with acting_as(walker):
            self.walk = walk_room.offer_walk(by=walker, people=[self.life.whose], words=words)

    def begin(self, words: str, *, written_down: bool) -> None:
        """Their yes: said themself, or written down by whoever offered."""
        person = self.life.whose
        by = self.life.one(self.life.told["walker"]) if written_down else person
        cover = self.life.one(self.life.told["cover"])
        with acting_as(by):
            walk_room.begin_walk(by=by, walk=self.walk, cover=cover, words=words, said_by=person)

    def join(self, who: str, words: str) -> None:
        """One more of their own is walked with too."""
        walker = self.life.one(self.life.told["walker"])
        with acting_as(walker):
            walk_room.join_walk(by=walker, walk=self.walk, person=self.life.one(who), words=words)

    def usual(self, days: int | None, words: str) -> None:
        """How often they meet, as the person says it."""
        person = self.life.whose
        with acting_as(person):
            walk_room.say_usual(by=person, walk=self.walk, words=words, days=days)

    def challenge(self, words: str) -> None:
        """What may be said straight."""
        person = self.life.whose
        with acting_as(person):
            walk_room.agree_challenge(by=person, walk=self.walk, person=person, words=words)

    def rest(self, words: str) -> None:
        """It rests, as the person says; those in the circle who carry on are named."""
        person = self.life.whose
        ties = [self.life.ties[name] for name in CARRY_ON[self.life.name]]
        with acting_as(person):
            walk_room.rest_walk(by=person, walk=self.walk, words=words, ties=ties)

    def propose(self, entry: dict[str, Any], words: str) -> None:
        """Whoever walks with them says that somebody else may have to."""
        by = self.life.one(entry["from"])
        with acting_as(by):
            self.handover = walk_room.propose_handover(
                by=by, walk=self.walk, to=self.life.one(entry["to"]),
                new_cover=self.life.one(entry["new_cover"]), why=words,
            )  # fmt: skip

    def meet(self, entry: dict[str, Any], words: str) -> None:
        """The three meet."""
        by = self.life.one(entry["from"])
        with acting_as(by):
            walk_room.meet_as_three(by=by, handover=self.handover, words=words)

    def choose(self, entry: dict[str, Any]) -> None:
        """The person chooses."""
        chooser = self.life.one(entry["chosen_by"])
        with acting_as(chooser):
            walk_room.choose_handover(by=chooser, handover=self.handover, chosen_by=chooser, words=CHOSEN)


def walks(life: Life) -> Iterator[Event]:
    """A walk from its offer until today, and every moment of the story."""
    yield from _moments(life)
    told = TOLD_OF_BEGINNING.get(life.name)
    if told is None:
        return
    walking = Walking(life)
    yield life.event(told.offered, BEGUN, walking.offer, told.offer)
    yield life.event(told.began, BEGUN, walking.begin, told.yes, written_down=told.written_down)
    if life.name in JOINED:
        day, who, words = JOINED[life.name]
        yield life.event(day, BEGUN, walking.join, who, words)
    for day, days, words in USUAL.get(life.name, ()):
        yield life.event(day, HAPPENED, walking.usual, days, words)
    if life.name in CHALLENGES:
        day, words = CHALLENGES[life.name]
        yield life.event(day, HAPPENED, walking.challenge, words)
    for entry in life.told["timeline"]:
        if entry["kind"] == "resting":
            yield life.event(entry["day"], RESTED, walking.rest, entry["words"])
        if entry["kind"] == "handover":
            yield from _handed_over(life, walking, entry)


def _handed_over(life: Life, walking: Walking, entry: dict[str, Any]) -> Iterator[Event]:
    day, words = PROPOSED
    yield life.event(day, HAPPENED, walking.propose, entry, words)
    for day, words in MEETINGS:
        yield life.event(day, HAPPENED, walking.meet, entry, words)
    yield life.event(entry["day"], RESTED, walking.choose, entry)


# ---------------------------------------------------------------------- moments


def _moments(life: Life) -> Iterator[Event]:
    entries = list(life.told["timeline"])
    # The pavilion's people have their outcomes among what matters to them: once is enough.
    if "story" in life.told:
        entries += [entry | {"kind": "said"} for entry in life.told["outcomes_in_own_words"]]
    for entry in entries:
        who, by_words = _speaker(life, entry)
        written = max(entry["day"], life.opens(who))
        yield life.event(written, HAPPENED, _record, life, entry, who, by_words)


def _speaker(life: Life, entry: dict[str, Any]) -> tuple[str, str]:
    """Whose moment it is, by the stories' key; and the words for who it was, where they are not here."""
    said = WHOSE_MOMENT.get((life.name, entry["day"])) or entry.get("from") or entry.get("by", "")
    if said in life.cast:
        return said, ""
    return life.keeper(entry["day"]), said


def _record(life: Life, entry: dict[str, Any], who: str, by_words: str) -> None:
    by = life.one(who)
    with acting_as(by):
        walk_room.record_moment(
            by=by, person=_page_of(life, by), words=entry["words"], by_words=by_words,
            kind=CALLED.get(entry["kind"], entry["kind"]), at=life.days.moment(entry["day"], HAPPENED),
            minutes_together=entry.get("minutes_with"), seconds_writing=_seconds(entry),
        )  # fmt: skip


def _page_of(life: Life, by: Person) -> Person:
    return by if by.pk in life.residents() else life.whose


def _seconds(entry: dict[str, Any]) -> int | None:
    minutes = entry.get("minutes_recording")
    return None if minutes is None else round(minutes * 60)
