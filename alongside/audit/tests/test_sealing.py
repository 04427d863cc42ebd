"""A day is sealed once it is over, with everything in it, and takes nothing more."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from alongside.audit import chain
from alongside.audit.models import Event, Seal
from alongside.audit.operations import MARGIN, MOST_AT_ONCE, ClockAhead, due, seal_day, seal_what_is_over
from alongside.audit.recording import look, record
from alongside.audit.tests.sealed import Lived, at, day, found, lived_and_sealed, owners_hand, seals
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def due_at(moment):
    with working_on("audit.seal"):
        return due(now=moment)


def test_every_day_up_to_yesterday_is_sealed_the_quiet_ones_too():
    lived_and_sealed()
    kept = seals()
    assert [(seal.events, seal.looks) for seal in kept] == [(2, 2), (2, 2), (0, 0), (2, 2), (0, 0)]
    assert [seal.before for seal in kept] == [chain.FIRST, *(seal.link for seal in kept[:-1])]
    assert found() == []


def test_sealing_twice_is_sealing_once():
    lived_and_sealed()
    before = [seal.link for seal in seals()]
    assert seal_what_is_over() == []
    with working_on("audit.seal"):
        assert seal_day(by=None, day=day(3)).day == day(1)
    assert [seal.link for seal in seals()] == before


def test_nothing_is_sealed_where_nothing_was_written(db):
    assert seal_what_is_over() == []
    assert seals() == []


def test_a_day_is_sealed_an_hour_after_it_ended_and_not_before():
    Lived()
    midnight = chain.begin_of(day(1))
    assert due_at(midnight + MARGIN - dt.timedelta(seconds=1)) == (day(5), day(3))
    assert due_at(midnight + MARGIN) == (day(5), day(2))


def test_the_database_seals_no_day_that_is_not_over():
    Lived()
    seal_what_is_over(by_a_human=True)
    with working_on("audit.seal"), pytest.raises(DatabaseError, match="sealed when it is over"):
        seal_day(by=None, day=day(0))


def test_the_database_seals_no_day_out_of_turn():
    Lived()
    with working_on("audit.seal"):
        seal_day(by=None, day=day(5))
    with working_on("audit.seal"), pytest.raises(DatabaseError, match="follows the seal of the day before"):
        seal_day(by=None, day=day(3))


@pytest.mark.parametrize("before", ["", "f" * 64])
def test_the_database_takes_no_seal_that_follows_another(before):
    Lived()
    with working_on("audit.seal"):
        first = seal_day(by=None, day=day(5))
        other = Seal(
            day=day(4), events=0, looks=0, entries=b"", entries_digest="", before=before, link=first.link,
            sealed_at=timezone.now(),
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="follows the seal"), transaction.atomic():
            other.save(force_insert=True)


@pytest.mark.parametrize("before_today", [5, 3, 1, 9])
def test_a_sealed_day_takes_no_row_by_anybody(before_today):
    lived = lived_and_sealed()
    refused = pytest.raises(DatabaseError, match="is sealed and takes nothing more: is the clock")
    with clock.moved_to(at(before_today)), acting_as(lived.priya), refused, transaction.atomic():
        record("test.late", by=lived.priya, thing=lived.tracey)
    with clock.moved_to(at(before_today)), acting_as(lived.priya), refused, transaction.atomic():
        look(by=lived.priya, person_id=lived.tracey.pk, page="story", why="walking with me")
    with as_owner(), refused, transaction.atomic():
        Event.objects.create(at=at(before_today), did="x", by_id=lived.priya.pk, thing="x")


def test_today_takes_rows_whatever_is_sealed():
    lived = lived_and_sealed()
    with acting_as(lived.priya):
        record("test.did", by=lived.priya, thing=lived.tracey)
    assert found() == []


def test_more_days_than_a_long_weekend_are_sealed_only_when_a_human_says_so():
    lived_and_sealed()
    ahead = chain.begin_of(day(0)) + dt.timedelta(days=MOST_AT_ONCE + 1, hours=2)
    with clock.moved_to(ahead), pytest.raises(ClockAhead, match="If the clock of this machine is right"):
        seal_what_is_over()
    assert len(seals()) == 5
    with clock.moved_to(ahead):
        assert len(seal_what_is_over(by_a_human=True)) == MOST_AT_ONCE + 1


@pytest.mark.parametrize(
    "verb", ["UPDATE audit_seal SET id = id", "DELETE FROM audit_seal", "TRUNCATE audit_seal"]
)
def test_no_hand_changes_a_seal(verb):
    lived_and_sealed()
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        cursor.execute(verb)
    with as_owner() as cursor, pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        cursor.execute(verb)


def test_a_seal_holds_no_word_and_no_key_of_a_person():
    lived = lived_and_sealed()
    for seal in seals():
        packed = bytes(seal.entries)
        assert lived.tracey.pk.bytes not in packed
        assert b"walking" not in packed


def test_the_hand_that_takes_the_trigger_off_is_found():
    lived = lived_and_sealed()
    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_event SET did = 'test.other' WHERE id = %s", [lived.events[0].pk])
    assert [one.key for one in found()] == [lived.events[0].pk]
