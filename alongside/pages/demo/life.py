"""One story being lived: what its people can do and say, each through the house's own operations."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from alongside.audit import recording
from alongside.consent import operations as consent
from alongside.consent.models import LegalReason, SaySo
from alongside.consent.policies import basis_for
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import STANDS_FOR
from alongside.pages.demo.cast import Cast
from alongside.pages.demo.events import Calendar, Event, day_in
from alongside.pages.demo.extras import (
    ANIMALS,
    COVERS,
    DUTIES,
    GROUPS,
    MEMBERS,
    OPENS,
    TRUSTED,
)
from alongside.people.models import Person
from alongside.story import operations as story_room
from alongside.story.models import StoryPart, Tie

ON_PAPER = ("good_at", "what_matters", "do_not_want")
TOLD_AS = {"under_the_surface": "going_on"}


class Life:
    """One story being lived: what was said so far, so that a say-so can open just those words."""

    def __init__(self, told: dict[str, Any], cast: Cast, today: dt.date) -> None:
        self.told = told
        self.name: str = told["id"]
        self.cast = cast
        self.days = Calendar(told["start_days_ago"], today)
        self.offices: dict[str, str] = told["offices"]
        self.whose = cast[told["people"][0]["id"]]
        self.said: dict[tuple[UUID, str], list[UUID]] = {}
        self.ties: dict[str, Tie] = {}
        self.given: dict[tuple[str, UUID], SaySo] = {}

    def event(self, day: int, order: int, what: Any, *args: Any, **more: Any) -> Event:
        """Something that happens on a day of this story."""
        return Event(self.days.moment(day, order), order, partial(what, *args, **more))

    def one(self, key: str) -> Person:
        """Somebody of the cast, by the stories' key."""
        return self.cast[key]

    def somebody(self, key: str) -> Person | None:
        """Who a story means, where they are here; None where words must do."""
        return self.cast.get(STANDS_FOR.get(key, key))

    def residents(self) -> set[UUID]:
        """The keys of the story's own people."""
        return {self.one(entry["id"]).pk for entry in self.told["people"]}

    def opens(self, who: str) -> int:
        """The first day on which somebody may write on this story's page; 0 for its own people."""
        if self.one(who).pk in self.residents():
            return 0
        said = [
            entry["day"]
            for entry in self.told.get("permissions", ())
            if entry["given_to"] == who and (self.name, who) not in OPENS
        ]
        by_law = [
            entry["day"]
            for entry in self.told["looked_at"]
            if entry["who"] == who and (entry["why"].startswith("reaching out") or (self.name, who) in DUTIES)
        ]
        covering = [day for one, day, *_rest in COVERS.get(self.name, ()) if one == who]
        return min(said + by_law + covering)

    def keeper(self, day: int) -> str:
        """Who walks with them on a day, by the stories' key; themself where nobody does."""
        for entry in self.told["timeline"]:
            if entry["kind"] == "handover" and day > entry["day"]:
                return str(entry["to"])
        return str(self.told.get("walker") or self.told["people"][0]["id"])

    # ------------------------------------------------------------------ words

    def say(self, entry: dict[str, Any]) -> None:
        """A part of somebody's story, in their words."""
        by = self.one(entry["by"]) if "by" in entry else self.whose
        person, speaker = self._about(by), by
        told = str(entry.get("original", ""))
        spoken = told.removeprefix("spoken in ")
        with acting_as(by):
            part = story_room.say(
                by=by, person=person, kind=TOLD_AS.get(entry["part"], entry["part"]), words=entry["words"],
                speaker=speaker, spoken_in=spoken or str(entry.get("how", ""))[:60],
                interpreter=str(entry.get("interpreted_by", "")),
            )  # fmt: skip
        self._keep(person, part, entry["part"])
        if "hunch" in entry:
            self.guess(entry)

    def guess(self, entry: dict[str, Any]) -> None:
        """A hunch, shown to the person it is about, and what they said to it."""
        worker = self.one(entry["hunch_by"])
        with acting_as(worker):
            part = story_room.say(
                by=worker, person=self.whose, kind=StoryPart.Kind.HUNCH, words=entry["hunch"]
            )
        with acting_as(self.whose):
            story_room.answer(by=self.whose, part=part, words=entry["person_says"])

    def line(self, kind: str, words: str, key: str, who: str) -> None:
        """One more line, that a say-so opens by name."""
        person = self.one(who)
        with acting_as(person):
            self._keep(person, story_room.say(by=person, person=person, kind=kind, words=words), key)

    def _about(self, by: Person) -> Person:
        """Whose page words are on: the speaker's own, or the story's person where somebody who serves speaks."""
        return by if by.pk in self.residents() else self.whose

    def _keep(self, person: Person, part: StoryPart, key: str) -> None:
        self.said.setdefault((person.pk, key), []).append(part.pk)

    # ----------------------------------------------------------------- circle

    def tie(self, entry: dict[str, Any], *, later: bool) -> None:
        """Somebody in the circle, or a tie of before said in new words."""
        name = entry["name"]
        with acting_as(self.whose):
            if later and name in self.ties:
                story_room.change_tie(
                    by=self.whose,
                    tie=self.ties[name],
                    what="mended",
                    words=entry["words"],
                    tie_words=entry["tie"],
                )
                return
            self.ties[name] = story_room.tie(
                by=self.whose, person=self.whose, name=name, to=_kind_of(name), tie=entry["tie"],
                words=entry["words"], trusted=name in TRUSTED, introduced_by=self._introduced(entry),
                since=clock.today() if later else None, member=self._joined(name),
            )  # fmt: skip
            if "took" in entry:
                became = "took" if entry["took"] else "did_not_take"
                story_room.change_tie(by=self.whose, tie=self.ties[name], what=became)

    def _joined(self, name: str) -> Person | None:
        key = MEMBERS.get((self.name, name))
        return self.one(key) if key else None

    def _introduced(self, entry: dict[str, Any]) -> str:
        by = entry.get("introduced_by", "")
        return self.one(by).name if by in self.cast else by

    # ----------------------------------------------------------------- say-so

    def walk(self, who: str, words: str, *, person: Person, until: int | None = None) -> None:
        """The person lets somebody walk with them and read their story."""
        self._give(who, person, for_what=words, what="my story", whole=True, until=until)

    def open_parts(self, entry: dict[str, Any]) -> None:
        """The person opens single parts to a named human."""
        person = self.giver(entry)
        keys = OPENS[self.name, entry["given_to"]]
        parts = [part for key in keys for part in self.said.get((person.pk, key), [])]
        if "ties" in keys and not parts:
            parts = [tie.pk for tie in self.ties.values()]
        self._give(
            entry["given_to"], person, for_what=entry["for"], what=entry["what"], parts=parts,
            until=day_in(entry.get("until")), until_words=str(entry.get("until", "")),
        )  # fmt: skip

    def _give(self, who: str, person: Person, *, until: int | None, for_what: str, **what: Any) -> None:
        end = self.days.moment(until) if until is not None else None
        with acting_as(person):
            self.given[who, person.pk] = consent.give_say_so(
                by=person, person=person, given_to=self.one(who), for_what=for_what, until=end, **what
            )

    def giver(self, entry: dict[str, Any]) -> Person:
        """Whose say-so it is: the one named, or the story's own person."""
        return self.one(entry["given_by"]) if "given_by" in entry else self.whose

    def refuse(self, entry: dict[str, Any]) -> None:
        """A no, kept in words."""
        person = self.giver(entry)
        with acting_as(person):
            consent.refuse_say_so(
                by=person, person=person, given_to=self.one(entry["given_to"]), what=entry["what"],
                for_what=entry["for"], words=entry["refused_words"],
            )  # fmt: skip

    def take_back(self, entry: dict[str, Any]) -> None:
        """A say-so ends: taken back with words, or done with; those it was given to were told that day."""
        person = self.giver(entry)
        given = self.given[entry["given_to"], person.pk]
        words = entry.get("ended_words", "")
        with acting_as(person):
            (consent.withdraw_say_so if words else consent.end_say_so)(by=person, say_so=given, words=words)
            consent.mark_told(by=person, say_so=given)

    def renew(self, entry: dict[str, Any]) -> None:
        """Given again, in words."""
        person = self.giver(entry)
        with acting_as(person):
            consent.renew_say_so(
                by=person, say_so=self.given[entry["given_to"], person.pk], words=entry["renewed_words"]
            )

    def one_page(self) -> None:
        """What they chose to print and hand over: strengths, what matters, what they don't want."""
        keys = [key for kind in ON_PAPER for key in self.said.get((self.whose.pk, kind), [])]
        with acting_as(self.whose):
            story_room.choose_one_page(by=self.whose, person=self.whose, parts=keys)

    # ------------------------------------------------------------------ looks

    def by_duty(self, who: str, code: str, why: str, days: int) -> None:
        """The steward writes down that the law has somebody look, and until when."""
        steward = self.one("st1")
        reason = LegalReason.objects.get(code=code)
        with acting_as(steward):
            consent.open_by_law(
                by=steward, actor=self.one(who), person=self.whose, legal_reason=reason, why=why, whole=True,
                to_at=clock.now() + dt.timedelta(days=days),
            )  # fmt: skip

    def live_close(self, who: str, words: str) -> None:
        """Somebody who serves here says that they live close by, on their first day, as everybody is asked to."""
        other = self.one(who)
        with acting_as(other):
            consent.say_close(by=other, person=self.whose, other=other, words=words)

    def look(self, entry: dict[str, Any]) -> None:
        """Somebody opened the page, on the basis they had that day."""
        who = self.one(entry["who"])
        with acting_as(who):
            basis = basis_for(who, self.whose)
            if basis is None:
                raise LookupError(f"{self.name}, day {entry['day']}: {entry['who']} had no basis to look")
            recording.look(
                by=who, person_id=self.whose.pk, page="person", why=entry["why"], basis_id=basis.pk,
                parts=[str(key) for key in basis.parts],
            )  # fmt: skip


def _kind_of(name: str) -> str:
    if name in ANIMALS:
        return Tie.To.ANIMAL
    return Tie.To.GROUP if name in GROUPS else Tie.To.PERSON
