"""Every variable of the environment that is read stands in one table, and the table names no other."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from alongside.kernel.secrets import ROWS_DO_WITHOUT, ROWS_NEED, variable
from tests.house import sources

TABLE = sources.ROOT / "docs" / "how-to" / "settings.md"
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
ASKING = {"get", "setdefault", "pop"}


def python_files() -> Iterator[Path]:
    """Every module of the house that is tracked, tests and tools included."""
    return (
        path for path in sources.tracked_files() if path.suffix == ".py" and "migrations" not in path.parts
    )


def is_environ(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def read_in(tree: ast.Module) -> set[str]:
    """Names that a module reads from the environment, also by a constant of its own."""
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    asked: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if (is_environ(node.func.value) and node.func.attr in ASKING) or node.func.attr == "getenv":
                asked.append(node.args[0])
        elif isinstance(node, ast.Subscript) and is_environ(node.value):
            asked.append(node.slice)
        elif isinstance(node, ast.Compare) and any(map(is_environ, node.comparators)):
            asked.append(node.left)
    named = (
        constants.get(each.id) if isinstance(each, ast.Name) else getattr(each, "value", None)
        for each in asked
    )
    return {name for name in named if isinstance(name, str)}


def in_the_table() -> dict[str, tuple[str, str]]:
    """What the table says: the default and the meaning of each."""
    return {
        name: (default, meaning) for name, default, meaning in ROW.findall(TABLE.read_text(encoding="utf-8"))
    }


def test_every_variable_that_is_read_stands_in_the_table_and_no_other() -> None:
    secrets = {variable(name) for name in (*ROWS_NEED, *ROWS_DO_WITHOUT)}
    running = {name for path in sources.modules() for name in read_in(sources.tree_of(path))}
    anywhere = {name for path in python_files() for name in read_in(sources.tree_of(path))}
    assert (running | secrets) - set(in_the_table()) == set()
    assert set(in_the_table()) - (anywhere | secrets) == set()


def test_the_defaults_in_the_table_are_those_in_the_settings() -> None:
    """Of those whose default is a text in the code."""
    table, wrong = in_the_table(), []
    for path in (sources.PACKAGE / "config").glob("settings*.py"):
        for node in ast.walk(sources.tree_of(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and is_environ(node.func.value)
            ):
                name, *default = [each.value for each in node.args if isinstance(each, ast.Constant)]
                said = table.get(str(name), ("", ""))[0].strip("`")
                if default and default[0] and said.replace("`, `", ",") != default[0]:
                    wrong.append((name, default[0], said))
    assert wrong == []


def test_each_way_of_reading_is_seen() -> None:
    planted = ast.parse(
        "NAME = 'A'\nos.environ.get(NAME)\nos.environ['B']\nos.getenv('C', '')\n'D' in os.environ\n"
        "os.environ.setdefault('E', '')\nother.get('F')"
    )
    assert read_in(planted) == {"A", "B", "C", "D", "E"}
