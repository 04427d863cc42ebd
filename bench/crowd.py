"""A made-up crowd: people with stories, circles and say-so, one in ten of them walked with, eight to a worker."""

import datetime as dt
import random
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connections, models
from django.utils import timezone

FIRST = (
    *("Ada", "Bea", "Cal", "Dot", "Eli", "Fay", "Gus", "Hal", "Ida", "Jem", "Kit", "Lou"),
    *("Mae", "Ned", "Oda", "Pip", "Ray", "Sal", "Tam", "Una", "Val", "Win", "Yan", "Zia"),
)
LAST = (
    "ley",
    "ton",
    "ham",
    "wick",
    "ford",
    "dale",
    "croft",
    "shaw",
    "burn",
    "gate",
    "hurst",
    "mere",
    "combe",
    "stead",
)
SEED = 7
WALKED_WITH = 8
MOST_VALUES = 65_535
BATCH = 5000
Rows = Iterator[models.Model]


def _name(rng: random.Random, number: int) -> str:
    stem = "".join(rng.choice("bdfgklmnprst") + rng.choice("aeiou") for _ in range(2)).capitalize()
    return f"{rng.choice(FIRST)} {stem}{rng.choice(LAST)} {number % 97}"


def write(rows: Iterable[models.Model]) -> int:
    """Write rows of one table, in batches, as the owner; rules of the tables hold. Returns how many."""
    rows = iter(rows)
    written = 0
    while batch := list(islice(rows, BATCH)):
        table = type(batch[0])
        # A statement takes so many values and no more.
        at_once = MOST_VALUES // len(table._meta.concrete_fields)
        table._default_manager.using("owner").bulk_create(batch, batch_size=at_once)
        written += len(batch)
    return written


class Crowd:
    """`size` people, deterministic for a size; workers and one steward besides."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rng = random.Random(SEED)
        self.now = timezone.now()
        self.people = [self._key("person", number) for number in range(size)]
        self.workers = [self._key("worker", number) for number in range(max(20, size // (10 * WALKED_WITH)))]
        self.steward = self._key("steward", 0)

    def _key(self, kind: str, number: int) -> uuid.UUID:
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{self.size} {kind} {number}")

    def walked(self) -> Iterator[tuple[uuid.UUID, uuid.UUID]]:
        """Each worker with each of those they walk with."""
        for place, worker in enumerate(self.workers):
            for turn in range(WALKED_WITH):
                yield worker, self.people[(place * WALKED_WITH + turn) % self.size]

    def write(self) -> None:
        """Write everybody and everything, then let the planner know."""
        for rows in (self._accounts, self._persons, self._organisations, self._roles):
            write(rows())
        self._stories()
        self._say_sos()
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")

    def _serving(self) -> list[uuid.UUID]:
        return [*self.workers, self.steward]

    def _accounts(self) -> Rows:
        from alongside.accounts.models import Account

        for key in self._serving():
            yield Account(id=key, username=str(key), password="!")  # noqa: S106 - no password at all

    def _organisations(self) -> Rows:
        from alongside.people.models import Organisation

        yield Organisation(id=self._key("organisation", 0), slug="council", name="The council", kind="public")

    def _persons(self) -> Rows:
        from alongside.people.models import Person

        for number, key in enumerate(self.people):
            name = _name(self.rng, number)
            yield Person(id=key, name=name, called=name.split()[0])
        for number, key in enumerate(self._serving()):
            yield Person(id=key, name=f"Worker {number}", called=f"Worker {number}", account_id=key)

    def _roles(self) -> Rows:
        from alongside.people.models import RoleHeld

        since = self.now.date() - dt.timedelta(days=400)
        council = self._key("organisation", 0)
        for key in self._serving():
            role = "place_steward" if key == self.steward else "relational_worker"
            yield RoleHeld(person_id=key, role=role, organisation_id=council, from_day=since)

    def _stories(self) -> None:
        for start in range(0, self.size, BATCH):
            parts = list(self._parts(self.people[start : start + BATCH]))
            write(parts)
            write(self._versions(parts))
            write(self._ties(self.people[start : start + BATCH]))

    def _parts(self, people: list[uuid.UUID]) -> Rows:
        from alongside.story.models import StoryPart

        for key in people:
            for kind in ("good_at", "what_matters", "going_on"):
                yield StoryPart(
                    person_id=key,
                    speaker_id=key,
                    kind=kind,
                    place_in_order=StoryPart.ORDER[kind],
                    began_at=self.now,
                )

    def _versions(self, parts: list[Any]) -> Rows:
        from alongside.story.models import PartVersion

        for part in parts:
            yield PartVersion(
                part=part, number=1, words=f"What I say about {part.kind} is mine, {part.pk}.",
                written_down_by_id=part.person_id, said_on=self.now.date(), at=self.now,
            )  # fmt: skip

    def _ties(self, people: list[uuid.UUID]) -> Rows:
        from alongside.story.models import Tie

        for key in people:
            for number in range(2):
                yield Tie(
                    person_id=key, name=f"Friend {number}", tie="friend", words="sound", written_down_by_id=key,
                    began_at=self.now,
                )  # fmt: skip

    def _say_sos(self) -> None:
        given = list(self._given())
        write(given)
        write(self._bases(given))

    def _given(self) -> Rows:
        from alongside.consent.models import SaySo

        for worker, person in self.walked():
            yield SaySo(
                person_id=person, given_by_id=person, given_to_id=worker, what="my story", for_what="walking with me",
                whole=True, state="given", state_at=self.now,
            )  # fmt: skip

    def _bases(self, given: list[Any]) -> Rows:
        from alongside.consent.models import Basis

        for say_so in given:
            yield Basis(
                actor_id=say_so.given_to_id, person_id=say_so.person_id, kind="say_so", whole=True,
                why="walking with me", say_so=say_so, from_at=self.now,
            )  # fmt: skip
