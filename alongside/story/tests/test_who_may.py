"""Every write to a story and a circle, tried as everybody: I11, I16, I18, I20; each lock alone; never words."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.story import operations
from alongside.story.models import OnePage, PartAnswer, StoryPart
from alongside.story.tests.factories import said
from alongside.story.tests.world import DAY, DEEDS, EVERYBODY, READER, SPEAKER, WALKER, around_trace
from tests import deeds
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db


built, world = standing(around_trace)


def test_no_operation_is_left_out():
    assert deeds.left_out(DEEDS, "alongside.story") == set()


@deeds.named(DEEDS)
def test_whoever_may_not_is_refused_in_a_sentence(deed, world):
    deeds.refused(deed, EVERYBODY, world, "story")


@deeds.named(DEEDS)
def test_row_security_alone_refuses_them_too(deed, world):
    deeds.refused_by_the_database(deed, EVERYBODY, world, "story")


@deeds.each(DEEDS)
def test_whoever_may_does_it_and_no_word_of_it_is_in_the_audit(deed, who, world):
    deeds.recorded(deed, who, world)


@deeds.named([one for one in DEEDS if "words" in one.fields])
def test_words_are_digested_with_the_salt_of_the_one_whose_page_it_is(deed, world):
    deeds.digested_for(deed, next(who for who in EVERYBODY if who in deed.may), world, world.trace)


@deeds.named(DEEDS)
def test_nothing_is_done_where_the_audit_cannot_be_written(deed, world):
    deeds.undone_without_audit(deed, next(who for who in EVERYBODY if who in deed.may), world, "story")


def test_nobody_answers_in_anothers_name_once_they_no_longer_walk_with_them(world):
    bev, trace = world.who[SPEAKER], world.trace
    with acting_as(bev), pytest.raises(Denied, match="walks with them"):
        operations.answer(by=bev, part=world.hunch, words="Aye. That's it.", said_by=trace)
    with as_owner():
        assert not PartAnswer.objects.exists()


def test_one_who_walks_with_them_answers_in_their_name_and_not_in_ones_own(world):
    callum, trace = world.who[WALKER], world.trace
    with acting_as(callum):
        with pytest.raises(Denied, match="Only the one this is about"):
            operations.answer(by=callum, part=world.part, words="I see it another way.", said_by=callum)
        written = operations.answer(by=callum, part=world.part, words="Aye.")
    assert (written.by, written.written_down_by) == (trace, callum)


@pytest.mark.parametrize("who", [READER, SPEAKER])
def test_row_security_alone_lets_no_reader_answer_under_their_own_name(world, who):
    reader = world.who[who]
    with acting_as(reader), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        PartAnswer(
            part=world.part, by=reader, written_down_by=reader, words="x", at=timezone.now()
        ).save(force_insert=True)  # fmt: skip


@pytest.mark.parametrize(
    ("thing", "change"),
    [
        ("tie", {"name": "Nobody"}),
        ("tie", {"words": "not said"}),
        ("tie", {"member": "callum"}),
        ("gap", {"words": "nothing at all"}),
        ("gap", {"named_on": DAY}),
        ("part", {"kind": "worry"}),
        ("part", {"speaker": "callum"}),
        ("part", {"began_at": timezone.now()}),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_what_was_said_stays_as_it_was_said_even_in_its_persons_own_row(world, thing, change):
    row = getattr(world, thing)
    change = {name: world.who[WALKER] if value == "callum" else value for name, value in change.items()}
    with (
        acting_as(world.trace),
        pytest.raises(DatabaseError, match="stays as it was said"),
        transaction.atomic(),
    ):
        type(row).objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize(
    "change", [{"audience": "walkers"}, {"audience": "named"}, {"put_away_at": timezone.now()}]
)
def test_row_security_alone_lets_who_said_it_only_keep_it_closer(world, change):
    with acting_as(world.who[SPEAKER]):
        hunch = StoryPart.objects.filter(pk=world.hunch.pk)
        with pytest.raises(DatabaseError, match="only keep it closer"), transaction.atomic():
            hunch.update(**change)
        assert hunch.update(audience="only_us") == 1


def test_what_the_person_chose_and_a_helper_cannot_read_stays_on_the_one_page(world):
    trace, callum = world.trace, world.who[WALKER]
    secret = said(trace, trace, "Only for us.", audience="only_us")
    with acting_as(trace):
        operations.choose_one_page(by=trace, person=trace, parts=[secret.pk, world.tie.pk])
    with acting_as(callum):
        page = operations.choose_one_page(
            by=callum, person=trace, parts=[world.part.pk], intro="Call me Trace."
        )
    assert page.parts == [str(world.part.pk), str(secret.pk)]
    with acting_as(trace):
        operations.choose_one_page(by=trace, person=trace, parts=[world.part.pk])
        assert OnePage.objects.get().parts == [str(world.part.pk)]


def test_the_same_thing_chosen_twice_stands_once_and_in_its_first_place(world):
    with acting_as(world.trace):
        page = operations.choose_one_page(
            by=world.trace, person=world.trace, parts=[world.tie.pk, world.part.pk, world.tie.pk]
        )
    assert page.parts == [str(world.tie.pk), str(world.part.pk)]


def test_days_are_kept_as_they_were_told(world):
    trace, then = world.trace, timezone.now() - dt.timedelta(days=40)
    with acting_as(trace):
        part = operations.say(by=trace, person=trace, kind="hope", words="A garden.", said_on=DAY, at=then)
        later = operations.say_again(by=trace, part=part, words="A yard.", at=then + dt.timedelta(days=2))
        away = operations.put_away(by=trace, part=part, at=then + dt.timedelta(days=3))
        gap = operations.name_gap(by=trace, person=trace, words="company", named_on=DAY)
        filled = operations.gap_filled(by=trace, gap=gap, on=DAY + dt.timedelta(days=1))
        change = operations.change_tie(by=trace, tie=world.tie, what="mended", on=DAY, at=then)
    with as_owner():
        assert part.versions.get(number=1).said_on == DAY
    assert (part.began_at, later.said_on) == (then, timezone.localtime(then + dt.timedelta(days=2)).date())
    assert away.put_away_at == then + dt.timedelta(days=3)
    assert (gap.named_on, filled.filled_on) == (DAY, DAY + dt.timedelta(days=1))
    assert (change.on, change.at) == (DAY, then)


def test_without_a_day_it_is_the_day_it_is_today_for_the_place(world):
    late = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)  # half past midnight in Tynebank
    with clock.moved_to(late), acting_as(world.trace):
        part = operations.say(by=world.trace, person=world.trace, kind="hope", words="A garden.")
        gap = operations.gap_filled(by=world.trace, gap=world.gap)
    with as_owner():
        assert part.versions.get().said_on == dt.date(2026, 7, 1)
    assert gap.filled_on == dt.date(2026, 7, 1)


@pytest.mark.parametrize("make", [operations.tie, operations.name_gap], ids=["tie", "gap"])
def test_a_helper_keeps_nothing_of_her_circle_from_the_others_and_she_may(world, make):
    said_of = {"name": "Mam"} if make is operations.tie else {"words": "company"}
    with acting_as(world.who[WALKER]), pytest.raises(Denied, match="you know it too"):
        make(by=world.who[WALKER], person=world.trace, audience="only_us", **said_of)
    with acting_as(world.trace):
        assert make(by=world.trace, person=world.trace, audience="only_us", **said_of).audience == "only_us"
