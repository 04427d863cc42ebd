"""No refusal stands outside a declared policy: each is on the list of hard stops, with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

from alongside.pages.stops.finding import hard_stops
from tests.house import sources

HOME = "alongside/kernel/policy.py"


def refusals_outside(tree: ast.Module) -> list[str]:
    """Where `Denied(…)` is made outside a check, or outside a private helper that a check of this module calls."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    checks = [function for function in functions if _is_policy(function)]
    declared = {function.name for function in checks} | {name for check in checks for name in _called(check)}
    inside = {
        id(call)
        for function in functions
        if _is_policy(function) or (function.name in declared and function.name.startswith("_"))
        for call in _refusals(function)
    }
    lines = sorted(call.lineno for call in _refusals(tree) if id(call) not in inside)
    return [f"line {line}" for line in lines]


def _is_policy(function: ast.FunctionDef) -> bool:
    marks = [mark.func if isinstance(mark, ast.Call) else mark for mark in function.decorator_list]
    return any(isinstance(mark, ast.Name) and mark.id == "policy" for mark in marks)


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def _refusals(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and "Denied" in (
            getattr(node.func, "id", ""),
            getattr(node.func, "attr", ""),
        ):
            yield node


def test_every_refusal_stands_in_a_declared_policy() -> None:
    found = {
        sources.here(path): outside
        for path in sources.modules()
        if sources.here(path) != HOME and (outside := refusals_outside(sources.tree_of(path)))
    }
    assert found == {}


PLANTED = """\
@policy(because="x")
def check_can_see(viewer, thing=None):
    _helper(thing)
    raise Denied("a policy's own")
@policy
def check_bare(viewer, thing=None):
    raise Denied("also a policy")
def _helper(thing):
    raise Denied("a helper that a policy calls")
def _nobody_calls_it(thing):
    raise Denied("line 11")
def public(thing):
    no = Denied("line 13")
    raise no
class Thing:
    def do(self):
        raise policy.Denied("line 17")
raise Denied("line 18")
"""


def test_a_refusal_outside_a_policy_is_found() -> None:
    assert refusals_outside(ast.parse(PLANTED)) == ["line 11", "line 13", "line 17", "line 18"]


def test_a_helper_that_anybody_may_call_is_no_policy() -> None:
    planted = "@policy\ndef check(v, t=None):\n    helper(t)\ndef helper(t):\n    raise Denied('x')\n"
    assert refusals_outside(ast.parse(planted)) == ["line 5"]


def _says_or_hands_on(path: Path) -> Iterator[str]:
    """Checks of a module that neither refuse in words of their own nor hand the question to another check."""
    for node in ast.walk(sources.tree_of(path)):
        if isinstance(node, ast.FunctionDef) and _is_policy(node):
            hands_on = any(name.startswith("check_") or name == "check" for name in _called(node))
            if not hands_on and node.name not in SAYING:
                yield node.name


SAYING = {stop.name for stop in hard_stops() if stop.sentences}


def test_every_check_on_the_list_stands_there_with_what_it_says() -> None:
    assert [name for path in sources.modules() for name in _says_or_hands_on(path)] == []
