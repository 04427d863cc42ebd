"""Every write of a moment, tried as everybody: refused in a sentence, by each lock alone; never a word in the audit."""

import pytest
from django.db import DatabaseError, transaction

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.walks import operations as walks
from alongside.walks.models import Draft, Moment, MomentAfter, MomentWith, TimeWriting
from alongside.walks.tests.moments import (
    COVER,
    DEEDS,
    DRAFT_DEEDS,
    EVERYBODY,
    LEAD,
    LONG_AGO,
    NEIGHBOUR,
    OTHER,
    PAST,
    PERSON,
    READER,
    STEWARD,
    TOGETHER,
    WALKER,
    micky_and_his_moments,
    recorded,
)
from tests import deeds
from tests.standing import standing

pytestmark = pytest.mark.django_db


built, world = standing(micky_and_his_moments)


@deeds.named(DEEDS + DRAFT_DEEDS)
def test_whoever_may_not_is_refused_in_a_sentence(deed, world):
    deeds.refused(deed, EVERYBODY, world, "walks")


@deeds.named(DEEDS + DRAFT_DEEDS)
def test_row_security_alone_refuses_them_too(deed, world):
    deeds.refused_by_the_database(deed, EVERYBODY, world, "walks")


@deeds.each(DEEDS + DRAFT_DEEDS)
def test_whoever_may_does_it_and_no_word_of_it_is_in_the_audit(deed, who, world):
    deeds.recorded(deed, who, world)


@deeds.named([one for one in DEEDS if "words" in one.fields])
def test_words_are_digested_with_the_salt_of_the_one_whose_page_it_is(deed, world):
    deeds.digested_for(deed, WALKER, world, world.micky)


@deeds.named(DEEDS + DRAFT_DEEDS)
def test_nothing_is_done_where_the_audit_cannot_be_written(deed, world):
    deeds.undone_without_audit(deed, next(who for who in EVERYBODY if who in deed.may), world, "walks")


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {WALKER}))
def test_a_draft_is_there_for_its_author_alone(who, world):
    with acting_as(world.who[who]):
        assert not Draft.objects.exists()


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {WALKER}))
def test_how_long_writing_took_is_seen_by_nobody_else_not_even_those_who_lead(who, world):
    with acting_as(world.who[who]):
        assert not TimeWriting.objects.exists()


def test_a_worker_sees_how_long_their_own_writing_took(world):
    with acting_as(world.who[WALKER]):
        assert [one.seconds for one in TimeWriting.objects.all()] == [50]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (PERSON, {"moment", "said", "written"}),
        (WALKER, {"moment", "said", "written"}),
        (COVER, {"moment", "said", "written"}),
        (READER, {"moment"}),
        (PAST, {"written"}),
        (TOGETHER, set()),
        (NEIGHBOUR, set()),
        (LEAD, set()),
        (STEWARD, set()),
        (OTHER, set()),
    ],
)
def test_a_moment_is_for_those_it_is_for(who, sees, world):
    with acting_as(world.who[who]):
        found = set(Moment.objects.values_list("pk", flat=True))
    assert found == {getattr(world, name).pk for name in sees}


def test_who_was_there_too_reads_that_one_moment_and_answers(world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    shared = recorded(bev, world.micky, "All three of us at the allotment.", with_=[denise])
    with acting_as(denise):
        assert [one.pk for one in Moment.objects.all()] == [shared.pk]
        answer = walks.answer_moment(by=denise, moment=shared, words="That was a good day.")
        with pytest.raises(Denied):
            walks.answer_moment(by=denise, moment=world.moment, words="x")
    assert answer.by == denise


def test_nobody_outside_the_walk_was_there_too(world):
    with acting_as(world.who[WALKER]), pytest.raises(Denied, match="not walked with together"):
        walks.record_moment(by=world.who[WALKER], person=world.micky, words="x", with_=[world.who[NEIGHBOUR]])


def test_the_database_lets_nobody_outside_the_walk_be_there_too(world):
    bev = world.who[WALKER]
    with acting_as(bev), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        MomentWith(moment=world.moment, person=world.who[NEIGHBOUR], at=world.moment.at).save(
            force_insert=True
        )


def test_nobody_tells_a_moment_for_a_third(world):
    bev, priya = world.who[WALKER], world.who[COVER]
    with acting_as(bev), pytest.raises(Denied, match="Others say it themselves"):
        walks.record_moment(by=bev, person=world.micky, words="x", who=priya)
    with acting_as(bev), deeds.no_policies(), pytest.raises(DatabaseError), transaction.atomic():
        walks.record_moment(by=bev, person=world.micky, words="x", who=priya)


def test_what_somebody_writes_down_is_not_kept_from_them(world):
    bev = world.who[WALKER]
    with acting_as(bev), pytest.raises(Denied, match="You are writing this down"):
        walks.record_moment(by=bev, person=world.micky, words="x", who=world.micky, audience="only_us")


def test_one_who_walks_with_them_writes_their_answer_down(world):
    bev = world.who[WALKER]
    with acting_as(bev):
        answer = walks.answer_moment(by=bev, moment=world.moment, words="Aye.", said_by=world.micky)
        with pytest.raises(Denied, match="Answer for yourself"):
            walks.answer_moment(by=bev, moment=world.moment, words="x", said_by=world.who[COVER])
    assert (answer.by, answer.written_down_by) == (world.micky, bev)


def test_the_database_puts_no_answer_in_anothers_mouth(world):
    bev = world.who[WALKER]
    with acting_as(bev), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        MomentAfter(
            moment=world.moment, kind="answer", number=1, words="x", by=world.who[COVER],
            written_down_by=bev, at=LONG_AGO,
        ).save(force_insert=True)  # fmt: skip


def test_only_us_is_for_the_two_alone(world):
    told = recorded(world.who[WALKER], world.micky, "Between us.", audience="only_us")
    with acting_as(world.who[COVER]):
        assert not Moment.objects.filter(pk=told.pk).exists()
    with acting_as(world.micky):
        assert Moment.objects.filter(pk=told.pk).exists()


def test_what_the_person_keeps_closer_is_gone_from_the_next_page(world):
    with acting_as(world.micky):
        walks.set_moment_audience(by=world.micky, moment=world.moment, audience="only_us")
    with acting_as(world.who[COVER]):
        assert not Moment.objects.filter(pk=world.moment.pk).exists()
    with acting_as(world.who[READER]):
        assert not Moment.objects.filter(pk=world.moment.pk).exists()


def test_no_words_of_a_moment_ever_change(world):
    with (
        acting_as(world.micky),
        pytest.raises(DatabaseError, match="stays as it was said"),
        transaction.atomic(),
    ):
        Moment.objects.filter(pk=world.moment.pk).update(words="x")
