"""What a database holds, in a form that two databases can be compared by."""

import json
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from alongside.kernel.backup.errors import BackupFailed, FileChanged

# The text of a row depends on these; both sides are told the same.
SAME_TEXT = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL search_path = '';
    SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0
"""
OURS = r"n.nspname NOT IN ('information_schema') AND n.nspname NOT LIKE 'pg\_%'"
NOT_AN_EXTENSIONS = (
    "NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'"
    " AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass)"
)
TABLES = f"""
    SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity,
           ARRAY(SELECT p.polname::text FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid ORDER BY 1)
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND {OURS} AND {NOT_AN_EXTENSIONS} ORDER BY 1, 2
"""  # noqa: S608 - put together from our own constants
# Rows of these would be left out without a word: the locks are on for us and no policy opens all of them.
CLOSED_TO_US = f"""
    SELECT n.nspname || '.' || c.relname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND {OURS} AND c.relrowsecurity
      AND (c.relforcerowsecurity OR NOT pg_has_role(current_user, c.relowner, 'USAGE'))
      AND NOT (SELECT r.rolsuper OR r.rolbypassrls FROM pg_catalog.pg_roles r WHERE r.rolname = current_user)
      AND (NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive
                       AND p.polcmd IN ('*', 'r') AND pg_get_expr(p.polqual, p.polrelid) = 'true'
                       AND EXISTS (SELECT FROM unnest(p.polroles) AS to_whom
                                   WHERE to_whom = 0 OR pg_has_role(current_user, to_whom, 'MEMBER')))
           OR EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive
                      AND p.polcmd IN ('*', 'r')
                      AND EXISTS (SELECT FROM unnest(p.polroles) AS to_whom
                                  WHERE to_whom = 0 OR pg_has_role(current_user, to_whom, 'MEMBER'))))
    ORDER BY 1
"""  # noqa: S608 - as above
ANYTHING = f"""
    SELECT n.nspname || '.' || c.relname
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS} AND {NOT_AN_EXTENSIONS} ORDER BY 1 LIMIT 1
"""  # noqa: S608 - as above


SCHEMAS = f"SELECT n.nspname FROM pg_catalog.pg_namespace n WHERE {OURS}"  # noqa: S608 - as above


@dataclass(frozen=True)
class Table:
    """One table: how many rows, a digest that does not depend on their order, and its locks."""

    name: str
    rows: int
    digest: str
    row_security: bool
    forced: bool
    policies: list[str]

    def as_json(self) -> dict[str, Any]:
        """For the manifest."""
        return asdict(self)


@dataclass(frozen=True)
class Manifest:
    """What a backup says is in it. `roles`: the names of the roles `app` and `owner` where it was made."""

    made_at: str
    roles: dict[str, str]
    tables: list[Table]
    secrets: dict[str, str]


def understood(data: bytes) -> Manifest:
    """What a backup says is in it. Raises FileChanged where that was not written by us."""
    try:
        said = json.loads(data)
        return Manifest(
            said["made_at"],
            {kind: said["roles"][kind] for kind in ("app", "owner")},
            [Table(**table) for table in said["tables"]],
            # A backup of an earlier release has none.
            dict(said.get("secrets", {})),
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise FileChanged(
            "The backup is sealed well but not written by Alongside: its list of contents is not ours."
        ) from error


def tables(connection: psycopg.Connection[Any]) -> list[Table]:
    """Every table of the database as this transaction sees it.

    Raises BackupFailed where row-level security would hide rows from this role: a backup that lacks some
    people without saying so is worse than none.
    """
    connection.execute(SAME_TEXT)
    closed = [name for (name,) in connection.execute(CLOSED_TO_US)]  # type: ignore[call-overload]
    if closed:
        raise BackupFailed(
            f"The role that owns the tables may not read every row of {', '.join(closed)}, so a backup would "
            "leave people out. Each table needs a policy for that role: run the migrations."
        )
    found = connection.execute(TABLES).fetchall()  # type: ignore[call-overload]
    return [_table(connection, *row) for row in found]


def _table(
    connection: psycopg.Connection[Any],
    schema: str,
    name: str,
    secured: bool,
    forced: bool,
    policies: list[str],
) -> Table:
    query = sql.SQL(
        "SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(t::text, 'UTF8')), 'hex'), 15))"
        "::bit(60)::bigint), 0)::text FROM {} AS t"
    ).format(sql.Identifier(schema, name))
    ((rows, digest),) = connection.execute(query).fetchall()
    return Table(f"{schema}.{name}", rows, digest, secured, forced, policies)


def anything_in(connection: psycopg.Connection[Any]) -> str | None:
    """The name of something that is already there, or None in an empty database."""
    row = connection.execute(ANYTHING).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def differences(wanted: list[Table], found: list[Table]) -> list[str]:
    """In sentences, what is not as it was; nothing when all is well."""
    known = {table.name: table for table in found}
    said = [
        f"{name} was not in the backup" for name in sorted(known.keys() - {table.name for table in wanted})
    ]
    for table in wanted:
        said += _difference(table, known.get(table.name))
    return said


def _difference(wanted: Table, found: Table | None) -> list[str]:
    if found is None:
        return [f"{wanted.name} is missing"]
    if found.rows != wanted.rows:
        return [f"{wanted.name} has {found.rows} rows instead of {wanted.rows}"]
    if found.digest != wanted.digest:
        return [f"{wanted.name} has rows that differ"]
    if found != wanted:
        return [f"the locks of {wanted.name} differ"]
    return []
