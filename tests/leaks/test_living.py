"""Whatever people say, take back, renew or find out, in any order: both locks and the oracle agree on every word.

Nothing here is arranged: each step is an operation of the house, refused or carried out, on a clock that moves.
"""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from alongside.consent import operations
from alongside.consent.emergencies import operations as emergencies
from alongside.consent.models import Closeness, LegalReason, Opening, SaySo
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.people.models import Person, Role, SamePerson
from alongside.people.operations import same
from alongside.story import policies
from alongside.story.models import StoryPart
from alongside.story.operations import story
from tests import cast
from tests.database import as_owner
from tests.leaks import locks, oracle, oracle_emergencies, place
from tests.leaks.lives import Lives, live
from tests.leaks.plants import PLANTS
from tests.leaks.profile import NIGHTLY

TABLES = (
    "people.Person",
    "people.RoleHeld",
    "consent.SaySo",
    "consent.Basis",
    "consent.Closeness",
    "consent.Opening",
    "story.StoryPart",
)
READERS = st.sampled_from(["ben", "cat", "social"])
OWNERS = st.sampled_from(["ada", "again"])
ANYBODY = st.sampled_from(["ada", "again", "ben", "cat", "social"])


class Living(Lives):
    """Ada, her second record, and three who may come to read."""

    @initialize()
    def people_come(self) -> None:
        """Everybody is written down, and Ada's two records have words on them."""
        self.begins(lambda: {
            "ada": cast.person("Ada One"), "again": cast.person("Ada Again"), "cat": cast.person("Cat Sister"),
            "ben": cast.serving("Ben Walker"), "social": cast.serving("Sol Duty", Role.SOCIAL_WORKER),
            "steward": cast.serving("St One", Role.STEWARD), "other": cast.serving("St Two", Role.STEWARD),
        })  # fmt: skip
        with as_owner():
            for owner in ("ada", "again"):
                for audience in ("walkers", "only_us"):
                    place._part(self.who[owner], "hope", self.who[owner], audience=audience)
                place._part(self.who[owner], "worry", self.who["cat"])
            self.parts = list(StoryPart.objects.filter(person__in=[self.who["ada"], self.who["again"]]))
            self.law = LegalReason.objects.create(
                code="a-duty", basis="legal_obligation", statute="An Act s.1", plain_words="We must."
            )

    def one_say_so(self, number: int) -> SaySo | None:
        """One of the say-sos there are."""
        with as_owner():
            found = list(
                SaySo.objects.filter(person__in=self.who.values())
                .select_related("person")
                .order_by("state_at", "pk")
            )
        return found[number % len(found)] if found else None

    @rule(owner=OWNERS, to=READERS, days=st.sampled_from([None, 1, 5]))
    def gives_whole(self, owner: str, to: str, days: int | None) -> None:
        """Walk with me, for good or for some days."""
        until = self.now + dt.timedelta(days=days) if days else None
        self.do(owner, operations.give_say_so, person=self.who[owner], given_to=self.who[to], for_what="x",
                whole=True, until=until)  # fmt: skip

    @rule(owner=OWNERS, to=READERS, which=st.sets(st.integers(0, 5), min_size=1, max_size=3))
    def gives_parts(self, owner: str, to: str, which: set[int]) -> None:
        """Read these; some of them may not be the giver's to give."""
        keys = [self.parts[number].pk for number in sorted(which)]
        self.do(
            owner,
            operations.give_say_so,
            person=self.who[owner],
            given_to=self.who[to],
            for_what="x",
            parts=keys,
        )

    @rule(owner=OWNERS, to=READERS)
    def refuses(self, owner: str, to: str) -> None:
        """No."""
        self.do(
            owner,
            operations.refuse_say_so,
            person=self.who[owner],
            given_to=self.who[to],
            what="x",
            for_what="x",
        )

    @rule(
        by=ANYBODY,
        number=st.integers(0, 9),
        how=st.sampled_from(["withdraw_say_so", "end_say_so", "renew_say_so"]),
    )
    def changes_a_say_so(self, by: str, number: int, how: str) -> None:
        """Takes back, ends or renews; whoever may not is refused."""
        say_so = self.one_say_so(number)
        if say_so is not None:
            self.do(by, getattr(operations, how), say_so=say_so)

    @rule(days=st.sampled_from([0, 1, 4, 6]))
    def time_passes(self, days: int) -> None:
        """The days go by, and the house writes down what ended."""
        self.now += dt.timedelta(days=days, minutes=1)
        with clock.moved_to(self.now):
            operations.end_all_by_date()

    @rule(owner=OWNERS, to=st.sampled_from(["social", "ben"]), whole=st.booleans())
    def a_duty_opens(self, owner: str, to: str, whole: bool) -> None:
        """The law makes somebody look."""
        keys = [] if whole else [self.parts[0].pk]
        self.do("social", operations.open_by_law, actor=self.who[to], person=self.who[owner], legal_reason=self.law,
                why="x", whole=whole, parts=keys)  # fmt: skip

    @rule(by=READERS, owner=OWNERS, all_of_it=st.booleans())
    def somebody_opens_in_an_emergency(self, by: str, owner: str, all_of_it: bool) -> None:
        """Nobody answers, and somebody who works here says why."""
        self.do(
            by, emergencies.open_in_an_emergency, words="x", name=self.who[owner].name, all_of_it=all_of_it
        )

    @rule(by=ANYBODY, number=st.integers(0, 9), how=st.sampled_from(["right", "not_right", "close"]))
    def an_emergency_is_looked_at_or_shut(self, by: str, number: int, how: str) -> None:
        """By whoever may; whoever may not is refused."""
        with as_owner():
            found = list(Opening.objects.order_by("at", "pk"))
        if not found:
            return
        opening = found[number % len(found)]
        if how == "close":
            self.do(by, emergencies.close_opening, opening=opening)
        else:
            who = "steward" if opening.reviewer_id == self.who["steward"].pk else "other"
            self.do(who, emergencies.review_opening, opening=opening, found=how, words="x")

    @rule(by=ANYBODY, other=READERS, owner=OWNERS)
    def somebody_is_close(self, by: str, other: str, owner: str) -> None:
        """Kin, neighbour or friend."""
        self.do(by, operations.say_close, person=self.who[owner], other=self.who[other], words="x")

    @precondition(lambda self: self._said_close())
    @rule()
    def closeness_is_over(self) -> None:
        """They are neighbours no more."""
        with as_owner():
            Closeness.objects.update(over_at=self.now)

    def _said_close(self) -> bool:
        with as_owner():
            return hasattr(self, "block") and Closeness.objects.filter(over_at__isnull=True).exists()

    @rule()
    def two_records_are_one(self) -> None:
        """Two stewards find that Ada and Ada again are one person."""
        self.do("steward", same.propose_same, kept=self.who["ada"], other=self.who["again"], why="x")
        self._with_the_same(same.agree_same)

    @rule()
    def two_records_are_two(self) -> None:
        """They were not."""
        self._with_the_same(same.undo_same)

    def _with_the_same(self, operation: Any) -> None:
        with as_owner():
            found = (
                SamePerson.objects.filter(undone_at__isnull=True, kept=self.who["ada"])
                .select_related("kept", "other")
                .last()
            )
        if found is not None:
            self.do("other", operation, same=found)

    @rule(by=ANYBODY, number=st.integers(0, 5), audience=st.sampled_from(["walkers", "only_us"]))
    def a_part_is_for_others(self, by: str, number: int, audience: str) -> None:
        """For fewer, or for more."""
        self.do(by, story.set_audience, thing=self._part(number), audience=audience)

    @rule(by=OWNERS, number=st.integers(0, 5), away=st.booleans())
    def a_part_is_put_away(self, by: str, number: int, away: bool) -> None:
        """Off the page, or back on it."""
        self.do(by, story.put_away if away else story.bring_back, part=self._part(number))

    def _part(self, number: int) -> StoryPart:
        with as_owner():
            return StoryPart.objects.select_related("person").get(pk=self.parts[number].pk)

    @invariant()
    def both_locks_and_the_oracle_agree(self) -> None:
        """Every viewer reads the same words by row-level security, by the policies and by the oracle."""
        if not hasattr(self, "block"):
            return
        with as_owner():
            rows = oracle.Rows(TABLES)
        assert oracle_emergencies.never_longer_than_a_day(rows)
        for name, person in self.who.items():
            viewer = oracle.Viewer(rows, person.pk, self.now)
            said = {
                part.pk
                for part in self.parts
                if oracle.words_on_a_page(viewer, rows["story.StoryPart"][part.pk])
            }
            me = rows["people.Person"][person.pk]["same_as_id"] or person.pk
            assert self._by_rows(me) == said, f"row-level security and the oracle differ about {name}"
            assert self._by_policies(me) == said, f"policies and the oracle differ about {name}"

    def _by_rows(self, me: UUID) -> set[UUID]:
        with clock.moved_to(self.now), acting_as(me):
            return self.given("story_storypart", [part.pk for part in self.parts])

    def _by_policies(self, me: UUID) -> set[UUID]:
        with locks.without_row_security(), clock.moved_to(self.now), acting_as(me):
            seen = StoryPart.objects.filter(policies.visible_to(Person.objects.get(pk=me)))
            return set(seen.filter(pk__in=[part.pk for part in self.parts]).values_list("pk", flat=True))


def test_both_locks_and_the_oracle_agree_whatever_people_say_and_take_back(here: place.Here) -> None:
    live(Living, *(400, 25) if NIGHTLY else (20, 10))


def test_a_lock_that_forgot_an_ending_would_be_noticed(here: place.Here) -> None:
    forgets = next(plant for plant in PLANTS if plant.what == "a lock forgets that a Basis ends")
    with forgets.open(here), pytest.raises(AssertionError, match="row-level security and the oracle differ"):
        live(Living, 40, 10)
