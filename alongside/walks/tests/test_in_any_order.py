"""Whatever is done by whomever in whatever order, with roles that end and days that pass: an active walk has its two.

Nobody who keeps it no more reads by it, and no job moves it (I6, I7, I32, F12).
"""

import datetime as dt

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from alongside.consent.models import Basis
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people.models import Role
from alongside.walks import operations
from alongside.walks.gaps import find_gaps
from alongside.walks.models import Company, CoverGap, Handover, Walk, WalkPerson, WalkStep
from tests import cast
from tests.database import as_owner

# People known by their place: two who are walked with, four who walk, a neighbour, a steward.
WHO = st.integers(0, 7)
WORKER = st.integers(2, 5)
BEGAN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


class AnyOrder(RuleBasedStateMachine):
    """Micky and Shona, those who walk with them or might, a neighbour and a steward."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        names = ("Bev Ormerod", "Priya Nair", "Hodan Farah", "Callum Reay")
        self.people = [cast.person("Micky Garrod"), cast.person("Shona Garrod")]
        self.people += [cast.serving(name) for name in names]
        self.people += [cast.person("Gary Lisle"), cast.serving("Helen Rutter", Role.STEWARD)]
        self.hours, self.did, self.refusals = 0, 0, set()

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def at(self):
        self.hours += 1
        return BEGAN + dt.timedelta(hours=self.hours)

    def try_it(self, who, do, *args):
        """Done, or refused in a sentence; never anything else."""
        by = self.people[who]
        with clock.moved_to(self.at()):
            try:
                with transaction.atomic(), acting_as(by):
                    do(by, *args)
                self.did += 1
            except (Denied, ValueError) as no:
                self.refusals.add(str(getattr(no, "sentence", no)).strip())

    @invariant()
    def every_refusal_is_a_sentence(self):
        assert all(said.endswith((".", "!")) for said in self.refusals), self.refusals

    def pick(self, model, which):
        with as_owner():
            found = list(model.objects.order_by("pk"))
        return found[which % len(found)] if found else None

    def states(self):
        with as_owner():
            return dict(Walk.objects.values_list("pk", "state"))

    def on_a_walk(self, who, which, do):
        walk = self.pick(Walk, which)
        if walk is not None:
            self.try_it(who, do, walk)

    @rule(who=WHO, also=st.booleans(), cover=st.none() | WORKER)
    def offer(self, who, also, cover):
        people = self.people[: 2 if also else 1]
        covers = None if cover is None else self.people[cover]
        self.try_it(who, lambda by: operations.offer_walk(by=by, people=people, cover=covers))

    @rule(who=WHO, which=WHO, cover=st.none() | WORKER, said=st.sampled_from([0, 1]), reads=st.booleans())
    def begin(self, who, which, cover, said, reads):
        covers = None if cover is None else self.people[cover]
        self.on_a_walk(who, which, lambda by, walk: operations.begin_walk(
            by=by, walk=walk, cover=covers, said_by=self.people[said], reads=reads))  # fmt: skip

    @rule(
        who=WHO, which=WHO, said=st.sampled_from([0, 1]), what=st.sampled_from(["decline_walk", "rest_walk"])
    )
    def decline_or_rest(self, who, which, said, what):
        do = getattr(operations, what)
        self.on_a_walk(who, which, lambda by, walk: do(by=by, walk=walk, said_by=self.people[said]))

    @rule(who=WHO, which=WHO, what=st.sampled_from(["come_back", "moved_away", "died"]))
    def one_tap(self, who, which, what):
        self.on_a_walk(who, which, lambda by, walk: getattr(operations, what)(by=by, walk=walk))

    @rule(who=WHO, which=WHO, cover=WORKER)
    def somebody_else_covers(self, who, which, cover):
        self.on_a_walk(who, which, lambda by, walk: operations.change_cover(
            by=by, walk=walk, cover=self.people[cover]))  # fmt: skip

    @rule(
        who=WHO, which=WHO, person=st.sampled_from([0, 1]), what=st.sampled_from(["join_walk", "leave_walk"])
    )
    def join_or_leave(self, who, which, person, what):
        do = getattr(operations, what)
        self.on_a_walk(who, which, lambda by, walk: do(by=by, walk=walk, person=self.people[person]))

    @rule(who=WHO, which=WHO, to=WORKER, met=st.booleans())
    def talk_of_a_handover(self, who, which, to, met):
        def do(by, walk):
            talked = operations.propose_handover(by=by, walk=walk, to=self.people[to])
            if met:
                operations.meet_as_three(by=by, handover=talked)

        self.on_a_walk(who, which, do)

    @rule(who=WHO, which=WHO, said=st.sampled_from([0, 1, 3]), stays=st.booleans())
    def choose(self, who, which, said, stays):
        talked = self.pick(Handover, which)
        if talked is not None:
            chosen_by = self.people[said]
            self.try_it(who, lambda by: operations.choose_handover(
                by=by, handover=talked, chosen_by=chosen_by, words="All right.", stays_as_cover=stays))  # fmt: skip

    @rule(which=WORKER, back=st.booleans())
    def a_role_ends_or_begins_again(self, which, back):
        with as_owner():
            day = None if back else (BEGAN - dt.timedelta(days=1)).date()
            self.people[which].roles.update(to_day=day)

    @rule(days=st.sampled_from([1, 30, 400]))
    def days_pass(self, days):
        self.hours += 24 * days

    @rule()
    def the_morning_comes(self):
        before = self.states()
        with clock.moved_to(self.at()):
            find_gaps()
        assert self.states() == before, "a job moved a walk"

    @invariant()
    def an_active_walk_has_its_two(self):
        with as_owner():
            for walk in Walk.objects.filter(state="walking"):
                parts = list(Company.objects.filter(walk=walk, to_at__isnull=True))
                assert sorted(row.part for row in parts) == ["cover", "walker"]
                assert len({row.person_id for row in parts}) == 2
                assert WalkPerson.objects.filter(walk=walk, to_at__isnull=True).exists()

    @invariant()
    def whoever_keeps_no_walk_of_theirs_reads_nothing_by_it(self):
        with as_owner():
            for basis in Basis.objects.filter(whole=True, to_at__isnull=True):
                its = WalkPerson.objects.filter(person=basis.person_id, to_at__isnull=True).values("walk")
                keeps = Company.objects.filter(walk__in=its, person=basis.actor_id, to_at__isnull=True)
                assert keeps.exists(), f"{basis.actor} reads on"

    @invariant()
    def every_state_has_its_step_by_a_human(self):
        with as_owner():
            for walk in Walk.objects.all():
                assert WalkStep.objects.filter(walk=walk, at=walk.state_at, by__isnull=False).exists()

    @precondition(lambda self: self.did > 3)
    @rule()
    def every_gap_is_of_an_active_walk(self):
        with clock.moved_to(self.at()):
            find_gaps()
        with as_owner():
            open_gaps = CoverGap.objects.filter(mended_at__isnull=True)
            assert not open_gaps.exclude(walk__state="walking").exists()


def test_in_any_order(db):
    run_state_machine_as_test(
        AnyOrder, settings=settings(settings.get_profile("fast"), stateful_step_count=20, deadline=None)
    )


def test_it_is_tried_by_people(db):
    """The machine's people can do things at all: an order that begins and hands over a walk goes through."""
    machine = AnyOrder()
    machine.offer(2, False, 3)
    machine.begin(0, 0, None, 0, True)
    machine.talk_of_a_handover(2, 0, 4, True)
    machine.choose(0, 0, 0, True)
    machine.an_active_walk_has_its_two()
    machine.whoever_keeps_no_walk_of_theirs_reads_nothing_by_it()
    assert machine.did == 4
    with as_owner():
        kept = dict(Company.objects.filter(to_at__isnull=True).values_list("part", "person__name"))
    assert kept == {"walker": "Hodan Farah", "cover": "Bev Ormerod"}
    machine.teardown()
