"""Every way into a table tried one by one, and every condition of its lock broken to see that it is missed.

A room's test says who may do what with which row; `wrong` compares that with the database itself, verb by
verb. `breaks` weakens or narrows a lock in each of its words, so that a test can ask: would we notice?
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from django.db import IntegrityError, ProgrammingError, connection, transaction
from psycopg.errors import RaiseException

from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.models import Model
from alongside.kernel.rows import Rows, all_rows
from tests.database import as_owner

VERBS = {"s": "see", "a": "add", "c": "change", "r": "remove"}
# Who acts: a person, the name of a work of the house, or nobody at all.
Who = Any


def _acting(who: Who) -> AbstractContextManager[None]:
    if who is None:
        return nullcontext()
    return working_on(who) if isinstance(who, str) else acting_as(who)


def _run(verb: str, row: Model, kept: str) -> bool:
    table = row._meta.db_table
    ways: dict[str, tuple[str, list[Any]]] = {
        "s": (f'SELECT 1 FROM "{table}" WHERE id = %s', [row.pk]),
        "a": (f'INSERT INTO "{table}" SELECT * FROM json_populate_record(NULL::"{table}", %s)', [kept]),
        "c": (f'UPDATE "{table}" SET id = id WHERE id = %s', [row.pk]),
        "r": (f'DELETE FROM "{table}" WHERE id = %s', [row.pk]),
    }
    statement, values = ways[verb]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount > 0


def may(verb: str, row: Model, kept: str) -> bool:
    """Whether the one who acts may do it with this row (`kept`: the row as JSON). What was done is undone."""
    try:
        with transaction.atomic():
            done = _run(verb, row, kept)
            transaction.set_rollback(True)
        return done
    except IntegrityError:
        return True  # Past the lock: it stumbled over the row that is there already.
    except ProgrammingError as error:
        if isinstance(error.__cause__, RaiseException):
            return True  # Past the lock: a trigger looks at what is changed.
        if not re.search("row-level security|permission denied", str(error)):
            raise
        return False


def _kept(row: Model) -> str:
    with as_owner() as cursor:
        cursor.execute(f'SELECT row_to_json(t) FROM "{row._meta.db_table}" t WHERE id = %s', [row.pk])
        found = cursor.fetchone()[0]
    return found if isinstance(found, str) else json.dumps(found)


def wrong(
    rows: Mapping[str, Model],
    expected: Mapping[str, Mapping[str, str]],
    people: Mapping[str, Who],
    verbs: str = "sacr",
) -> Iterator[str]:
    """Where the database differs from `expected`: {row: {who: "sacr"}}; who is not named may nothing."""
    kept = {name: _kept(row) for name, row in rows.items()}
    for who, acts in people.items():
        with _acting(acts):
            for name, row in rows.items():
                allowed = expected[name].get(who, "")
                for verb in verbs:
                    if may(verb, row, kept[name]) != (verb in allowed):
                        yield f"{who} {'may not' if verb in allowed else 'may'} {VERBS[verb]} {name}"


def breaks(rows: Rows) -> Iterator[tuple[str, str, str]]:
    """(verb, what is broken, condition): this lock opened to all, shut, and with each of its words gone."""
    for verb in VERBS.values():
        whole = getattr(rows, verb)
        for plain in {"true", "false"} - {whole}:
            yield verb, plain, plain
        ways = _parts(whole, " OR ")
        for way in ways if len(ways) > 1 else []:
            yield verb, f"without {way}", " OR ".join(other for other in ways if other is not way)
        for way in ways:
            both = _parts(way[1:-1], " AND ") if way.startswith("(") else [way]
            for one in both if len(both) > 1 else []:
                rest = " AND ".join(part for part in both if part is not one)
                yield verb, f"without AND {one}", whole.replace(way, f"({rest})")
        for word in dict.fromkeys(re.findall(r"'[a-z_.]+'", whole)):
            yield verb, f"without {word}", whole.replace(word, "'nobody'")


def _parts(condition: str, joined_by: str) -> list[str]:
    """Split where no bracket is open."""
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(condition):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth == 0 and condition.startswith(joined_by, at):
            parts.append(condition[start:at])
            start = at + len(joined_by)
    return [*parts, condition[start:]]


@contextmanager
def broken(table: str, verb: str, condition: str) -> Iterator[None]:
    """The lock as if that stood in the code, until the end of the block."""
    using = f"USING ({condition})" if verb != "add" else ""
    check = f"WITH CHECK ({condition})" if verb in ("add", "change") else ""
    with transaction.atomic():
        with as_owner() as cursor:
            cursor.execute(f'ALTER POLICY {verb} ON "{table}" {using} {check}')
        yield
        transaction.set_rollback(True)


def unnoticed(
    rows: Mapping[str, Model], expected: Mapping[str, Mapping[str, str]], people: Mapping[str, Who]
) -> list[str]:
    """Every way to break the lock of these rows' table that `wrong` would not notice."""
    table = next(iter(rows.values()))._meta.db_table
    missed = []
    for verb, what, condition in breaks(all_rows()[table]):
        with broken(table, verb, condition):
            if next(wrong(rows, expected, people, verb[0]), None) is None:
                missed.append(f"{verb} {what}")
    return missed
