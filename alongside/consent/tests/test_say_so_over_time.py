"""Whatever is done to a say-so, in whatever order and on whatever day: a page is open exactly while it is
given, has not ended, and is in time (I5); by the policies, and by row-level security, alike."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from alongside.consent import operations, policies
from alongside.consent.models import Basis, SaySo
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests import cast
from tests.examples import undone

pytestmark = pytest.mark.django_db

START = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
PARTS = ["00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b"]
DAYS = st.integers(1, 4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("a day passes"), DAYS),
        st.tuples(st.just("given again"), st.none() | DAYS),
        st.tuples(st.sampled_from(["taken back", "ended", "given up", "the house looks"]), st.none()),
    ),
    max_size=7,
)


@dataclass
class Oracle:
    """What a plain reading of the rules says: no database, no policy."""

    today: int = 0
    is_given: bool = True
    until: int | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.is_given and (self.until is None or self.today < self.until)

    def step(self, what, days):
        """Live one step; the answer is whether it can be done."""
        if what == "a day passes":
            self.today += days
        elif what == "given again":
            self.is_given, self.until = True, None if days is None else self.today + days
        elif what == "the house looks":
            self.is_given = self.is_given and self.open
        else:
            was, self.is_given = self.is_given, False
            return was
        return True


def live(what, days, now, say_so, trace, norah):
    """The same step, through the operations."""
    if what == "the house looks":
        return operations.end_all_by_date()
    do = {"taken back": operations.withdraw_say_so, "ended": operations.end_say_so}
    by = norah if what == "given up" else trace
    with acting_as(by):
        kept = SaySo.objects.get(pk=say_so.pk)
        if what == "given again":
            until = None if days is None else now + dt.timedelta(days=days)
            return operations.renew_say_so(by=by, say_so=kept, until=until)
        return do.get(what, operations.withdraw_say_so)(by=by, say_so=kept)


def opened(norah, trace):
    """What the reader may open now: by the policies, and by row-level security alone."""
    with acting_as(norah), connection.cursor() as cursor:
        cursor.execute("SELECT guard.people(), guard.whole(), guard.parts()")
        people, whole, parts = cursor.fetchone()
        assert set(people) == {basis.person_id for basis in policies.live_bases(norah)}
        assert set(whole) == policies.people_walked_with(norah)
        assert set(parts) == policies.parts_opened_to(norah)
        assert policies.check_can_open_page.allows(norah, trace) is (trace.pk in people)
        return bool(people), bool(whole), {str(part) for part in parts}


@given(whole=st.booleans(), until=st.none() | DAYS, steps=STEPS)
@example(whole=True, until=2, steps=[("a day passes", 2), ("the house looks", None), ("given again", 1)])
@example(whole=False, until=None, steps=[("taken back", None), ("given again", None), ("given up", None)])
@example(whole=False, until=1, steps=[("a day passes", 1), ("taken back", None), ("taken back", None)])
def test_a_page_is_open_exactly_while_the_say_so_is_given_and_in_time(whole, until, steps):
    with undone():
        trace, norah = cast.person("Tracey Hallam"), cast.person("Norah Tully")
        oracle, parts = Oracle(until=until), [] if whole else PARTS
        with clock.moved_to(START), acting_as(trace):
            ends = None if until is None else START + dt.timedelta(days=until)
            say_so = operations.give_say_so(
                by=trace,
                person=trace,
                given_to=norah,
                for_what="company",
                whole=whole,
                parts=parts,
                until=ends,
            )
        for what, days in steps:
            now = START + dt.timedelta(days=oracle.today)
            can = oracle.step(what, days)
            with clock.moved_to(now):
                if what != "a day passes" and can:
                    live(what, days, now, say_so, trace, norah)
                elif not can:
                    with pytest.raises(Denied, match="already ended"):
                        live(what, days, now, say_so, trace, norah)
            with clock.moved_to(START + dt.timedelta(days=oracle.today)):
                expected = (
                    oracle.open,
                    oracle.open and whole,
                    set(PARTS) if oracle.open and not whole else set(),
                )
                assert opened(norah, trace) == expected, what


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-1, False), (0, True), (59, True), (60, False), (61, False)]
)
def test_it_opens_in_the_moment_it_begins_and_closes_in_the_moment_it_ends(minutes, is_open):
    trace, norah = cast.person("Tracey Hallam"), cast.person("Norah Tully")
    with clock.moved_to(START), acting_as(trace):
        operations.give_say_so(
            by=trace, person=trace, given_to=norah, for_what="the hour", whole=True, at=START,
            until=START + dt.timedelta(hours=1),
        )  # fmt: skip
    with clock.moved_to(START + dt.timedelta(minutes=minutes)):
        assert opened(norah, trace)[0] is is_open
        with acting_as(trace), connection.cursor() as cursor:
            cursor.execute("SELECT guard.is_walked_with(%s)", [trace.pk])
            assert cursor.fetchone() == (is_open,)
            assert policies.who_can(trace) == list(Basis.objects.all() if is_open else [])


@pytest.mark.parametrize("close", ["said by the person", "said by the other", "said of the twin", "over"])
def test_closeness_takes_a_duty_away_and_never_an_invitation_by_either_lock(close):
    trace, megan = cast.person("Tracey Hallam"), cast.serving("Megan Ashby", "social_worker")
    twin = cast.person("T. Hallam", account=False, same_as=trace)
    duty = cast.by_law(megan, trace)
    said_by, about = (megan, trace) if close == "said by the other" else (trace, trace)
    about = twin if close == "said of the twin" else about
    with acting_as(said_by):
        kept = operations.say_close(by=said_by, person=about, other=megan, words="my cousin")
        if close == "over":
            kept.over_at = clock.now()
            kept.save()
    assert opened(megan, trace)[0] is (close == "over")
    cast.say_so(trace, megan)
    assert opened(megan, trace)[0]
    assert duty.kind == "duty"
