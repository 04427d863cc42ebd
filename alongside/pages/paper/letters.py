"""Which letters this computer can put on paper, and which package brings those it cannot."""

import json
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import typst
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Plain letters without feet, the easiest to read first; any one of them will do.
FONTS = ["Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "Liberation Sans", "Noto Sans", "DejaVu Sans"]
PLAIN = "fonts-liberation"

TRIAL = b"""
#set document(title: "-")
#set text(font: json(bytes(sys.inputs.fonts)))
#heading(level: 1)[-]
#json(bytes(sys.inputs.words))
"""


class Script(NamedTuple):
    """A way of writing: its name, some of its letters, the languages of it, the Debian package of a font."""

    name: str | Promise
    letters: str
    languages: tuple[str, ...]
    package: str


LATIN = Script(_("large plain letters"), "Aa", ("en", "cy"), PLAIN)
NOTO, CJK = "fonts-noto-core", "fonts-noto-cjk"
SCRIPTS = {
    "ETHIOPIC": Script(_("Tigrinya and Amharic"), "ሰላም", ("ti", "am"), "fonts-sil-abyssinica"),
    "ARABIC": Script(_("Arabic, Farsi and Urdu"), "سلام", ("ar", "fa", "ur", "ckb", "ps"), NOTO),
    "BENGALI": Script(_("Bengali"), "বাংলা", ("bn",), NOTO),
    "GURMUKHI": Script(_("Punjabi"), "ਪੰਜਾਬੀ", ("pa",), NOTO),
    "DEVANAGARI": Script(_("Hindi and Nepali"), "नमस्ते", ("hi", "ne", "mr"), NOTO),
    "GUJARATI": Script(_("Gujarati"), "ગુજરાતી", ("gu",), NOTO),
    "TAMIL": Script(_("Tamil"), "தமிழ்", ("ta",), NOTO),
    "MALAYALAM": Script(_("Malayalam"), "മലയാളം", ("ml",), NOTO),
    "TELUGU": Script(_("Telugu"), "తెలుగు", ("te",), NOTO),
    "SINHALA": Script(_("Sinhala"), "සිංහල", ("si",), NOTO),
    "THAI": Script(_("Thai"), "ไทย", ("th",), NOTO),
    "HEBREW": Script(_("Hebrew and Yiddish"), "שלום", ("he", "yi"), NOTO),
    "CYRILLIC": Script(_("Ukrainian, Russian and Bulgarian"), "Привіт", ("uk", "ru", "bg"), NOTO),
    "GREEK": Script(_("Greek"), "Γειά", ("el",), NOTO),
    "GEORGIAN": Script(_("Georgian"), "გამარჯობა", ("ka",), NOTO),
    "ARMENIAN": Script(_("Armenian"), "Բարեւ", ("hy",), NOTO),
    "CJK": Script(_("Chinese and Japanese"), "你好", ("zh", "ja"), CJK),
    "HIRAGANA": Script(_("Japanese"), "こんにちは", ("ja",), CJK),
    "KATAKANA": Script(_("Japanese"), "カタカナ", ("ja",), CJK),
    "HANGUL": Script(_("Korean"), "안녕", ("ko",), CJK),
}
SIGNS = Script(_("little pictures among the words"), "🙂", (), "fonts-noto-color-emoji")
OTHER = Script(_("letters of another language"), "", (), "fonts-noto")


@cache
def fonts() -> typst.Fonts:
    """The fonts of this computer, looked for once."""
    return typst.Fonts()


def _draws(words: str) -> bool:
    """Whether every letter of these words is in one of this computer's fonts. About 2 ms."""
    try:
        typst.compile(
            TRIAL,
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=fonts(),
            sys_inputs={"words": json.dumps(words), "fonts": json.dumps(FONTS)},
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return False
    return True


def cannot_draw(texts: Iterable[str]) -> list[Script]:
    """The ways of writing in these texts that this computer cannot put on paper; none is the usual answer."""
    words = {word for text in texts for word in text.split() if not word.isascii()}
    if not words or _draws(" ".join(sorted(words))):
        return []
    found = {_script(letter) for word in words if not _draws(word) for letter in _lacking(word)}
    return sorted(found, key=lambda script: script.package)


def _lacking(word: str) -> list[str]:
    """The letters of a word that lack; all of them where they lack only joined to each other."""
    letters = [letter for letter in dict.fromkeys(word) if not letter.isascii()]
    return [letter for letter in letters if not _draws(letter)] or letters


def _script(letter: str) -> Script:
    if unicodedata.category(letter) in ("So", "Sk", "Cf", "Mn", "Me"):
        return SIGNS
    return SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0].split("-")[0], OTHER)


def missing_scripts(languages: Iterable[str] | None = None) -> list[Script]:
    """What a place that speaks these languages (all we know, when None) cannot print here.

    For `alongside check`: each names the Debian package that brings it.
    """
    wanted = None if languages is None else {tag.split("-")[0].lower() for tag in languages}
    known = [script for script in SCRIPTS.values() if wanted is None or wanted & set(script.languages)]
    plain = [] if set(FONTS) & set(fonts().families()) else [LATIN]
    return plain + [script for script in known if not _draws(script.letters)]
