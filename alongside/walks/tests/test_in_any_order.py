"""Whatever is done by whomever in whatever order, with roles that end and days that pass: an active walk has its two.

Nobody who keeps it no more reads by it, and no job moves it (I6, I7, I32, F12).
"""

import datetime as dt
import os
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
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
SHONA, BEV, PRIYA, HODAN, CALLUM, GARY, HELEN = range(1, 8)
# Mostly whoever may: the one who walks, the one who covers, whose walk it is; else anybody, by their place.
WHO = st.sampled_from(["walker", "walker", "cover", "person", "person", SHONA, HODAN, CALLUM, GARY, HELEN])
SOME = st.integers(0, 3)
WORKER = st.integers(BEV, CALLUM)
WHOSE = st.sampled_from([0, 0, SHONA])
NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
# A few orders at every push; the night tries many, and makes one that fails shorter, which takes minutes.
HOW_LONG: dict[str, Any] = (
    {"stateful_step_count": 40}
    if NIGHTLY
    else {"max_examples": 8, "stateful_step_count": 15, "phases": [Phase.generate]}
)
BEGAN = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


class AnyOrder(RuleBasedStateMachine):
    """Micky and Shona, those who walk with them or might, a neighbour and a steward."""

    # What went through at least once, of all the orders that were tried.
    went_through: ClassVar[set[str]] = set()

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        names = ("Bev Ormerod", "Priya Nair", "Hodan Farah", "Callum Reay")
        self.people = [cast.person("Micky Garrod"), cast.person("Shona Garrod")]
        self.people += [cast.serving(name) for name in names]
        self.people += [cast.person("Gary Lisle"), cast.serving("Helen Rutter", Role.STEWARD)]
        self.hours, self.refusals, self.gone, self.refused = 0, set(), set(), ""
        # Micky is walked with already, so that most orders do something to a walk.
        self.offer(BEV, also=False, cover=PRIYA)
        self.answer("person", 0, "begin_walk", cover=None, said=0)

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def at(self):
        self.hours += 1
        return BEGAN + dt.timedelta(hours=self.hours)

    def try_it(self, by, name, **given):
        """Done, or refused in a sentence; never anything else. Whoever is named to keep a walk serves then."""
        at, before = self.at(), getattr(given.get("walk"), "state", "")
        with clock.moved_to(at):
            try:
                with transaction.atomic(), acting_as(by):
                    done = getattr(operations, name)(by=by, **given)
            except (Denied, ValueError) as no:
                self.refused = str(getattr(no, "sentence", no)).strip()
                self.refusals.add(self.refused)
                return None
        self.refused = ""
        self.went_through.add(name)
        with as_owner():
            named = set(Company.objects.filter(from_at__gte=at).values_list("person_id", flat=True))
            if name == "come_back" and (before, done.state) != ("walking", "walking"):
                keep = Company.objects.filter(walk=done, to_at__isnull=True)
                named |= set(keep.values_list("person_id", flat=True))
        assert not named & self.gone, f"{name}: somebody who serves no more was named"
        return done

    def one_of(self, model, which, *beside):
        with as_owner():
            found = list(model.objects.select_related(*beside).order_by("began_at", "pk"))
        return found[which % len(found)] if found else None

    def states(self):
        with as_owner():
            return dict(Walk.objects.values_list("pk", "state"))

    def whoever(self, who, walk):
        """Who that is on this walk just now; Gary where it has nobody such."""
        if isinstance(who, int):
            return self.people[who]
        with as_owner():
            if who == "person":
                row = WalkPerson.objects.filter(walk=walk, to_at__isnull=True).order_by("pk").first()
            else:
                row = Company.objects.filter(walk=walk, part=who, to_at__isnull=True).first()
        return next((one for one in self.people if row and one.pk == row.person_id), self.people[GARY])

    def on_a_walk(self, who, which, name, **given):
        walk = self.one_of(Walk, which)
        return self.try_it(self.whoever(who, walk), name, walk=walk, **given)

    @rule(who=WORKER | st.sampled_from([0, GARY, HELEN]), also=st.booleans(), cover=st.none() | WORKER)
    def offer(self, who, also, cover):
        covers = None if cover is None else self.people[cover]
        self.try_it(self.people[who], "offer_walk", people=self.people[: 2 if also else 1], cover=covers)

    @rule(
        who=WHO, which=SOME, what=st.sampled_from(["begin_walk", "begin_walk", "decline_walk", "rest_walk"]),
        cover=st.none() | WORKER, said=WHOSE,
    )  # fmt: skip
    def answer(self, who, which, what, cover, said):
        more = {"cover": self.people[cover]} if what == "begin_walk" and cover is not None else {}
        self.on_a_walk(who, which, what, said_by=self.people[said], **more)

    @rule(who=WHO, which=SOME, what=st.sampled_from(["come_back", "come_back", "moved_away", "died"]))
    def one_tap(self, who, which, what):
        self.on_a_walk(who, which, what)

    @rule(who=WHO, which=SOME, cover=WORKER, reads=st.booleans())
    def somebody_else_covers(self, who, which, cover, reads):
        self.on_a_walk(who, which, "change_cover", cover=self.people[cover], reads=reads)

    @rule(who=WHO, which=SOME, person=WHOSE, what=st.sampled_from(["join_walk", "leave_walk"]))
    def join_or_leave(self, who, which, person, what):
        self.on_a_walk(who, which, what, person=self.people[person])

    @rule(
        who=WHO, which=SOME, to=WORKER, met=st.booleans(), chosen=st.booleans(), said=WHOSE | st.just(PRIYA),
        stays=st.booleans(),
    )  # fmt: skip
    def talk_of_a_handover(self, who, which, to, met, chosen, said, stays):
        talked = self.on_a_walk(who, which, "propose_handover", to=self.people[to])
        by = self.whoever(who, self.one_of(Walk, which))
        if talked is not None and met:
            self.try_it(by, "meet_as_three", handover=talked)
        if talked is not None and chosen:
            self.try_it(by, "choose_handover", handover=talked, chosen_by=self.people[said], words="All right.",
                        stays_as_cover=stays)  # fmt: skip

    @rule(who=WHO, which=SOME, said=WHOSE, what=st.sampled_from(["choose_handover", "let_go_handover"]))
    def settle(self, who, which, said, what):
        talked = self.one_of(Handover, which, "walk")
        if talked is not None:
            chosen = {"chosen_by": self.people[said], "stays_as_cover": True}
            more = chosen if what == "choose_handover" else {}
            self.try_it(self.whoever(who, talked.walk_id), what, handover=talked, words="All right.", **more)

    @rule(which=WORKER, back=st.booleans())
    def a_role_ends_or_begins_again(self, which, back):
        with as_owner():
            day = None if back else (BEGAN - dt.timedelta(days=1)).date()
            self.people[which].roles.update(to_day=day)
        (self.gone.discard if back else self.gone.add)(self.people[which].pk)

    @rule(days=st.sampled_from([1, 30, 400]))
    def the_morning_comes(self, days):
        self.hours += 24 * days
        before = self.states()
        with clock.moved_to(self.at()):
            find_gaps()
        assert self.states() == before, "a job moved a walk"

    @invariant()
    def every_refusal_is_a_sentence(self):
        assert all(said.endswith((".", "!")) for said in self.refusals), self.refusals

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

    @invariant()
    def whatever_was_handed_over_was_met_and_chosen_by_the_one_whose_walk_it_is(self):
        with as_owner():
            for done in Handover.objects.filter(state="done"):
                assert done.meetings.exists()
                assert done.walk.people.filter(person=done.chosen_by_id).exists()

    @invariant()
    def every_gap_is_of_an_active_walk(self):
        with as_owner():
            assert not CoverGap.objects.filter(mended_at__isnull=True).exclude(walk__state="walking").exists()


def test_in_any_order(db):
    run_state_machine_as_test(AnyOrder, settings=settings(settings(), **HOW_LONG))


# One order in which every rule is needed and everything is done, so that it is caught at once where one is missing.
EVERYTHING = [
    ("somebody_else_covers", ("person", 0, HODAN, True), "Priya reads no more"),
    ("somebody_else_covers", ("person", 0, BEV, True), "no: she walks"),
    ("a_role_ends_or_begins_again", (CALLUM, False), ""),
    ("somebody_else_covers", ("walker", 0, CALLUM, False), "no: he serves no more"),
    ("talk_of_a_handover", ("walker", 0, CALLUM, True, True, 0, True), "no: he serves no more"),
    ("talk_of_a_handover", ("walker", 0, PRIYA, False, True, 0, False), "no: they never met"),
    ("settle", ("person", 0, 0, "let_go_handover"), ""),
    ("talk_of_a_handover", ("walker", 0, HODAN, True, False, 0, False), "she covers, and reads already"),
    ("a_role_ends_or_begins_again", (HODAN, False), ""),
    ("settle", ("person", 1, 0, "choose_handover"), "no: she serves no more"),
    ("a_role_ends_or_begins_again", (HODAN, True), ""),
    ("settle", ("person", 1, 0, "let_go_handover"), ""),
    ("talk_of_a_handover", ("walker", 0, PRIYA, True, True, PRIYA, False), "no: it is not her walk"),
    ("talk_of_a_handover", ("walker", 0, PRIYA, True, True, 0, False), "Bev reads no more"),
    ("join_or_leave", ("walker", 0, SHONA, "join_walk"), ""),
    ("join_or_leave", (0, 0, 0, "leave_walk"), "Priya and Hodan read nothing of Micky's"),
    ("somebody_else_covers", (SHONA, 0, BEV, True), "Bev reads Shona's"),
    ("a_role_ends_or_begins_again", (BEV, False), ""),
    ("the_morning_comes", (1,), "nobody covers"),
    ("answer", (SHONA, 0, "rest_walk", None, SHONA), "and so no gap"),
    ("one_tap", (SHONA, 0, "come_back"), "Bev serves no more, so Hodan does, and Bev reads no more"),
    ("one_tap", ("walker", 0, "moved_away"), ""),
    ("one_tap", (SHONA, 0, "come_back"), ""),
    ("one_tap", ("walker", 0, "died"), ""),
    ("offer", (PRIYA, False, HODAN), ""),
    ("answer", (0, 1, "decline_walk", None, 0), ""),
]
MUST_HOLD = (
    "every_refusal_is_a_sentence",
    "an_active_walk_has_its_two",
    "whoever_keeps_no_walk_of_theirs_reads_nothing_by_it",
    "every_state_has_its_step_by_a_human",
    "whatever_was_handed_over_was_met_and_chosen_by_the_one_whose_walk_it_is",
    "every_gap_is_of_an_active_walk",
)


def test_one_order_does_everything_that_can_be_done_to_a_walk(db):
    AnyOrder.went_through.clear()
    machine = AnyOrder()
    for name, given, why in EVERYTHING:
        try:
            machine.refused = ""
            getattr(machine, name)(*given)
            assert bool(machine.refused) == why.startswith("no: "), machine.refused
            for must_hold in MUST_HOLD:
                getattr(machine, must_hold)()
        except Exception as error:
            error.add_note(f"after {name}{given}: {why}")
            raise
    machine.teardown()
    assert AnyOrder.went_through == {
        "offer_walk", "begin_walk", "decline_walk", "rest_walk", "come_back", "change_cover", "join_walk",
        "leave_walk", "moved_away", "died", "propose_handover", "meet_as_three", "choose_handover",
        "let_go_handover",
    }  # fmt: skip


def test_a_handover_in_the_machine_is_one(db):
    """What it tries is done: a walk is handed over, and the one who walked covers."""
    machine = AnyOrder()
    machine.talk_of_a_handover("walker", 0, HODAN, met=True, chosen=True, said=0, stays=True)
    with as_owner():
        kept = dict(Company.objects.filter(to_at__isnull=True).values_list("part", "person__name"))
    assert kept == {"walker": "Hodan Farah", "cover": "Bev Ormerod"}
    machine.teardown()
