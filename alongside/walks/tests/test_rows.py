"""The row locks of a walk alone, with no policy asked: who sees which row, and who forges one (I6, I7, I32)."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from alongside.kernel.acting import acting_as
from alongside.walks.tests.world import (
    COVER,
    DAY,
    DONE,
    EVERYBODY,
    LAW,
    LEAD,
    NEIGHBOUR,
    NEXT,
    NOW,
    OTHER,
    PERSON,
    READER,
    STEWARD,
    WALKER,
    WRITE,
    around_micky,
)
from tests.database import as_owner
from tests.standing import standing

LEADS = {LEAD, STEWARD}


built, world = standing(around_micky)


def count(table, column, key):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [key])
        return cursor.fetchone()[0]


def who_sees(world, table, column, key):
    with as_owner():
        assert count(table, column, key), "there is one to see"
    found = set()
    for who in EVERYBODY:
        with acting_as(world.who[who]):
            if count(table, column, key):
                found.add(who)
    return found


SEEN = [
    ("walks_walk", "id", "walk", WRITE),
    ("walks_walk", "id", "offered", WRITE),
    ("walks_walkperson", "walk_id", "walk", WRITE),
    ("walks_company", "walk_id", "walk", WRITE | LEADS | {DONE}),
    ("walks_walkstep", "walk_id", "walk", WRITE),
    ("walks_handover", "id", "talked", WRITE | {NEXT}),
    ("walks_handovermeeting", "handover_id", "talked", WRITE | {NEXT}),
    ("walks_repair", "id", "repair", WRITE),
    ("walks_challenge", "id", "agreed", WRITE),
    ("walks_saidfull", "id", "full", {WALKER} | LEADS),
    ("walks_away", "id", "away", {PERSON, WALKER, COVER} | LEADS),
]


@pytest.mark.parametrize(
    ("table", "column", "which", "sees"), SEEN, ids=[f"{row[0]}-{row[2]}" for row in SEEN]
)
def test_a_row_is_seen_by_those_whose_it_is_and_by_nobody_else(world, table, column, which, sees):
    assert who_sees(world, table, column, getattr(world, which).pk) == sees


def forged(world, who, table, **columns):
    """Whether somebody gets a row in past every policy."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    with acting_as(world.who[who]), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(columns.values()))
        except DatabaseError as no:
            if not isinstance(no.__cause__, InsufficientPrivilege):
                raise
            return False
    return True


OUTSIDE = [NEIGHBOUR, OTHER, NEXT, LEAD, STEWARD, DONE]


@pytest.mark.parametrize("who", [*OUTSIDE, READER, LAW])
def test_nobody_puts_themself_on_a_walk_of_others(world, who):
    me = world.who[who].pk
    columns = {"id": uuid.uuid4(), "walk_id": world.resting.pk, "person_id": me, "from_at": NOW}
    assert not forged(world, who, "walks_company", **columns, part="cover")
    assert not forged(world, who, "walks_walkperson", **columns)


@pytest.mark.parametrize("who", [*OUTSIDE, READER, LAW])
def test_nobody_else_writes_a_step_down(world, who):
    columns = {"id": uuid.uuid4(), "walk_id": world.walk.pk, "step": "rested", "words": "x", "at": NOW}
    assert not forged(world, who, "walks_walkstep", **columns, by_id=world.who[who].pk)


def test_nobody_writes_a_step_down_in_anothers_hand(world):
    columns = {"id": uuid.uuid4(), "walk_id": world.walk.pk, "step": "rested", "words": "x", "at": NOW}
    for who, other in ((WALKER, COVER), (PERSON, WALKER), (COVER, PERSON)):
        assert not forged(world, who, "walks_walkstep", **columns, by_id=world.who[other].pk)
    assert forged(world, WALKER, "walks_walkstep", **columns, by_id=world.who[WALKER].pk)


@pytest.mark.parametrize("who", [*OUTSIDE, READER, LAW])
def test_nobody_else_begins_a_handover(world, who):
    assert not forged(
        world, who, "walks_handover", id=uuid.uuid4(), walk_id=world.resting.pk, from_walker_id=world.bev.pk,
        to_walker_id=world.who[OTHER].pk, why="x", state="talking", choice_words="", began_at=NOW, state_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_moves_a_walk_a_handover_or_an_answer(world, who):
    statements = [
        ("UPDATE walks_walk SET state = 'resting' WHERE id = %s", world.walk),
        ("UPDATE walks_handover SET state = 'let_go' WHERE id = %s", world.talked),
        ("UPDATE walks_repair SET answer = 'no' WHERE id = %s", world.repair),
        ("UPDATE walks_challenge SET over_at = now() WHERE id = %s", world.agreed),
        ("UPDATE walks_company SET to_at = now() WHERE walk_id = %s AND to_at IS NULL", world.walk),
    ]
    with acting_as(world.who[who]), connection.cursor() as cursor:
        for statement, thing in statements:
            with transaction.atomic():
                cursor.execute(statement, [thing.pk])
                assert cursor.rowcount == 0, statement


@pytest.mark.parametrize(("who", "worker"), [
    (OTHER, WALKER), (LEAD, WALKER), (STEWARD, WALKER), (PERSON, WALKER), (PERSON, PERSON), (NEIGHBOUR, NEIGHBOUR),
])  # fmt: skip
def test_nobody_is_full_for_another_nor_who_walks_with_nobody(world, who, worker):
    assert not forged(
        world,
        who,
        "walks_saidfull",
        id=uuid.uuid4(),
        worker_id=world.who[worker].pk,
        words="",
        said_at=NOW,
        answer="",
    )


@pytest.mark.parametrize(
    ("who", "may"), [(OTHER, False), (PERSON, False), (NEIGHBOUR, False), (LEAD, True), (STEWARD, True)]
)
def test_days_away_of_another_are_said_by_those_who_lead(world, who, may):
    columns = {"id": uuid.uuid4(), "worker_id": world.bev.pk, "from_day": DAY, "to_day": DAY, "said_at": NOW}
    assert forged(world, who, "walks_away", **columns) is may


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_gap_is_found_by_the_house_and_forged_by_nobody(world, who):
    columns = {"id": uuid.uuid4(), "walk_id": world.walk.pk, "why": "no_cover", "found_on": DAY}
    assert not forged(world, who, "walks_covergap", **columns)


@pytest.mark.parametrize("who", EVERYBODY)
def test_nothing_of_a_walk_is_thrown_away_by_anybody(world, who):
    with acting_as(world.who[who]), connection.cursor() as cursor:
        for table, thing in (("walks_walk", world.walk), ("walks_handover", world.talked), ("walks_away", world.away),
                             ("walks_repair", world.repair), ("walks_saidfull", world.full)):  # fmt: skip
            try:
                with transaction.atomic():
                    cursor.execute(f'DELETE FROM "{table}" WHERE id = %s', [thing.pk])
                    assert cursor.rowcount == 0
            except DatabaseError as no:
                if not isinstance(no.__cause__, InsufficientPrivilege):
                    raise
