"""Catalogues: one a language, brought up to date with the code, and compiled where a newer one lies there."""

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import polib

from .extract import Said, everything_said

LOCALE = Path(__file__).resolve().parents[2] / "locale"
# Stands above every sentence that a machine drafted, until a person has read that sentence.
DRAFTED = "machine-drafted, not yet read by a person"
PLURALS = {
    "cy": "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;",
}
TWO = "nplurals=2; plural=(n != 1);"


def catalogue(language: str, root: Path | None = None) -> Path:
    """Where the words of a language are kept."""
    return (root or LOCALE) / language / "LC_MESSAGES" / "django.po"


def languages(root: Path | None = None) -> list[str]:
    """Every language that has a catalogue."""
    return sorted(path.parents[1].name for path in (root or LOCALE).glob("*/LC_MESSAGES/django.po"))


def opened(path: Path) -> polib.POFile:
    """A catalogue as it is kept; an empty one where there is none yet."""
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def bring_up_to_date(language: str, said: Iterable[Said], root: Path | None = None) -> list[str]:
    """Give a catalogue every string there is, keep what is translated, drop what nobody says any more.

    Gives the strings that have no translation yet. Writes only when something changed.
    """
    path = catalogue(language, root)
    old = {(entry.msgctxt or "", entry.msgid): entry for entry in opened(path)}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, TWO),
    }
    for each in said:
        fresh.append(_entry(each, old.get(each.key), fresh.metadata["Plural-Forms"]))
    _write(path, str(fresh))
    return [entry.msgid for entry in fresh if not entry.translated()]


def _entry(said: Said, old: polib.POEntry | None, plurals: str) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=said.one,
        msgid_plural=said.many,
        msgctxt=said.context or None,
        occurrences=[(where, "") for where in said.where],
        comment="",
        tcomment=old.tcomment if old else "",
        flags=_flags(said),
    )
    if said.many:
        forms = range(int(plurals.split("nplurals=")[1].split(";")[0]))
        entry.msgstr_plural = {form: (old.msgstr_plural.get(form, "") if old else "") for form in forms}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def _flags(said: Said) -> list[str]:
    return ["python-format"] if "%(" in said.one else []


def _write(path: Path, words: str) -> None:
    if not path.exists() or path.read_text("utf-8") != words:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words.rstrip("\n") + "\n", "utf-8")


def compile_newer(root: Path | None = None) -> list[str]:
    """Compile each catalogue that is newer than what was compiled of it. Gives the languages compiled."""
    done = []
    for language in languages(root):
        source = catalogue(language, root)
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            half = compiled.with_suffix(f".{os.getpid()}")  # several may do this at once
            opened(source).save_as_mofile(str(half))
            half.replace(compiled)
            done.append(language)
    return done


def unread(language: str, root: Path | None = None) -> int:
    """How many sentences of a language a machine drafted and nobody has read; 0 where it has no catalogue."""
    path = catalogue(language, root)
    return path.read_text("utf-8").count(f"# {DRAFTED}") if path.exists() else 0


@cache
def is_drafted(language: str) -> bool:
    """Whether a sentence of a language is still as a machine drafted it. Asked on every page, so read once."""
    return unread(language.split("-")[0]) > 0


def mark_read(language: str, wanted: str | None = None, root: Path | None = None) -> list[str]:
    """A person has read these sentences: all of them, or those that hold some words. Gives what was marked."""
    path = catalogue(language, root)
    book, marked = opened(path), []
    for entry in book:
        everything = "\n".join([entry.msgid, entry.msgstr, *entry.msgstr_plural.values()])
        if DRAFTED in entry.tcomment and (wanted is None or wanted.lower() in everything.lower()):
            entry.tcomment = entry.tcomment.replace(DRAFTED, "").strip()
            marked.append(entry.msgid)
    _write(path, str(book))
    return marked


def bring_all_up_to_date(package: Path | None = None) -> dict[str, list[str]]:
    """Every catalogue there is. Gives, for each language, what has no translation yet."""
    said = everything_said(package or LOCALE.parent)
    return {language: bring_up_to_date(language, said) for language in languages()}
