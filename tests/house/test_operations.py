"""Every write is an operation: it has a doer, it is recorded, and without its audit row it did not happen."""

import ast
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from alongside.audit.models import Event
from alongside.audit.recording import OPERATIONS, NotRecorded, operation
from tests.database import as_owner
from tests.house import sources
from tests.house.undone import UNDONE


def load_every_operation() -> None:
    """Import all operations, so that they are registered."""
    for path in sources.modules():
        if sources.kind_of(path) == "operations":
            import_module(
                ".".join(path.relative_to(sources.ROOT).with_suffix("").parts).removesuffix(".__init__")
            )


def public_without_doer(path: Path, tree: ast.Module) -> list[str]:
    """Public functions of an operations module that are not operations."""
    return [
        f"{path.name}: {node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not _is_operation(node)
    ]


def _is_operation(node: ast.FunctionDef) -> bool:
    marks = {getattr(mark.func, "id", "") for mark in node.decorator_list if isinstance(mark, ast.Call)}
    return "operation" in marks and "by" in {argument.arg for argument in node.args.kwonlyargs}


def test_every_public_function_of_operations_is_one_with_a_doer() -> None:
    found = [
        f"{sources.here(path)}: {each.split(': ')[1]}"
        for path in sources.modules()
        if sources.kind_of(path) == "operations"
        for each in public_without_doer(path, sources.tree_of(path))
    ]
    assert found == []


def test_a_function_without_a_doer_is_found() -> None:
    planted = ast.parse(
        "def say(*, by): ...\n@operation('a.b')\ndef fine(*, by): ...\n@operation('c')\ndef no(*, x): ..."
    )
    assert public_without_doer(Path("planted.py"), planted) == ["planted.py: say", "planted.py: no"]


def test_an_operation_takes_keywords_only() -> None:
    with pytest.raises(TypeError, match="keywords only"):
        operation("house.planted")(lambda by: None)


def test_operations_are_named_after_their_room_and_verb() -> None:
    load_every_operation()
    assert OPERATIONS
    assert [name for name in OPERATIONS if name.count(".") < 1 or name != name.lower()] == []


def test_an_operation_that_records_nothing_is_refused(db: None) -> None:
    silent = operation("house.silent")(_do_nothing)
    try:
        with pytest.raises(NotRecorded):
            silent(by=None)
    finally:
        OPERATIONS.pop("house.silent")


def _do_nothing(*, by: Any) -> None: ...


ROWS = "count(*) || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"


def everything() -> dict[str, str]:
    """A digest of the rows of every table, as the owner sees them."""
    with as_owner() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT {ROWS} FROM "{table}" t')
            found[table] = cursor.fetchone()[0]
    return found


class AuditDown(Exception):  # noqa: N818
    """The audit cannot be written."""


@pytest.mark.parametrize("name", sorted(UNDONE))
def test_an_operation_is_undone_when_the_audit_fails(
    name: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    do = UNDONE[name]()
    before = everything()

    def fail(self: Event, *args: Any, **kwargs: Any) -> None:
        raise AuditDown

    monkeypatch.setattr(Event, "save", fail)
    with pytest.raises(AuditDown):
        do()
    assert everything() == before


@pytest.mark.parametrize("name", sorted(UNDONE))
def test_the_same_operation_writes_when_the_audit_works(name: str, db: None) -> None:
    do = UNDONE[name]()
    before = everything()
    do()
    changed = {table for table, rows in everything().items() if rows != before[table]}
    assert "audit_event" in changed
    assert len(changed - {"audit_event", "audit_salt"}) >= 1


def test_every_room_with_operations_is_undone_somewhere() -> None:
    load_every_operation()
    rooms = {each.__module__.split(".")[1] for each in OPERATIONS.values()}
    assert rooms - {name.split(":")[0] for name in UNDONE} == set()
