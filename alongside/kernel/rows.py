"""Row-level security, declared: the second lock, under the policies.

A room says in its `row_security.py` who may see, add, change and remove the rows of its tables, as SQL
conditions over the functions of the schema `guard`; `apply()` writes them into the database as the
owner, after every migration. Every table is either forced or named in `OPEN` with its reason; a house
test compares this with the database itself.

Conditions use `(SELECT guard.f())` so that PostgreSQL asks once a statement and not once a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

ME = "(SELECT guard.me())"
MINE = "ANY((SELECT guard.selves())::uuid[])"
SIGNED_IN = f"({ME} IS NOT NULL)"
NOBODY = "false"
ANYONE = "true"


def doing(*works: str) -> str:
    """The condition that one of these named works of the house is running."""
    names = ", ".join(f"'{work}'" for work in works)
    return f"((SELECT guard.work()) IN ({names}))"


def within(table: str, key: str) -> str:
    """The condition that the row `key` points at in `table` may itself be seen (by index, row by row)."""
    return f'EXISTS (SELECT 1 FROM "{table}" parent WHERE parent.id = {key})'


def holding(*roles: str) -> str:
    """The condition that the one who acts holds one of these roles today."""
    names = ", ".join(f"'{role}'" for role in roles)
    return f"(SELECT guard.holds(ARRAY[{names}]))"


@dataclass(frozen=True)
class Rows:
    """Who may do what with the rows of one table: SQL conditions (`NOBODY` where it may never be)."""

    table: str
    see: str
    add: str = NOBODY
    change: str = NOBODY
    remove: str = NOBODY

    def statements(self) -> Iterator[str]:
        """The SQL that puts this lock on (idempotent)."""
        yield f'ALTER TABLE "{self.table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{self.table}" FORCE ROW LEVEL SECURITY'
        yield f'CREATE POLICY owner ON "{self.table}" TO CURRENT_USER USING (true) WITH CHECK (true)'
        yield f'CREATE POLICY see ON "{self.table}" FOR SELECT USING ({self.see})'
        yield f'CREATE POLICY add ON "{self.table}" FOR INSERT WITH CHECK ({self.add})'
        yield f'CREATE POLICY change ON "{self.table}" FOR UPDATE USING ({self.change}) WITH CHECK ({self.change})'
        yield f'CREATE POLICY remove ON "{self.table}" FOR DELETE USING ({self.remove})'


BASE = """
CREATE SCHEMA IF NOT EXISTS guard;
CREATE OR REPLACE FUNCTION guard.me() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('alongside.actor', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION guard.work() RETURNS text LANGUAGE sql STABLE AS
  $$ SELECT coalesce(current_setting('alongside.work', true), '') $$;
CREATE OR REPLACE FUNCTION guard.account() RETURNS uuid LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('alongside.account', true), '')::uuid $$;

-- For a trigger BEFORE UPDATE: whoever acts may change the columns it names and no other (I16).
CREATE OR REPLACE FUNCTION guard.stays_as_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF guard.me() IS NOT NULL AND (to_jsonb(NEW) - TG_ARGV) IS DISTINCT FROM (to_jsonb(OLD) - TG_ARGV) THEN
    RAISE EXCEPTION 'what was said stays as it was said (%)', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
"""


def declarations() -> Iterator[ModuleType]:
    """Each room's `row_security` module, lowest room first."""
    for config in apps.get_app_configs():
        if config.name.startswith("alongside.") and find_spec(f"{config.name}.row_security"):
            yield import_module(f"{config.name}.row_security")


def all_rows() -> dict[str, Rows]:
    """Every locked table and its conditions."""
    return {rows.table: rows for module in declarations() for rows in getattr(module, "ROWS", [])}


def open_tables() -> dict[str, str]:
    """Every table without a lock, and the reason why (it holds no person)."""
    return {table: why for module in declarations() for table, why in getattr(module, "OPEN", {}).items()}


def _drop_policies(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
    for table, name in cursor.fetchall():
        cursor.execute(f'DROP POLICY "{name}" ON "{table}"')


def _grant(cursor: CursorWrapper, role: str) -> None:
    cursor.execute(f"""
        GRANT USAGE ON SCHEMA public, guard TO "{role}";
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}";
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}";
        REVOKE ALL ON ALL FUNCTIONS IN SCHEMA guard FROM PUBLIC;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA guard TO "{role}";
    """)


def apply(connection: BaseDatabaseWrapper, role: str) -> None:
    """Write every lock and grant into the database, in one transaction, as its owner.

    `connection` belongs to the owner; `role` is the ordinary role that runs. Old policies go first, so
    that what stands in the database is what stands in the code.
    """
    from django.db import transaction

    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _drop_policies(cursor)
        cursor.execute(BASE)
        for module in declarations():
            if functions := getattr(module, "FUNCTIONS", ""):
                cursor.execute(functions)
        for rows in all_rows().values():
            for statement in rows.statements():
                cursor.execute(statement)
        _grant(cursor, role)
        for module in declarations():
            for table in getattr(module, "APPEND_ONLY", []):
                cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM "{role}"')
