"""Every string that the house shows, taken out of its code and templates, and by whom it is said.

It asks nothing but Python and Django: no program of the machine, and it writes neither a date nor a line
number, so that a catalogue changes only where words do.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

# What a call says, in the order of its arguments.
CALLS = {
    **dict.fromkeys(["_", "_lazy", "gettext", "gettext_lazy", "gettext_noop"], ("one",)),
    **dict.fromkeys(["ngettext", "ngettext_lazy"], ("one", "many")),
    **dict.fromkeys(["pgettext", "pgettext_lazy"], ("context", "one")),
    **dict.fromkeys(["npgettext", "npgettext_lazy"], ("context", "one", "many")),
}
QUOTED = r"[uU]?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
# What Django makes of a template: calls among blanked-out markup.
IN_TEMPLATE = re.compile(
    rf"\b(?P<call>{'|'.join(sorted(CALLS, key=len, reverse=True))})\((?P<said>\s*{QUOTED}(?:\s*,\s*{QUOTED})*)",
    re.DOTALL,
)
NOT_SAID = {"tests", "migrations", "static", "__pycache__"}


@dataclass
class Said:
    """One string as it stands in the code, its plural and context if it has one, and the files that say it."""

    one: str
    many: str = ""
    context: str = ""
    where: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue knows it by."""
        return self.context, self.one


def everything_said(package: Path) -> list[Said]:
    """Every string of a package, each once, in the order of the files that say it."""
    found: dict[tuple[str, str], Said] = {}
    for path in _sources(package):
        where = path.relative_to(package.parent).as_posix()
        for said in in_template(path.read_text("utf-8")) if path.suffix == ".html" else in_code(path):
            kept = found.setdefault(said.key, said)
            kept.many = kept.many or said.many
            if where not in kept.where:
                kept.where.append(where)
    return list(found.values())


def _sources(package: Path) -> list[Path]:
    paths = [*package.rglob("*.py"), *package.rglob("*.html")]
    return sorted(path for path in paths if not NOT_SAID & set(path.relative_to(package).parts))


def in_template(source: str) -> Iterator[Said]:
    """Strings of one template."""
    for found in IN_TEMPLATE.finditer(templatize(source)):
        yield _said(found["call"], ast.literal_eval(f"({found['said']},)"))


def in_code(path: Path) -> Iterator[Said]:
    """Strings of one module."""
    calls = [
        one for one in ast.walk(ast.parse(path.read_text("utf-8"), str(path))) if isinstance(one, ast.Call)
    ]
    for node in sorted(calls, key=lambda one: (one.lineno, one.col_offset)):
        if (call := _called(node)) in CALLS:
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            words = [value for value in given if isinstance(value, str)]
            if len(words) >= len(CALLS[call]):
                yield _said(call, words)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _said(call: str, words: list[str] | tuple[str, ...]) -> Said:
    told = dict(zip(CALLS[call], words, strict=False))
    return Said(told["one"], told.get("many", ""), told.get("context", ""))
