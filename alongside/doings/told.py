"""A plan as a page shows it: the latest words of each thing, who does it, what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise as Lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.doings.models import Doing, DoingStep, Lane, Promise, QuickThing
from alongside.story.told import Named

Words = str | Lazy


@dataclass(frozen=True)
class ToldStep:
    """One step, and who said it."""

    step: DoingStep
    by: Named


@dataclass(frozen=True)
class Told:
    """A doing with everything a page shows of it.

    `beside` are words that somebody else gave it at the same time, newest first (I16).
    """

    doing: Doing
    words: str
    beside: Sequence[ToldStep]
    steps: Sequence[ToldStep]
    owner: Words
    helper: Words
    about: Words

    @property
    def pk(self) -> UUID:
        """The key of the doing."""
        return self.doing.pk

    @property
    def latest(self) -> int:
        """The number of the latest step."""
        return self.steps[-1].step.number if self.steps else 0

    @property
    def is_over(self) -> bool:
        """Whether it is done, let go or ended."""
        return self.doing.state in Doing.OVER

    @property
    def last_said(self) -> ToldStep | None:
        """The latest step that has words of its own."""
        return next((told for told in reversed(self.steps) if told.step.words), None)


def tell(doing: Doing, called: Mapping[UUID, Named]) -> Told:
    """One doing with its steps fetched, oldest first, and what people are called."""
    steps = [ToldStep(step, called[step.by_id]) for step in doing.steps.all()]
    worded = [told for told in steps if told.step.what == DoingStep.What.REWORDED]
    latest = worded[-1] if worded else None
    # Beside the latest words stand those that their writer had not seen.
    beside = [told for told in reversed(worded[:-1]) if latest and told.step.number > latest.step.follows]
    return Told(
        doing=doing,
        words=latest.step.words if latest else doing.words,
        beside=beside,
        steps=steps,
        owner=named(doing.owner_id, doing.owner_words, called),
        helper=named(doing.helper_id, doing.helper_words, called),
        about=called[doing.person_id].called if doing.person_id else "",
    )


def named(key: UUID | None, words: str, called: Mapping[UUID, Named]) -> Words:
    """What somebody is called: a person here, or as the words name them."""
    return called[key].called if key else words


def in_lanes(doings: Sequence[Told]) -> dict[str, list[Told]]:
    """Each lane with its doings, what goes on before what is over."""
    lanes: dict[str, list[Told]] = {lane: [] for lane in Lane.values}
    for told in sorted(doings, key=lambda told: told.is_over):
        lanes[told.doing.lane].append(told)
    return lanes


@dataclass(frozen=True)
class ToldQuick:
    """A quick thing, and who does it."""

    thing: QuickThing
    owner: Words

    @property
    def pk(self) -> UUID:
        """The key of the thing."""
        return self.thing.pk

    @property
    def is_over(self) -> bool:
        """Whether it is done or let go."""
        return bool(self.thing.done_at or self.thing.let_go_at)


def tell_quick(thing: QuickThing, called: Mapping[UUID, Named]) -> ToldQuick:
    """A quick thing with the name of its owner."""
    return ToldQuick(thing, named(thing.owner_id, thing.owner_words, called))


@dataclass(frozen=True)
class ToldPromise:
    """A promise, whose it is, and about whom."""

    promise: Promise
    owner: Words
    about: Words

    @property
    def pk(self) -> UUID:
        """The key of the promise."""
        return self.promise.pk

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be kept."""
        return self.promise.state in (Promise.State.OPEN, Promise.State.LATE)


def tell_promise(promise: Promise, called: Mapping[UUID, Named]) -> ToldPromise:
    """A promise with names, as far as its reader may know them."""
    owner = named(promise.owner_id, promise.owner_words, called)
    if promise.organisation is not None:
        answering = named(promise.answering_id, "", called)
        owner = format_lazy(
            _("{organisation}, where {human} answers for it"),
            organisation=promise.organisation.name,
            human=answering,
        )
    about: Any = called[promise.person_id].called if promise.person_id else ""
    return ToldPromise(promise, owner, about or (promise.together.name if promise.together else ""))
