"""The row locks of a plan alone, with no policy asked: who sees which row, and who forges one (I1, I2, T1)."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege, RaiseException

from alongside.doings.tests.world import (
    DAY,
    DUTY,
    EVERYBODY,
    HELPER,
    LAW,
    NEIGHBOUR,
    NOW,
    OWNER,
    PAGE,
    PERSON,
    STEWARD,
    WALKER,
)
from alongside.kernel.acting import acting_as
from tests.database import as_owner

OUTSIDE = [NEIGHBOUR, STEWARD, OWNER, HELPER, DUTY]


def seen(table, column, key):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [key])
        return bool(cursor.fetchone()[0])


SEEN = [
    ("doings_doing", "id", "mine", PAGE),
    ("doings_doing", "id", "helped", PAGE | {OWNER, HELPER}),
    ("doings_doing", "id", "to", PAGE),
    ("doings_doing", "id", "proposed", PAGE | {DUTY}),
    ("doings_doingstep", "doing_id", "mine", PAGE),
    ("doings_doingstep", "doing_id", "helped", PAGE | {OWNER, HELPER}),
    ("doings_quickthing", "id", "quick", PAGE | {OWNER}),
    ("doings_promise", "id", "promised", PAGE | {OWNER}),
    ("doings_together", "id", "ours", {PERSON, HELPER}),
    ("doings_belongs", "id", "asked", {PERSON, HELPER}),
    ("doings_calendarfeed", "id", "feed", {PERSON}),
]


@pytest.mark.parametrize(
    ("table", "column", "which", "sees"), SEEN, ids=[f"{row[0]}-{row[2]}" for row in SEEN]
)
def test_a_row_is_seen_by_those_it_is_for_and_by_nobody_else(world, table, column, which, sees):
    key = getattr(world, which).pk
    with as_owner():
        assert seen(table, column, key), "there is one to see"
    found = set()
    for who in EVERYBODY:
        with acting_as(world.who[who]):
            if seen(table, column, key):
                found.add(who)
    assert found == sees


def forged(world, who, table, **columns):
    """Whether somebody gets a row in past every policy. A slip in the statement itself is no refusal."""
    columns = {"id": uuid.uuid4()} | columns
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with acting_as(world.who[who]), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(columns.values()))
        except DatabaseError as no:
            if not isinstance(no.__cause__, (InsufficientPrivilege, RaiseException)):
                raise
            return False
    return True


def a_quick_thing(world, hand):
    return {
        "person_id": world.trace.pk, "words": "Bulb.", "owner_id": hand, "owner_words": "", "settled_words": "",
        "written_down_by_id": hand, "at": NOW,
    }  # fmt: skip


def a_promise(world, hand):
    return {
        "person_id": world.trace.pk, "words": "Ring.", "day": DAY, "where_words": "", "coming": False, "owner_id": hand,
        "owner_words": "", "state": "open", "told_words": "", "audience": "walkers", "written_down_by_id": hand,
        "at": NOW,
    }  # fmt: skip


def a_step(world, hand):
    return {
        "doing_id": world.mine.pk, "number": 2, "follows": 1, "what": "reworded", "lane": "by", "words": "Mine now.",
        "at": NOW, "by_id": hand,
    }  # fmt: skip


FORGED = [("doings_quickthing", a_quick_thing), ("doings_promise", a_promise), ("doings_doingstep", a_step)]


@pytest.mark.parametrize(("table", "row"), FORGED, ids=[table for table, _row in FORGED])
def test_a_row_is_written_by_those_who_write_on_the_page_in_their_own_hand(world, table, row):
    assert {who for who in EVERYBODY if written(world, who, table, row)} == PAGE


def written(world, who, table, row):
    """Tried, and taken back again, so that the next one tries it afresh."""
    with transaction.atomic():
        done = forged(world, who, table, **row(world, world.who[who].pk))
        transaction.set_rollback(True)
    return done


@pytest.mark.parametrize(("table", "row"), FORGED, ids=[table for table, _row in FORGED])
def test_nobody_writes_in_anothers_hand(world, table, row):
    for who, other in ((WALKER, PERSON), (PERSON, WALKER), (LAW, WALKER)):
        assert not forged(world, who, table, **row(world, world.who[other].pk))


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_changes_anything_of_it(world, who):
    statements = [
        ("UPDATE doings_doing SET state = 'let_go', over_at = now() WHERE id = %s", world.mine),
        ("UPDATE doings_doing SET audience = 'named' WHERE id = %s", world.mine),
        ("UPDATE consent_consent SET withdrawn_at = now() WHERE id = %s", world.yes),
        ("UPDATE doings_calendarfeed SET ended_at = now() WHERE id = %s", world.feed),
    ]
    with acting_as(world.who[who]), connection.cursor() as cursor:
        for statement, thing in statements:
            with transaction.atomic():
                cursor.execute(statement, [thing.pk])
                assert cursor.rowcount == 0, statement


@pytest.mark.parametrize("columns", [
    {"state": "let_go", "over_at": NOW}, {"owner_words": "me"}, {"audience": "only_us"}, {"helper_words": "Bev"},
], ids=lambda columns: next(iter(columns)))  # fmt: skip
def test_whoever_owns_one_thing_says_that_it_is_done_and_no_more(world, columns):
    sets = ", ".join(f'"{name}" = %s' for name in columns)
    with acting_as(world.who[OWNER]), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="says that it is done, and no more"), transaction.atomic():
            cursor.execute(
                f"UPDATE doings_doing SET {sets} WHERE id = %s", [*columns.values(), world.helped.pk]
            )
        cursor.execute(
            "UPDATE doings_doing SET state = 'done', over_at = now() WHERE id = %s", [world.helped.pk]
        )
        assert cursor.rowcount == 1


@pytest.mark.parametrize("who", [WALKER, LAW])
def test_whom_it_is_for_is_said_by_the_person_alone(world, who):
    with (
        acting_as(world.who[who]),
        pytest.raises(DatabaseError, match="for the person to say"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE doings_doing SET audience = 'named' WHERE id = %s", [world.mine.pk])


@pytest.mark.parametrize(("table", "which", "column"), [
    ("doings_doing", "mine", "words"), ("doings_quickthing", "quick", "words"), ("doings_promise", "promised", "words"),
    ("doings_doing", "mine", "from_where"), ("doings_promise", "promised", "where_words"),
])  # fmt: skip
def test_what_was_said_stays_as_it_was_said(world, table, which, column):
    for who in (PERSON, WALKER):
        with (
            acting_as(world.who[who]),
            pytest.raises(DatabaseError, match="stays as it was said"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', ["xx", getattr(world, which).pk]
            )


@pytest.mark.parametrize("who", EVERYBODY)
def test_nothing_of_a_plan_is_thrown_away_by_anybody(world, who):
    things = {"doings_doing": world.mine, "doings_quickthing": world.quick, "doings_promise": world.promised,
              "doings_belongs": world.asked, "doings_calendarfeed": world.feed}  # fmt: skip
    with acting_as(world.who[who]), connection.cursor() as cursor:
        for table, thing in things.items():
            try:
                with transaction.atomic():
                    cursor.execute(f'DELETE FROM "{table}" WHERE id = %s', [thing.pk])
                    assert cursor.rowcount == 0
            except DatabaseError as no:
                if not isinstance(no.__cause__, InsufficientPrivilege):
                    raise
