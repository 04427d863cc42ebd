"""Whatever the owner of the database does to the audit is found and named; and nothing else is."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit import verifying
from alongside.audit.models import Event, Look, Salt, Seal
from alongside.audit.recording import look, record
from alongside.audit.tests.sealed import (
    Lived,
    at,
    day,
    found,
    lived_and_sealed,
    owners_hand,
    sealed_anew,
    seals,
    whats,
)
from alongside.kernel.acting import acting_as, working_on
from tests.database import as_owner
from tests.examples import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived() -> Lived:
    return lived_and_sealed()


# What may be written over in a row, by its column.
ANOTHER = "00000000-0000-0000-0000-000000000007"
CHANGES = {
    "audit_event": {
        "did": "test.other", "by_id": ANOTHER, "work": "audit.seal", "person_id": None, "thing": "people.alias",
        "thing_id": None, "fields": json.dumps({"words": "0" * 64}),
    },
    "audit_look": {
        "by_id": ANOTHER, "person_id": ANOTHER, "page": "circle", "why": "a duty", "basis_id": ANOTHER,
        "parts": "[1]",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in CHANGES for column in CHANGES[table]]
)
def test_a_changed_field_is_found_and_its_row_named(lived, table, column):
    row = (lived.events if table == "audit_event" else lived.looks)[2]
    with owners_hand() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [CHANGES[table][column], row.pk])
    (one,) = found()
    assert (one.what, one.day, one.key) == ("changed", day(4), row.pk)
    assert f"{row.pk} of {day(4)}, 12:00:00 UTC, is not as it was sealed" in one.sentence


def test_every_column_of_a_row_is_tried():
    for model in (Event, Look):
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns - set(CHANGES[model._meta.db_table]) == {"id", "at"}


def test_a_row_that_was_deleted_is_missing(lived):
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_look WHERE id = %s", [lived.looks[0].pk])
    (one,) = found()
    assert (one.what, one.day, one.key, one.kind) == ("missing", day(5), lived.looks[0].pk, "look")
    assert "is not there any more" in one.sentence


@pytest.mark.parametrize("before_today", [5, 3, 1, 9])
def test_a_row_that_was_put_in_is_found(lived, before_today):
    """On a day with rows, on a quiet one, and before the first."""
    with owners_hand():
        row = Event.objects.create(at=at(before_today), did="test.did", by_id=lived.priya.pk, thing="x")
    (one,) = found()
    assert (one.what, one.day, one.key) == ("added", day(before_today), row.pk)


def swap_times(one, other):
    with owners_hand() as cursor:
        for row, moment in ((one, other.at), (other, one.at)):
            cursor.execute("UPDATE audit_event SET at = %s WHERE id = %s", [moment, row.pk])


def test_two_rows_that_changed_places_are_both_named(lived):
    one, other = lived.events[0], lived.events[1]
    swap_times(one, other)
    moved = found()
    assert {(each.what, each.day, each.key) for each in moved} == {
        ("moved", day(5), one.pk), ("moved", day(5), other.pk)
    }  # fmt: skip
    assert "12:00:00 UTC, stands in another place: its time was changed to" in moved[0].sentence


def test_two_rows_that_changed_days_are_named_on_both(lived):
    swap_times(lived.events[0], lived.events[2])
    keys = {lived.events[0].pk, lived.events[2].pk}
    assert {(one.what, one.day) for one in found()} == {
        (what, day(before)) for what in ("moved", "added") for before in (5, 4)
    }
    assert {one.key for one in found()} == keys


@pytest.mark.parametrize("never", ["infinity", "-infinity", "0044-03-15 BC"])
def test_a_row_put_out_of_all_time_is_named_and_stops_nothing(lived, never):
    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_look SET at = %s WHERE id = %s", [never, lived.looks[2].pk])
        cursor.execute("UPDATE audit_event SET did = 'x' WHERE id = %s", [lived.events[5].pk])
    told = {(one.what, one.key) for one in found()}
    assert told == {
        ("no_time", lived.looks[2].pk), ("missing", lived.looks[2].pk), ("changed", lived.events[5].pk)
    }  # fmt: skip


def test_a_seal_that_was_deleted_is_missing_and_the_others_still_tell(lived):
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE day = %s", [day(4)])
        cursor.execute("UPDATE audit_event SET did = 'x' WHERE id = %s", [lived.events[5].pk])
    assert whats() == [("seal_missing", day(4)), ("changed", day(2))]


def test_the_first_seals_deleted_are_told_by_what_follows_them(lived):
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE day <= %s", [day(4)])
    assert ("seal_missing", day(3)) in whats()


def test_the_last_seals_deleted_are_days_that_are_not_sealed(lived):
    with owners_hand() as cursor:
        cursor.execute("DELETE FROM audit_seal WHERE day >= %s", [day(2)])
    summary = verifying.Summary()
    with working_on("audit.verify"):
        assert list(verifying.verify(summary)) == []
    # Today holds what sealing itself wrote down: one event for each day.
    assert (summary.not_sealed, summary.not_sealed_rows, summary.waiting) == (
        [day(2), day(1), day(0)],
        9,
        True,
    )


SEAL_CHANGES = {
    "events": ("9", {"seal_changed"}),
    "looks": ("9", {"seal_changed"}),
    "entries": (b"", {"list_changed"}),
    "entries_digest": ("0" * 64, {"seal_changed", "list_changed", "day_changed"}),
    "before": ("0" * 64, {"seal_changed", "chain_broken"}),
    "sealed_at": (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), {"seal_changed"}),
    "link": ("0" * 64, {"seal_changed", "chain_broken"}),
}


@pytest.mark.parametrize("column", SEAL_CHANGES)
def test_a_seal_that_was_changed_is_found(lived, column):
    value, told = SEAL_CHANGES[column]
    with owners_hand() as cursor:
        cursor.execute(f"UPDATE audit_seal SET {column} = %s WHERE day = %s", [value, day(4)])
    assert {what for what, _day in whats()} == told
    assert {its for _what, its in whats()} <= {day(4), day(3)}


def test_every_column_of_a_seal_is_tried():
    assert {field.column for field in Seal._meta.concrete_fields} - set(SEAL_CHANGES) == {"id", "day"}


def test_a_list_that_is_no_list_is_told_and_not_fallen_over(lived):
    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_seal SET entries = 'x' WHERE day = %s", [day(4)])
    assert ("list_changed", day(4)) in whats()


def test_a_seal_made_anew_for_one_day_breaks_the_chain(lived):
    """Somebody who changes a row and seals that day again would have to seal every day after it too."""
    from alongside.audit.operations import made

    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_event SET did = 'x' WHERE id = %s", [lived.events[2].pk])
        old = Seal.objects.get(day=day(4))
        new = made(day(4), before=old.before)
        new.pk = old.pk
        new.save(force_update=True)
    assert whats() == [("chain_broken", day(3))]


def test_what_is_not_sealed_yet_is_said_to_be_so(lived):
    with acting_as(lived.priya):
        record("test.did", by=lived.priya, thing=lived.tracey)
        look(by=lived.priya, person_id=lived.tracey.pk, page="story", why="walking with me")
    summary = verifying.Summary()
    with working_on("audit.verify"):
        assert list(verifying.verify(summary)) == []
    assert (summary.days, summary.events, summary.looks) == (5, 6, 6)
    assert (summary.not_sealed, summary.not_sealed_rows, summary.waiting) == ([day(0)], 7, False)
    assert (summary.first, summary.last, summary.link) == (day(5), day(1), seals()[-1].link)


def test_erasing_somebody_leaves_the_chain_whole(lived):
    with as_owner():
        assert Salt.objects.all().delete()[0]
    assert found() == []


def test_a_chain_written_anew_tells_nothing_by_itself(lived):
    """This is why the seals go off the machine: see test_exporting."""
    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_event SET did = 'x' WHERE id = %s", [lived.events[2].pk])
    sealed_anew()
    assert found() == []


def test_where_everything_was_changed_some_are_named_and_all_are_counted(lived, monkeypatch):
    monkeypatch.setattr(verifying, "MOST_NAMED", 1)
    with owners_hand() as cursor:
        cursor.execute("UPDATE audit_event SET did = 'x'")
    told = [one for one in found() if one.day == day(4)]
    assert [one.what for one in told] == ["changed", "more"]
    assert told[1].sentence.startswith("1 more rows")


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["delete", "change", "later", "add"]),
        st.sampled_from(["audit_event", "audit_look"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda deed: deed[1:],
)


def done_by(cursor, lived, deed, table, number):
    """One deed of the owner's hand; the key of the row."""
    row = (lived.events if table == "audit_event" else lived.looks)[number]
    if deed == "add":
        copy = type(row).objects.get(pk=row.pk)
        copy.pk = None
        copy._state.adding = True
        copy.id = type(row)._meta.pk.default()
        copy.save(force_insert=True)
        return copy.pk
    column = {"audit_event": "did", "audit_look": "page"}[table]
    cursor.execute(
        {
            "delete": f"DELETE FROM {table} WHERE id = %s",
            "change": f"UPDATE {table} SET {column} = 'x' WHERE id = %s",
            "later": f"UPDATE {table} SET at = at + interval '1 second' WHERE id = %s",
        }[deed],
        [row.pk],
    )
    return row.pk


@given(deeds=DEEDS)
def test_whatever_a_hand_does_each_row_it_touched_is_named_and_no_other(lived, deeds):
    told = {"delete": "missing", "change": "changed", "later": "moved", "add": "added"}
    with undone():
        with owners_hand() as cursor:
            touched = {(told[deed], done_by(cursor, lived, deed, *rest)) for deed, *rest in deeds}
        assert {(one.what, one.key) for one in found()} == touched
