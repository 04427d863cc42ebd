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


WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def public_without_doer(path: Path, tree: ast.Module) -> list[str]:
    """Public functions of an operations module that write, themselves or by a helper, and are no operations."""
    own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    return [
        f"{path.name}: {name}"
        for name, node in own.items()
        if not name.startswith("_")
        and not _is_operation(node)
        and (_was_meant(node) or _writes(node, own, set()))
    ]


def _was_meant(node: ast.FunctionDef) -> bool:
    """Marked as an operation, or taking a doer, and yet not one."""
    return bool(node.decorator_list) or "by" in {argument.arg for argument in node.args.kwonlyargs}


def _writes(node: ast.FunctionDef, own: dict[str, ast.FunctionDef], seen: set[str]) -> bool:
    """Whether a function writes; handing over to an operation is not writing."""
    for call in (found.func for found in ast.walk(node) if isinstance(found, ast.Call)):
        if isinstance(call, ast.Attribute) and call.attr in WRITES:
            return True
        name = getattr(call, "id", "")
        if name == "record":
            return True
        if name in own and name not in seen and not _is_operation(own[name]):
            seen.add(name)
            if _writes(own[name], own, seen):
                return True
    return False


def _is_operation(node: ast.FunctionDef) -> bool:
    marks = {getattr(mark.func, "id", "") for mark in node.decorator_list if isinstance(mark, ast.Call)}
    return "operation" in marks and "by" in {argument.arg for argument in node.args.kwonlyargs}


def test_whatever_writes_is_an_operation_with_a_doer() -> None:
    found = [
        f"{sources.here(path)}: {each.split(': ')[1]}"
        for path in sources.modules()
        if sources.kind_of(path) == "operations"
        for each in public_without_doer(path, sources.tree_of(path))
    ]
    assert found == []


PLANTED = """
def say(*, by): ...
def keep(words): _keep(words)
def _keep(words): Words.objects.create(words=words)
def tidy(words): return words.strip()
def sweep(): fine(by=None)
@operation("a.b")
def fine(*, by): Words.objects.create()
@operation("c.d")
def no(*, x): ...
"""


def test_a_function_without_a_doer_is_found() -> None:
    found = public_without_doer(Path("planted.py"), ast.parse(PLANTED))
    assert found == ["planted.py: say", "planted.py: keep", "planted.py: no"]


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
