"""Whatever is done in whatever order: no `to` without its reason, no `for` without a decision, and whoever owns a
doing can see it."""

import datetime as dt

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.consent.lanes import operations as lanes
from alongside.consent.models import Consent, Duty
from alongside.doings import operations, queries
from alongside.doings.models import Doing, Lane
from alongside.doings.tests.world import NOW, a_duty
from alongside.doings.writing import Who
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests import cast
from tests.database import as_owner

LANES = st.sampled_from([*Lane.values, "no lane at all"])
WORDS = st.sampled_from(["", "Bev", "Cook for sixty."])


class AnyOrder(RuleBasedStateMachine):
    """A person, who walks with them, a neighbour who owns things, and one who carries duties."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.trace = cast.person("Tracey Hallam")
        self.walker, self.ros = cast.serving("Callum Reay"), cast.serving("Ros Adair", "social_worker")
        self.other = cast.person("Norah Tully")
        cast.say_so(self.trace, self.walker)
        self.people = [self.trace, self.walker, self.ros, self.other]
        self.hours = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def now(self):
        self.hours += 1
        return NOW + dt.timedelta(hours=self.hours)

    def try_it(self, who, do, *args):
        """Done, or refused in a sentence; never anything else."""
        by = self.people[who]
        try:
            with transaction.atomic(), acting_as(by):
                do(by, *args)
        except (Denied, ValueError):
            return

    def pick(self, model, which):
        with as_owner():
            found = list(model.objects.order_by("pk"))
        return found[which % len(found)] if found else None

    WHO, WHICH = st.integers(0, 3), st.integers(0, 9)

    @rule(who=WHO, lane=LANES, owner=st.none() | WHO, words=WORDS)
    def begin(self, who, lane, owner, words):
        doer = Who(owner=None if owner is None else self.people[owner], owner_words=words, helper_words=words)
        given = {"person": self.trace, "words": "Cook.", "lane": lane, "who": doer, "at": self.now()}
        self.try_it(who, lambda by: operations.begin(by=by, **given))

    @rule(who=WHO, which=WHICH, lane=LANES, words=WORDS)
    def move(self, who, which, lane, words):
        doing = self.pick(Doing, which)
        if doing:
            given = {"lane": lane, "who": Who(owner_words=words, helper_words=words), "at": self.now()}
            self.try_it(who, lambda by: operations.move_lane(by=by, doing=doing, **given))

    @rule(who=WHO, which=WHICH, what=st.sampled_from(["finish", "let_go", "reword", "not_yet"]), words=WORDS)
    def say(self, who, which, what, words):
        doing = self.pick(Doing, which)
        if doing:
            self.try_it(
                who, lambda by: getattr(operations, what)(by=by, doing=doing, words=words, at=self.now())
            )

    @rule(who=WHO, late=st.booleans())
    def agree(self, who, late):
        begins = NOW - dt.timedelta(days=1) if late else None

        def do(by):
            yes = lanes.give_consent(
                by=by,
                person=self.trace,
                to_what="a bed",
                informed_how="told",
                at=self.now(),
                begins_at=begins,
            )
            operations.agree_to(by=by, consent=yes, who=Who(owner=self.other), at=self.now())

        self.try_it(who, do)

    @rule(who=WHO, which=WHICH)
    def take_back(self, who, which):
        yes = self.pick(Consent, which)
        if yes:
            self.try_it(who, lambda by: operations.withdraw(by=by, consent=yes, at=self.now()))

    @rule(who=WHO)
    def by_duty(self, who):
        duty = a_duty(self.ros, self.trace)
        self.try_it(
            who, lambda by: operations.do_by_duty(by=by, duty=duty, words="Come and look.", at=self.now())
        )

    @rule(who=WHO, which=WHICH, end=st.booleans())
    def duty_goes_on(self, who, which, end):
        duty = self.pick(Duty, which)
        if duty and end:
            self.try_it(who, lambda by: operations.end_duty(by=by, duty=duty, words="safe", at=self.now()))
        elif duty:
            self.try_it(who, lambda by: operations.told_of_duty(by=by, duty=duty, at=self.now()))

    @invariant()
    def each_lane_has_what_it_asks(self):
        with as_owner():
            doings = list(Doing.objects.select_related("consent", "duty"))
        for doing in doings:
            if doing.lane == "to":
                self._rests_on_something(doing)
            else:
                assert {doing.consent_id, doing.duty_id} == {None}
            assert (doing.decided_by_id == self.trace.pk) == (doing.lane == "for")
            if doing.lane == "by_with_help":
                assert doing.helper_id or doing.helper_words
            if doing.lane == "by":
                assert (doing.helper_id, doing.helper_words) == (None, "")

    def _rests_on_something(self, doing):
        assert bool(doing.consent_id) != bool(doing.duty_id)
        if doing.consent:
            assert doing.consent.given_at <= doing.consent.begins_at
            # It may also have run its course, and then the yes stands as it was given.
            assert doing.state == "ended" or doing.consent.withdrawn_at is None
        else:
            assert doing.duty.told_at or (doing.duty.not_told_why and doing.duty.tell_by)
            assert (doing.state == "ended") == (doing.duty.ended_at is not None)
            assert doing.state == "ended" or (doing.state == "duty_told") == (doing.duty.told_at is not None)

    @invariant()
    def whoever_owns_one_sees_it(self):
        with as_owner():
            owned = list(Doing.objects.filter(owner__isnull=False).values_list("owner", "pk"))
        for owner in {who for who, _ in owned}:
            person = next(each for each in self.people if each.pk == owner)
            with acting_as(person):
                for key in (key for who, key in owned if who == owner):
                    found = queries.doing_to_open(viewer=person, doing=key)
                    assert found is not None, "whoever owns a doing sees it"


def test_lanes_hold_in_any_order(db):
    run_state_machine_as_test(AnyOrder, settings=settings(stateful_step_count=10))
