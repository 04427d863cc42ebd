"""Locks as they are declared and as they stand in the database."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from alongside.kernel import rows
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.postgres import APP_ROLE
from alongside.kernel.rows import ME, NOBODY, Rows, all_rows, doing, holding, open_tables, within
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner


def test_a_lock_is_closed_unless_it_says_otherwise() -> None:
    lock = Rows("planted", see=f"person_id = {ME}")
    assert (lock.add, lock.change, lock.remove) == (NOBODY, NOBODY, NOBODY)
    sql = list(lock.statements())
    assert sql[1] == 'ALTER TABLE "planted" FORCE ROW LEVEL SECURITY'
    assert sql[-1] == 'CREATE POLICY remove ON "planted" FOR DELETE USING (false)'


def test_conditions_ask_once_a_statement_and_not_once_a_row() -> None:
    assert doing("hello", "demo") == "((SELECT guard.work()) IN ('hello', 'demo'))"
    assert holding("place_steward") == "(SELECT guard.holds(ARRAY['place_steward']))"
    assert within("story_part", "part_id") == (
        'EXISTS (SELECT 1 FROM "story_part" parent WHERE parent.id = part_id)'
    )


def test_no_condition_uses_what_is_slow_over_many_rows() -> None:
    conditions = {
        f"{lock.table}.{what}": getattr(lock, what)
        for lock in all_rows().values()
        for what in ("see", "add", "change", "remove")
    }
    assert [name for name, sql in conditions.items() if " IN (SELECT guard." in sql] == []


def test_a_table_is_locked_once_or_open_with_a_reason() -> None:
    declared = [lock.table for module in rows.declarations() for lock in getattr(module, "ROWS", [])]
    assert len(declared) == len(set(declared))
    assert [table for table, why in open_tables().items() if not why.strip()] == []


@pytest.fixture
def planted(committed: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A table with two people's words, whose lock lets each see their own and say more."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE planted (person_id uuid, words text)")
    room = SimpleNamespace(ROWS=[Rows("planted", see=f"person_id = {ME}", add=f"person_id = {ME}")])
    others = list(rows.declarations())
    monkeypatch.setattr(rows, "declarations", lambda: iter([*others, room]))
    rows.apply(connections["owner"], APP_ROLE)
    return "planted"


def words_seen() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM planted")
        return [words for (words,) in cursor.fetchall()]


def say(whose: Person, words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO planted VALUES (%s, %s)", [whose.pk, words])


def test_a_lock_lets_each_see_and_add_their_own_and_no_more(planted: str) -> None:
    tracey, priya = cast.person(), cast.person("Priya Nair")
    with acting_as(tracey):
        say(tracey, "mine")
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            say(priya, "put in her mouth")
    with acting_as(priya):
        assert words_seen() == []
    with acting_as(tracey), connection.cursor() as cursor:
        cursor.execute("UPDATE planted SET words = 'changed'")
        assert cursor.rowcount == 0
        cursor.execute("DELETE FROM planted")
        assert cursor.rowcount == 0
        assert words_seen() == ["mine"]


def test_nobody_in_particular_sees_nothing(planted: str) -> None:
    tracey = cast.person()
    with acting_as(tracey):
        say(tracey, "mine")
    assert words_seen() == []
    with working_on("a.work.no.lock.knows"):
        assert words_seen() == []


def test_locks_are_written_anew_and_strange_ones_go(planted: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE POLICY wide_open ON planted USING (true)")
        rows.apply(connections["owner"], APP_ROLE)
        cursor.execute("SELECT policyname FROM pg_policies WHERE tablename = 'planted' ORDER BY 1")
        assert [name for (name,) in cursor.fetchall()] == ["add", "change", "owner", "remove", "see"]


def test_a_lock_that_cannot_be_put_on_leaves_the_old_ones(
    planted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = SimpleNamespace(ROWS=[Rows("not_a_table", see="true")])
    monkeypatch.setattr(rows, "declarations", lambda: iter([broken]))
    with pytest.raises(DatabaseError):
        rows.apply(connections["owner"], APP_ROLE)
    with as_owner() as cursor:
        cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = 'planted'")
        assert cursor.fetchone()[0] == 5


@pytest.mark.parametrize(
    "sql", ["UPDATE audit_look SET why = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_what_is_only_added_to_cannot_be_changed_by_the_role_that_runs(db: None, sql: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql", ["ALTER TABLE people_person DISABLE ROW LEVEL SECURITY", "DROP POLICY see ON people_reach"]
)
def test_the_role_that_runs_cannot_take_a_lock_off(db: None, sql: str) -> None:
    with pytest.raises(DatabaseError, match="must be owner"), connection.cursor() as cursor:
        cursor.execute(sql)
