"""What was done to somebody: by their own yes, or because the law says so; told, questioned, ended, and mended."""

from collections.abc import Iterator
from typing import Any

from alongside.consent.lanes import operations as yes_and_duty
from alongside.consent.models import Duty
from alongside.doings import operations as plan
from alongside.doings.models import Doing, Lane
from alongside.doings.writing import Who
from alongside.kernel.acting import acting_as
from alongside.pages.demo.additions import (
    DUTIES_TOLD,
    IN_WORDS,
    RAN_ITS_COURSE,
    REPAIRS,
    SAID_AT_THE_END,
    Mending,
    Said,
)
from alongside.pages.demo.events import HAPPENED, PLANNED, TAKEN_BACK, Event
from alongside.pages.demo.life import Life
from alongside.people.models import Person
from alongside.walks import operations as walk_room
from alongside.walks.models import Repair


def done_to_them(life: Life) -> Iterator[Event]:
    """Everything in the lane that is done to somebody."""
    lanes = life.told.get("lanes") or life.told["action_plan"]["lanes"]
    for entry in lanes:
        if entry["mode"] != Lane.TO:
            continue
        if "consent" in entry:
            bed = ByYes(life, entry)
            day, words = RAN_ITS_COURSE[life.name, entry["day"]]
            yield life.event(entry["consent"]["given_day"], PLANNED, bed.agree)
            yield life.event(day, HAPPENED, bed.over, words)
        else:
            said = DUTIES_TOLD[life.name, entry["day"]]
            for whom in _whom(life):
                yield from ByDuty(life, entry, said, life.one(whom)).events()


def _whom(life: Life) -> list[str]:
    """To whom it is done: a closed road is done to each of those who live there."""
    if "action_plan" in life.told:
        return list(life.told["action_plan"]["steering_group"])
    return [life.told["people"][0]["id"]]


class ByYes:
    """Something that was done to them by their own yes, given before it began."""

    doing: Doing

    def __init__(self, life: Life, entry: dict[str, Any]) -> None:
        self.life, self.entry = life, entry

    def agree(self) -> None:
        """Their yes, and it stands on their plan."""
        person, entry = self.life.whose, self.entry
        with acting_as(person):
            yes = yes_and_duty.give_consent(
                by=person, person=person, to_what=entry["text"], informed_how=entry["consent"]["informed"],
                begins_at=self.life.days.moment(entry["day"]), words=entry["person_words"],
            )  # fmt: skip
            self.doing = plan.agree_to(by=person, consent=yes, who=Who(owner_words=IN_WORDS[entry["owner"]]))

    def over(self, words: str) -> None:
        """It ran its course; the yes was never taken back."""
        with acting_as(self.life.whose):
            plan.finish(by=self.life.whose, doing=self.doing, words=words)


class ByDuty:
    """One duty in law about one person, from the day it was written down to the day it was done with."""

    duty: Duty
    repair: Repair

    def __init__(self, life: Life, entry: dict[str, Any], said: Said, person: Person) -> None:
        self.life, self.entry, self.said, self.person = life, entry, said, person

    def events(self) -> Iterator[Event]:
        """Written down, told, ended, and mended where somebody offered to."""
        told_day = self.entry["person_told_day"]
        written = self.entry["day"] if self.said.not_told_why else min(self.entry["day"], told_day)
        yield self.life.event(written, PLANNED, self.write_down)
        if self.said.not_told_why:
            yield self.life.event(told_day, PLANNED, self.tell)
        yield self.life.event(self.said.ended, TAKEN_BACK, self.end)
        mending = REPAIRS.get((self.life.name, self.entry["day"]))
        if mending:
            yield self.life.event(mending.offered, HAPPENED, self.offer, mending)
            yield self.life.event(mending.answered, HAPPENED, self.answer, mending)

    def write_down(self) -> None:
        """With all that must be told of it; it stands on their plan from that moment."""
        by, entry, said, days = self.life.one(self.said.written_by), self.entry, self.said, self.life.days
        told = days.moment(entry["person_told_day"], PLANNED)
        with acting_as(by):
            self.duty = yes_and_duty.write_down_duty(
                by=by, person=self.person, statute=_capital(entry["duty"]), why=entry["why_in_plain_words"],
                who=said.who, who_person=None if said.who else self.life.somebody(entry["owner"]),
                how_to_question=_sentence(entry["how_to_question_it"]), would_stop=said.would_stop,
                begins_at=days.moment(entry["day"], PLANNED), told_at=None if said.not_told_why else told,
                not_told_why=said.not_told_why, tell_by=told if said.not_told_why else None,
                walker_there=None if said.not_told_why else entry.get("walker_there"),
            )  # fmt: skip
            plan.do_by_duty(by=by, duty=self.duty, words=entry["text"])

    def held(self) -> Duty:
        """The duty as it stands."""
        return Duty.objects.get(pk=self.duty.pk)

    def tell(self) -> None:
        """They are told, face to face."""
        by = self.life.one(self.said.told_by)
        with acting_as(by):
            plan.told_of_duty(
                by=by, duty=self.held(), person_words=self.entry["person_words"],
                walker_there=self.entry["walker_there"],
            )  # fmt: skip

    def end(self) -> None:
        """It is done with, and it is said why."""
        by, words = self.life.one(self.said.written_by), self.said.ended_words
        if (self.life.name, self.entry["day"]) in SAID_AT_THE_END:
            words = f"{words} {self.person.called}: ‘{self.entry['person_words']}’"
        with acting_as(by):
            plan.end_duty(by=by, duty=self.held(), words=words)

    def offer(self, mending: Mending) -> None:
        """Somebody offers to talk it over."""
        by = self.life.one(mending.by)
        with acting_as(by):
            self.repair = walk_room.offer_repair(by=by, duty=self.held(), words=mending.words)

    def answer(self, mending: Mending) -> None:
        """Their answer to that."""
        with acting_as(self.person):
            walk_room.answer_repair(
                by=self.person, repair=self.repair, answer=mending.answer, words=mending.answer_words
            )


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _sentence(words: str) -> str:
    return f"{_capital(words)}."
