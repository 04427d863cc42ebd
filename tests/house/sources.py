"""What the house tests look at: files that are tracked, modules, templates, models."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "alongside"
# Not ours to look at: made by tools, or fetched.
NOT_OURS = {".git", ".venv", "node_modules", "__pycache__", ".alongside", ".cache", "migrations"}


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that is tracked, or would be; without a history, every file that is ours."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def text_of(path: Path) -> str | None:
    """The text of a file, or None where it is not text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def modules(*, tests: bool = False) -> Iterator[Path]:
    """Every module of the package, migrations left out; with the tests only where asked."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = set(path.relative_to(PACKAGE).parts)
        if not NOT_OURS & parts and (tests or "tests" not in parts):
            yield path


def tree_of(path: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def kind_of(path: Path) -> str:
    """What a module is in its room: "operations", "views"… or "" where it is something else."""
    kinds = {"models", "policies", "operations", "queries", "forms", "views", "urls", "tests"}
    room, *inside = path.relative_to(PACKAGE).with_suffix("").parts
    # The room of combined pages has nothing but views, whatever their modules are called.
    otherwise = "views" if room == "pages" and inside[:1] not in (["context"], ["demo"], ["apps"]) else ""
    return next((part for part in inside if part in kinds), otherwise)


def here(path: Path) -> str:
    """A path as a person names it."""
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, at any depth."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def our_models() -> list[Any]:
    """Every table of the house's own rooms, those made for many-to-many fields included."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("alongside.")
        for model in config.get_models(include_auto_created=True)
    ]


def templates() -> list[Path]:
    """Every template of the house."""
    return sorted(path for path in PACKAGE.glob("**/templates/**/*") if path.is_file())


def template_name(path: Path) -> str:
    """The name a template is asked for by."""
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])
