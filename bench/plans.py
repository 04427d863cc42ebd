"""Which tables a page reads from end to end."""

import json
from collections.abc import Iterator
from typing import Any

from alongside.kernel.acting import acting_as
from bench.places import print_statements


def whole_tables(asked: list[dict[str, str]], who: Any, *, at_least: int) -> list[str]:
    """Tables of at least that many rows that a statement reads whole, asked again with EXPLAIN as `who`."""
    from django.db import connection

    found: set[str] = set()
    with acting_as(who), connection.cursor() as cursor:
        for one in asked:
            if not one["sql"].startswith("SELECT"):
                continue
            cursor.execute(f"EXPLAIN (FORMAT JSON) {one['sql'].replace('%', '%%')}", [])
            plan = cursor.fetchone()[0]
            plan = json.loads(plan) if isinstance(plan, str) else plan
            for node in _nodes(plan[0]["Plan"]):
                if node["Node Type"] == "Seq Scan" and _rows(cursor, node["Relation Name"]) >= at_least:
                    found.add(node["Relation Name"])
    return sorted(found)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _rows(cursor: Any, table: str) -> int:
    cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = %s", [table])
    return int(cursor.fetchone()[0])


def print_plan(size: int, page: str, asked: list[dict[str, str]], who: Any, *, statements: bool) -> None:
    """One page in a line: how many statements it asks, and whether any of them reads a whole table."""
    read = whole_tables(asked, who, at_least=max(1000, size // 2))
    print(
        f"  {size:>9,} people, {page}: {len(asked)} statements, whole tables read: {', '.join(read) or 'none'}"
    )
    if statements:
        print_statements(asked)
