"""Whoever offers, begins, rests, comes back, hands over, joins or takes a say-so back, in any order: who reads what.

After every step both locks and the oracle agree on every moment and every walk; an active walk has a walker and a
different cover (I6); and no walk has moved but by somebody's word (F12).
"""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from alongside.consent import operations as consent
from alongside.consent.models import SaySo
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.people.models import Person, Role
from alongside.walks import gaps, operations, policies
from alongside.walks.models import Company, Handover, Moment, Walk
from tests import cast
from tests.database import as_owner
from tests.leaks import locks, oracle, place
from tests.leaks.lives import Lives, live
from tests.leaks.oracle_walks import words_of_a_moment, words_of_a_walk
from tests.leaks.profile import NIGHTLY

TABLES = (
    "people.Person",
    "people.RoleHeld",
    "consent.SaySo",
    "consent.Basis",
    "consent.Closeness",
    "walks.Walk",
    "walks.WalkPerson",
    "walks.Company",
    "walks.Moment",
    "walks.MomentWith",
)
OWNERS = st.sampled_from(["ada", "bo"])
KEEPERS = st.sampled_from(["ben", "cat", "dee"])
ANYBODY = st.sampled_from(["ada", "bo", "ben", "cat", "dee", "lead"])
SOME = st.integers(0, 3)


class Walking(Lives):
    """Ada and Bo, who may be walked with together; three who walk alongside; a lead."""

    REFUSALS = (*Lives.REFUSALS, IntegrityError, ObjectDoesNotExist)

    @initialize()
    def people_come(self) -> None:
        """Everybody is written down, and Ben walks with Ada while Cat covers."""
        self.begins(
            lambda: {
                **{name: cast.person(f"{name} walking") for name in ("ada", "bo")},
                **{name: cast.serving(f"{name} walking") for name in ("ben", "cat", "dee")},
                "lead": cast.serving("lead walking", Role.TEAM_LEAD),
            }
        )
        self.moved_by_people: dict[UUID, str] = {}
        self.offers("ben", ["ada"], "cat")
        self.moves("ada", "begin_walk", 0)

    def do(self, by: str, operation: Any, **told: Any) -> None:
        """As in every life; and what each walk is now, it is by somebody's word."""
        super().do(by, operation, **told)
        with as_owner():
            self.moved_by_people = {walk.pk: walk.state for walk in self._walks()}

    def _walks(self) -> list[Walk]:
        return list(
            Walk.objects.filter(people__person__in=self._keys()).distinct().order_by("began_at", "pk")
        )

    def _keys(self) -> list[UUID]:
        return [person.pk for person in self.who.values()]

    def _one(self, found: Any, number: int) -> Any:
        with as_owner():
            things = list(found())
        return things[number % len(things)] if things else None

    @rule(by=KEEPERS, whose=st.lists(OWNERS, min_size=1, max_size=2, unique=True), cover=KEEPERS)
    def offers(self, by: str, whose: list[str], cover: str) -> None:
        """I would walk with you."""
        people = [self.who[name] for name in whose]
        self.do(by, operations.offer_walk, people=people, cover=self.who[cover])

    @rule(
        by=ANYBODY,
        number=SOME,
        how=st.sampled_from(
            ["begin_walk", "decline_walk", "rest_walk", "come_back", "moved_away", "come_back", "begin_walk"]
        ),
    )
    def moves(self, by: str, how: str, number: int) -> None:
        """A step of a walk, by whoever; whoever may not is refused."""
        walk = self._one(self._walks, number)
        if walk is not None:
            self.do(by, getattr(operations, how), walk=walk)

    @rule(by=ANYBODY, number=SOME, cover=KEEPERS)
    def somebody_else_covers(self, by: str, number: int, cover: str) -> None:
        """From now on."""
        walk = self._one(self._walks, number)
        if walk is not None:
            self.do(by, operations.change_cover, walk=walk, cover=self.who[cover])

    @rule(by=ANYBODY, number=SOME, to=KEEPERS, whose=OWNERS, stays=st.booleans(), met=st.booleans())
    def is_handed_over(self, by: str, number: int, to: str, whose: str, stays: bool, met: bool) -> None:
        """Talked through, met as three, chosen: or chosen without having met, and refused."""
        walk = self._one(self._walks, number)
        if walk is None:
            return
        self.do(by, operations.propose_handover, walk=walk, to=self.who[to])
        talking = self._one(lambda: Handover.objects.filter(walk=walk, state="talking"), 0)
        if talking is None:
            return
        if met:
            self.do(by, operations.meet_as_three, handover=talking, words="x")
        self.do(by, operations.choose_handover, handover=talking, chosen_by=self.who[whose], words="x",
                stays_as_cover=stays)  # fmt: skip

    @rule(by=ANYBODY, number=SOME, whose=OWNERS, leaves=st.booleans())
    def another_joins_or_leaves(self, by: str, number: int, whose: str, leaves: bool) -> None:
        """Two of a family, one walk; each keeps a page of their own."""
        walk = self._one(self._walks, number)
        if walk is not None:
            how = operations.leave_walk if leaves else operations.join_walk
            self.do(by, how, walk=walk, person=self.who[whose])

    @rule(by=ANYBODY, whose=OWNERS, other=OWNERS, audience=st.sampled_from(["walkers", "named", "only_us"]),
          both=st.booleans())  # fmt: skip
    def something_happens(self, by: str, whose: str, other: str, audience: str, both: bool) -> None:
        """A moment, perhaps of two who were there."""
        with_ = [self.who[other]] if both else []
        self.do(
            by, operations.record_moment, person=self.who[whose], words="x", audience=audience, with_=with_
        )

    @rule(by=ANYBODY, number=SOME, audience=st.sampled_from(["walkers", "named", "only_us"]))
    def a_moment_is_for_others(self, by: str, number: int, audience: str) -> None:
        """For fewer, or for more."""
        moment = self._one(
            lambda: Moment.objects.filter(person__in=self._keys()).select_related("person"), number
        )
        if moment is not None:
            self.do(by, operations.set_moment_audience, moment=moment, audience=audience)

    @rule(whose=OWNERS, to=KEEPERS)
    def lets_read(self, whose: str, to: str) -> None:
        """A say-so beside every walk."""
        self.do(
            whose,
            consent.give_say_so,
            person=self.who[whose],
            given_to=self.who[to],
            for_what="x",
            whole=True,
        )

    @rule(by=ANYBODY, number=st.integers(0, 9))
    def takes_back(self, by: str, number: int) -> None:
        """A say-so is over; the walk is not."""
        given = SaySo.objects.filter(person__in=self._keys(), state="given").select_related("person")
        say_so = self._one(lambda: given.order_by("state_at", "pk"), number)
        if say_so is not None:
            self.do(by, consent.withdraw_say_so, say_so=say_so)

    @rule(days=st.sampled_from([1, 30, 400]))
    def time_passes(self, days: int) -> None:
        """The days go by, and the house looks for what ended and for walks that nobody covers."""
        self.now += dt.timedelta(days=days, minutes=1)
        with clock.moved_to(self.now):
            consent.end_all_by_date()
            gaps.find_gaps()

    @invariant()
    def an_active_walk_is_kept_by_two_and_moved_by_people(self) -> None:
        """One walker, one other who covers; and what it is, is what the last one who acted left it as."""
        if not hasattr(self, "block"):
            return
        with as_owner(), clock.moved_to(self.now):
            walks = self._walks()
            assert {walk.pk: walk.state for walk in walks} == self.moved_by_people
            for walk in walks:
                if walk.state == Walk.State.WALKING:
                    now = Company.objects.filter(policies.keeping_now(), walk=walk)
                    assert sorted(now.values_list("part", flat=True)) == ["cover", "walker"]
                    assert len(set(now.values_list("person", flat=True))) == 2
                    assert walk.people.filter(to_at__isnull=True).exists()

    @invariant()
    def both_locks_and_the_oracle_agree(self) -> None:
        """Every viewer reads the same moments and sees the same walks by each lock and by the oracle."""
        if not hasattr(self, "block"):
            return
        with as_owner():
            rows = oracle.Rows(TABLES)
        ours = [key for key, row in rows["walks.Moment"].items() if row["person_id"] in self._keys()]
        for name, person in self.who.items():
            viewer = oracle.Viewer(rows, person.pk, self.now)
            read = {key for key in ours if words_of_a_moment(viewer, rows["walks.Moment"][key])}
            seen = {key for key in self.moved_by_people if words_of_a_walk(viewer, rows["walks.Walk"][key])}
            assert self._by_rows(person, ours) == (read, seen), (
                f"row-level security and the oracle differ about {name}"
            )
            assert self._by_policies(person, ours) == (read, seen), (
                f"policies and the oracle differ about {name}"
            )

    def _by_rows(self, person: Person, moments: list[UUID]) -> tuple[set[UUID], set[UUID]]:
        with clock.moved_to(self.now), acting_as(person):
            return self.given("walks_moment", moments), self.given("walks_walk", self.moved_by_people)

    def _by_policies(self, person: Person, moments: list[UUID]) -> tuple[set[UUID], set[UUID]]:
        with locks.without_row_security(), clock.moved_to(self.now), acting_as(person):
            who = Person.objects.get(pk=person.pk)
            read = Moment.objects.filter(policies.moments_visible_to(who), pk__in=moments)
            seen = Walk.objects.filter(policies.visible_to(who), pk__in=list(self.moved_by_people))
            return set(read.values_list("pk", flat=True)), set(seen.values_list("pk", flat=True))


def test_both_locks_and_the_oracle_agree_whatever_becomes_of_a_walk(here: place.Here) -> None:
    live(Walking, *(300, 30) if NIGHTLY else (8, 12))


def test_a_lock_that_forgot_who_has_gone_would_be_noticed(here: place.Here) -> None:
    with as_owner() as cursor:
        cursor.execute(
            "ALTER POLICY see ON walks_walk USING (id IN (SELECT walk_id FROM walks_company"
            " WHERE person_id = (SELECT guard.me())) OR id = ANY((SELECT guard.own_walks())::uuid[]))"
        )
    with pytest.raises(AssertionError, match="row-level security and the oracle differ"):
        live(Walking, 20, 12)
