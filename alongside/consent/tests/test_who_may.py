"""Every write of say-so and law, tried as everybody: I5, I11, I17, I18, I19; each lock alone; never words."""

import datetime as dt

import pytest
from django.utils import timezone

from alongside.audit.models import Event
from alongside.consent import finding, operations, policies
from alongside.consent.models import Basis, SaySo, SaySoStep
from alongside.consent.tests.world import (
    DEEDS,
    EVERYBODY,
    PART,
    PERSON,
    READER,
    STRANGER,
    WALKER,
    around_trace,
)
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from tests import deeds
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db

# Done by the house itself in its named work, or (about a name asked after) tried in a module of its own.
ELSEWHERE = {
    "consent.mark_told",
    "consent.mark_alarmed",
    "consent.end_by_date",
    finding.ASKED_AFTER,
    finding.KNOWN,
}
# Whose pages somebody opened: test_whose_pages.
ELSEWHERE |= {"consent.ask_whose_pages", "consent.tell_name"}


built, world = standing(around_trace)


def test_no_operation_is_left_out():
    assert deeds.left_out(DEEDS, "alongside.consent") == ELSEWHERE


@deeds.named(DEEDS)
def test_whoever_may_not_is_refused_in_a_sentence(deed, world):
    deeds.refused(deed, EVERYBODY, world, "consent")


@deeds.named(DEEDS)
def test_row_security_alone_refuses_them_too(deed, world):
    deeds.refused_by_the_database(deed, EVERYBODY, world, "consent")


@deeds.each(DEEDS)
def test_whoever_may_does_it_and_no_word_of_it_is_in_the_audit(deed, who, world):
    renamed = {"consent.withdraw_say_so": "consent.withdrawn", "consent.end_say_so": "consent.ended"}
    deeds.recorded(
        deeds.deed(renamed.get(deed.did, deed.did), deed.do, deed.may, " ".join(deed.fields)), who, world
    )


@deeds.named(DEEDS)
def test_nothing_is_done_where_the_audit_cannot_be_written(deed, world):
    deeds.undone_without_audit(deed, next(who for who in EVERYBODY if who in deed.may), world, "consent")


def test_what_is_written_down_for_somebody_carries_the_helpers_name(world):
    trace, callum = world.trace, world.who[WALKER]
    with acting_as(callum):
        given = operations.give_say_so(
            by=callum, person=trace, given_to=world.asha, for_what="the arrears", parts=[PART]
        )
        assert (given.given_by, given.written_down_by) == (trace, callum)
        assert given.steps.get().by == callum
    with acting_as(trace):
        own = operations.give_say_so(
            by=trace, person=trace, given_to=world.asha, for_what="the boiler", parts=[PART]
        )
        assert own.written_down_by is None


@pytest.mark.parametrize(
    ("do", "step"),
    [
        (operations.withdraw_say_so, SaySoStep.Step.WITHDRAWN),
        (operations.end_say_so, SaySoStep.Step.ENDED),
        (operations.renew_say_so, SaySoStep.Step.RENEWED),
    ],
)
def test_the_day_it_was_said_is_the_day_that_is_kept(world, do, step):
    tuesday = timezone.now() - dt.timedelta(hours=3)
    with acting_as(world.trace):
        do(by=world.trace, say_so=world.given, words="On Tuesday.", at=tuesday)
        kept = world.given.steps.get(step=step)
        assert (kept.at, kept.words, kept.by) == (tuesday, "On Tuesday.", world.trace)
        world.given.refresh_from_db()
        assert world.given.state_at == tuesday


def test_a_say_so_given_from_a_day_to_come_opens_nothing_before_it(world):
    tomorrow = timezone.now() + dt.timedelta(days=1)
    with acting_as(world.trace):
        operations.give_say_so(
            by=world.trace,
            person=world.trace,
            given_to=world.asha,
            for_what="company",
            whole=True,
            at=tomorrow,
        )
    with acting_as(world.asha):
        assert Basis.objects.get().from_at == tomorrow
        assert not policies.check_can_open_page.allows(world.asha, world.trace)
    with clock.moved_to(tomorrow), acting_as(world.asha):
        assert policies.check_can_open_page.allows(world.asha, world.trace)


@pytest.mark.parametrize("nothing", [{}, {"whole": True, "parts": [PART]}])
def test_a_say_so_that_opens_nothing_or_everything_twice_is_no_say_so(world, nothing):
    with acting_as(world.trace), pytest.raises(ValueError, match="whole story or named parts"):
        operations.give_say_so(
            by=world.trace, person=world.trace, given_to=world.asha, for_what="x", **nothing
        )
    with as_owner():
        assert not SaySo.objects.filter(given_to=world.asha).exists()


@pytest.mark.parametrize("who", [PERSON, WALKER])
def test_a_no_is_not_turned_into_a_yes_by_giving_it_again(world, who):
    with acting_as(world.trace):
        no = operations.refuse_say_so(
            by=world.trace, person=world.trace, given_to=world.asha, what="my story", for_what="a form"
        )
    with acting_as(world.who[who]), pytest.raises(Denied, match="said no"):
        operations.renew_say_so(by=world.who[who], say_so=no)
    with as_owner():
        assert not Basis.objects.filter(actor=world.asha).exists()


def test_giving_it_again_takes_what_was_open_until_then_away_first(world):
    until = timezone.now() + dt.timedelta(days=2)
    with acting_as(world.trace):
        operations.renew_say_so(by=world.trace, say_so=world.given, until=until)
    with as_owner():
        old, new = Basis.objects.filter(actor=world.who[READER]).order_by("from_at")
    assert old.to_at == new.from_at
    assert new.to_at == until


def test_a_say_so_for_no_end_is_not_ended_by_the_house(world):
    assert operations.end_all_by_date() == 0
    with as_owner():
        world.given.refresh_from_db()
    assert world.given.state == SaySo.State.GIVEN


def test_the_house_writes_down_the_day_it_ended_and_not_the_night_it_looked(world):
    yesterday = timezone.now() - dt.timedelta(days=1)
    with as_owner():
        SaySo.objects.filter(pk=world.given.pk).update(until=yesterday)
    assert operations.end_all_by_date() == 1
    assert operations.end_all_by_date() == 0
    with as_owner():
        world.given.refresh_from_db()
        event = Event.objects.get(did="consent.end_by_date")
    assert (world.given.state_at, event.by_id, event.work) == (yesterday, None, "consent.end")


def test_that_they_were_told_is_kept_with_its_moment_and_by_the_work_that_told(world):
    with working_on("consent.tell"):
        operations.mark_told(by=None, say_so=world.given)
    with as_owner():
        world.given.refresh_from_db()
        event = Event.objects.get(did="consent.mark_told")
    assert world.given.told_at is not None
    assert (event.work, set(event.fields)) == ("consent.tell", {"told_at"})


def test_outside_its_named_work_the_house_ends_nothing(world):
    with pytest.raises(Exception, match="did not affect any rows"), working_on("messages.send"):
        operations.end_by_date(by=None, say_so=world.given)


def test_a_reason_in_law_is_reworded_and_not_doubled(world):
    megan = world.who["a social worker"]
    with acting_as(megan):
        again = operations.name_legal_reason(
            by=megan,
            code=world.law.code,
            basis="public_task",
            statute="Care Act 2014 s.42",
            plain_words="We must.",
        )
    assert (again.pk, again.statute) == (world.law.pk, "Care Act 2014 s.42")


def test_a_duty_opens_from_the_day_to_the_day_it_was_named_for(world):
    megan, now = world.who["a social worker"], timezone.now()
    with acting_as(megan):
        basis = operations.open_by_law(
            by=megan, actor=megan, person=world.trace, legal_reason=world.law, why="enquiry",
            from_at=now, to_at=now + dt.timedelta(days=28), parts=[PART],
        )  # fmt: skip
    assert (basis.from_at, basis.to_at, basis.whole, basis.say_so) == (
        now,
        now + dt.timedelta(days=28),
        False,
        None,
    )


def test_closeness_said_twice_is_kept_once_and_both_times_written_down(world):
    with acting_as(world.trace):
        for words in ("my cousin", "my cousin, on my mam's side"):
            operations.say_close(by=world.trace, person=world.trace, other=world.asha, words=words)
    with as_owner():
        assert Event.objects.filter(did="consent.say_close").count() == 2
        assert world.trace.close_ones.get().words == "my cousin"


def test_a_stranger_who_works_here_is_refused_with_the_persons_name_in_the_sentence(world):
    gary = world.who[STRANGER]
    with acting_as(gary), pytest.raises(Denied, match="Trace"):
        operations.give_say_so(by=gary, person=world.trace, given_to=gary, for_what="to see", whole=True)
