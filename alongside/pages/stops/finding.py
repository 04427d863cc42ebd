"""Finding every check of the house, and the sentences it refuses with."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import alongside
from alongside.kernel.policy import CHECKS

# Where checks are declared; everything else that declares one is imported by the addresses of the house.
MODULES = ("policies",)


@dataclass(frozen=True)
class HardStop:
    """One check: its name, its room, what it allows, the sentences it refuses with, and because of what.

    `sentences` are untranslated, with holes such as `%(called)s`; `because` is translated when it is shown.
    """

    name: str
    room: str
    allows: str
    sentences: tuple[str, ...]
    because: Any


def hard_stops() -> list[HardStop]:
    """Every check there is in the house itself (tests plant some of their own), by room and name."""
    load_every_check()
    found = [_stop(key, check) for key, check in CHECKS.items() if _of_the_house(key)]
    return sorted(found, key=lambda stop: (stop.room, stop.name))


@cache
def load_every_check() -> None:
    """Import every module of policies, and every view with a check of its own."""
    for module in walk_packages(alongside.__path__, "alongside."):
        if module.name.rsplit(".", 1)[-1] in MODULES and ".tests" not in module.name:
            import_module(module.name)
    from django.urls import get_resolver

    _ = get_resolver().url_patterns


def _of_the_house(key: str) -> bool:
    return key.startswith("alongside.") and ".tests." not in key


def _stop(key: str, check: Any) -> HardStop:
    module, name = key.rsplit(".", 1)
    written = inspect.unwrap(check)
    allows = " ".join((inspect.getdoc(written) or "").split("\n\n")[0].split())
    return HardStop(
        name, module.split(".")[1], allows, tuple(dict.fromkeys(_sentences(written))), check.because
    )


def _sentences(check: Callable[..., None]) -> Iterator[str]:
    """The texts a check refuses with, as they stand in it and in the helpers of its own module that it calls."""
    for written in (check, *_helpers(check)):
        for call in _calls(written):
            if getattr(call.func, "id", "") in ("Denied", "_") and call.args:
                # `_("…")` alone stands beside a `Denied(sentence % …)` that takes it by its name.
                yield from _texts(call.args[0])


def _helpers(check: Callable[..., None]) -> Iterator[Callable[..., None]]:
    """Private functions beside the check, called by it, that refuse on its behalf."""
    for call in _calls(check):
        name = getattr(call.func, "id", "")
        helper = check.__globals__.get(name)
        if name.startswith("_") and inspect.isfunction(helper) and helper.__module__ == check.__module__:
            yield helper


def _calls(written: Callable[..., None]) -> Iterator[ast.Call]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(written)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.FunctionDef) else []
    return (node for line in body for node in ast.walk(line) if isinstance(node, ast.Call))


def _texts(said: ast.expr) -> Iterator[str]:
    """The texts in an expression; the names of its holes are single words."""
    for inner in ast.walk(said):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and " " in inner.value:
            yield inner.value
