"""Inside a room: who imports whom, what is written down, and what views leave to others."""

import ast
from pathlib import Path

import pytest

from tests.house import sources

# What a module of this kind may not import, in its own room or any other.
NEVER = {
    "models": {"policies", "operations", "queries", "forms", "views", "urls"},
    "policies": {"operations", "queries", "forms", "views", "urls"},
    "queries": {"operations", "forms", "views", "urls"},
    "operations": {"forms", "views", "urls"},
    "forms": {"views", "urls"},
    "views": {"urls"},
    "": {"forms", "views", "urls"},
}
# Modules outside the kinds that may, with their reason.
MAY = {
    "alongside/config/settings.py": "settings name them",
}


def imports_of(tree: ast.Module) -> list[str]:
    """The house's own modules that a module imports, anywhere in it."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside."):
            found += [f"{node.module}.{name.name}" for name in node.names]
        elif isinstance(node, ast.Import):
            found += [name.name for name in node.names if name.name.startswith("alongside.")]
    return found


def wrong_imports(kind: str, imported: list[str]) -> list[str]:
    """Imports that a module of this kind may not have. What `design` and `kernel` offer is free to all."""
    rooms = [name.split(".") for name in imported]
    return [
        ".".join(parts)
        for parts in rooms
        if parts[1] not in {"design", "kernel"} and NEVER[kind] & set(parts[2:])
    ]


def test_inside_a_room_imports_point_one_way() -> None:
    found = {
        sources.here(path): wrong
        for path in sources.modules()
        if not sources.here(path).startswith("alongside/design/") and sources.here(path) not in MAY
        if (kind := sources.kind_of(path)) in NEVER
        if (wrong := wrong_imports(kind, imports_of(sources.tree_of(path))))
    }
    assert found == {}


def test_an_import_the_wrong_way_is_found() -> None:
    planted = ast.parse("from alongside.story.forms import Say\nfrom alongside.story.models import StoryPart")
    assert wrong_imports("operations", imports_of(planted)) == ["alongside.story.forms.Say"]
    assert wrong_imports("views", imports_of(planted)) == []


def cycles() -> list[str]:
    """Modules that import each other in a ring."""
    import grimp

    graph = grimp.build_graph("alongside", include_external_packages=False)
    below: dict[str, set[str]] = {
        name: {other for other in graph.find_modules_directly_imported_by(name) if ".tests" not in other}
        for name in graph.modules
        if ".tests" not in name
    }
    return sorted(name for name in below if name in _reached(name, below))


def _reached(start: str, below: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(below[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += below.get(name, ())
    return seen


def test_no_modules_import_each_other_in_a_ring() -> None:
    assert cycles() == []


def test_a_ring_is_found() -> None:
    ring = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}
    assert [name for name in ring if name in _reached(name, ring)] == ["a", "b", "c"]


def unwritten(tree: ast.Module) -> list[str]:
    """Functions without types, and public ones that do not say what they do."""
    found = []
    for node in sources.functions(tree):
        arguments = [
            *node.args.posonlyargs,
            *node.args.args,
            *node.args.kwonlyargs,
            node.args.vararg,
            node.args.kwarg,
        ]
        typed = all(each is None or each.annotation or each.arg in {"self", "cls"} for each in arguments)
        if not (typed and node.returns):
            found.append(f"{node.name}: types")
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    return found + [f"{node.name}: says nothing" for node in public if not ast.get_docstring(node)]


def test_operations_queries_and_policies_are_typed_and_say_what_they_do() -> None:
    found = {
        sources.here(path): wrong
        for path in sources.modules()
        if sources.kind_of(path) in {"operations", "queries", "policies"}
        if (wrong := unwritten(sources.tree_of(path)))
    }
    assert found == {}


def test_a_function_that_says_nothing_is_found() -> None:
    assert unwritten(ast.parse("def say(*, by, words: str) -> None: ...")) == [
        "say: types",
        "say: says nothing",
    ]


FETCHING = {"objects", "_default_manager", "_base_manager"}
RAW = {"cursor", "raw", "execute", "executemany"}


def done_by_views(tree: ast.Module) -> list[str]:
    """Fetching and raw SQL that belongs into queries and operations."""
    named = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return [name for name in named if name in FETCHING | RAW]


def test_views_leave_fetching_and_writing_to_queries_and_operations() -> None:
    found = {
        sources.here(path): wrong
        for path in sources.modules()
        if sources.kind_of(path) == "views" and (wrong := done_by_views(sources.tree_of(path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    "planted", ["Person.objects.all()", "connection.cursor()", "Person._default_manager.get()"]
)
def test_a_view_that_fetches_is_found(planted: str) -> None:
    assert done_by_views(ast.parse(planted))


def test_every_room_says_what_it_is_for() -> None:
    rooms = [path.parent for path in Path(sources.PACKAGE).glob("*/apps.py")]
    assert [room.name for room in rooms if not (room / "README.md").is_file()] == []
