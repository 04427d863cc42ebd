"""Which tables a page reads from end to end."""

import json
from collections.abc import Iterator
from typing import Any

from alongside.kernel.acting import acting_as


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
