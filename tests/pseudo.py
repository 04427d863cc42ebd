"""A language that nobody speaks, made of what the house says: every string longer, accented and in brackets.

Under it, whatever stands on a page outside the brackets was not handed over for translation, and whatever is too
narrow for a longer language shows. `spoken(tmp_path)` makes it, and the house speaks it to whoever asks for `CODE`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polib
from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

from alongside.kernel.language.extract import Said, everything_said
from tests.house import sources

CODE = "qps"
OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.35
ACCENTED = str.maketrans("aceinouyACEINOU", "áçéíñóúýÁÇÉÍÑÓÚ")
# What a translator leaves alone: holes for values, tags, entities.
LEFT_ALONE = re.compile(r"(%\(\w+\)[sd]|%%|<[^>]*>|&\w+;|\{\w*\})")


def pseudo(words: str) -> str:
    """A sentence as this language has it."""
    parts = LEFT_ALONE.split(words)
    accented = "".join(part if place % 2 else part.translate(ACCENTED) for place, part in enumerate(parts))
    plain = sum(len(part) for part in parts[::2])
    return f"{OPEN}{accented}{_padding(round(plain * LONGER))}{CLOSE}"


def _padding(letters: int) -> str:
    """So many letters more, in words that can be broken between."""
    return "".join(" " if place % 7 == 0 else "~" for place in range(letters))


def _entry(said: Said) -> polib.POEntry:
    entry = polib.POEntry(msgid=said.one, msgctxt=said.context or None)
    if said.many:
        entry.msgid_plural = said.many
        entry.msgstr_plural = {0: pseudo(said.one), 1: pseudo(said.many)}
    else:
        entry.msgstr = pseudo(said.one)
    return entry


def make(root: Path) -> Path:
    """Write the compiled catalogue of this language under a folder, and give the folder."""
    book = polib.POFile()
    book.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    book.extend(_entry(said) for said in everything_said(sources.PACKAGE))
    folder = root / CODE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    book.save_as_mofile(str(folder / "django.mo"))
    return root


@contextmanager
def spoken(root: Path) -> Iterator[None]:
    """The house speaks it, for as long as this lasts."""
    languages = [*settings.LANGUAGES, (CODE, "Pseudo")]
    with override_settings(LANGUAGES=languages, LOCALE_PATHS=[str(make(root)), *settings.LOCALE_PATHS]):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    """Django remembers which languages there are."""
    trans_real._translations.clear()
    for remembers in ("get_languages", "check_for_language", "get_supported_language_variant"):
        forget = getattr(getattr(trans_real, remembers), "cache_clear", None)
        if forget:
            forget()


def outside(words: str) -> str:
    """What of a text stands in no bracket; a value inside a translated sentence belongs to the sentence."""
    inside = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
    while True:
        words, found = inside.subn(" ", words)
        if not found:
            return words
