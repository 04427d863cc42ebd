"""The database itself: each table is locked, and each lock is the one in the code."""

from typing import Any

from django.db import connections

from alongside.config.cli.checks.locks import changed_locks, unlocked_tables
from tests.database import as_owner


def test_every_table_is_locked_or_named_as_open(db: None) -> None:
    with as_owner() as cursor:
        assert unlocked_tables(cursor) == []


def test_every_lock_is_the_one_in_the_code(committed: Any) -> None:
    with connections["owner"].cursor() as cursor:
        assert changed_locks(cursor) == []


def test_a_table_without_a_lock_is_found(db: None) -> None:
    with as_owner() as cursor:
        cursor.execute("CREATE TABLE planted (id int)")
        cursor.execute("ALTER TABLE people_reach NO FORCE ROW LEVEL SECURITY")
        assert unlocked_tables(cursor) == [
            "people_reach has no lock: its row-level security is not forced.",
            "planted is neither locked nor named as open.",
        ]


def test_a_lock_that_was_opened_by_hand_is_found(committed: Any) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER POLICY see ON people_reach USING (true)")
        cursor.execute("DROP POLICY remove ON people_alias")
        cursor.execute("CREATE POLICY planted ON people_person USING (true)")
        assert sorted(changed_locks(cursor)) == [
            "people_alias: the lock 'remove' is missing.",
            "people_person: the lock 'planted' is not ours.",
            "people_reach: the lock 'see' is not the one in the code.",
        ]
