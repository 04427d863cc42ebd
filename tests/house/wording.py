"""The words on a page: taken out of templates and code, counted, and looked at."""

import ast
import html
import re
from collections.abc import Iterator
from pathlib import Path

import pyphen

COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
NOT_SHOWN = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
TEMPLATE_TAG = re.compile(r"{%(.*?)%}", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)
STRING = re.compile(r"_\(\s*(\"[^\"]*\"|'[^']*')\s*\)|\b(?:translate|trans)\s+(\"[^\"]*\"|'[^']*')")
SAID_ATTRIBUTE = re.compile(r"\b(?:alt|title|aria-label|placeholder|content)=\"([^\"]*)\"")
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>", re.DOTALL)
# What begins or ends these is not in the same sentence.
BLOCKS = {
    *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "td", "th", "div", "section"),
    *("label", "legend", "button", "summary", "figcaption", "title"),
}
WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’'-]*")
SYLLABLES = pyphen.Pyphen(lang="en_GB", left=1, right=1)
VOWELS = re.compile(r"[aeiouy]+")


def words_in_template(source: str) -> str:
    """Everything a reader sees or hears of a template; a variable becomes a short name."""
    source = NOT_SHOWN.sub(" ", COMMENT.sub(" ", source))
    source = VARIABLE.sub(" Sam ", source)
    source = TEMPLATE_TAG.sub(lambda found: f" {'. '.join(_strings(found[1]))} ", source)
    source = TAG.sub(_between, SAID_ATTRIBUTE.sub(r"> \1. <x", source))
    return re.sub(r"\s+", " ", html.unescape(source)).strip()


def _strings(tag: str) -> Iterator[str]:
    for found in STRING.finditer(tag):
        yield (found[1] or found[2])[1:-1]


def _between(found: re.Match[str]) -> str:
    return "\n. " if found[2].lower() in BLOCKS or found[2].lower() in {"br", "hr"} else " "


def words_in_code(path: Path) -> list[str]:
    """Every string that code hands over for translation, which is every string it shows."""
    said = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
            "_",
            "gettext",
            "gettext_lazy",
            "ngettext",
        }:
            said += [
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
    return said


def syllables(word: str) -> int:
    """How many syllables: the more of what hyphenation and vowels say, less a silent e."""
    plain = word.lower().strip("'’-")
    heard = len(VOWELS.findall(plain)) - (plain.endswith("e") and not plain.endswith("le") and len(plain) > 3)
    return max(1, heard, len(SYLLABLES.inserted(plain).split("-")) if "-" not in plain else 1)


def reading_age(text: str) -> float:
    """Flesch-Kincaid: the age at which English children read this, five more than the school year it says."""
    sentences = [WORD.findall(part) for part in re.split(r"[.!?:;…]+(?:\s|$)", text)]
    sentences = [words for words in sentences if words]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return grade + 5
