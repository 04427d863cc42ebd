"""Words made to fit a width without measuring a font: a cautious guess at how wide letters are."""

import unicodedata
from functools import lru_cache

NARROW, MIDDLING, WIDE, FULL = 0.33, 0.57, 0.86, 1.05
MORE = "…"


@lru_cache(maxsize=1024)
def _letter(letter: str) -> float:
    if letter in "iljtfrI.,:;'’!|()[] ":
        return NARROW
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    return WIDE if letter in "mwMW@%&—" or ord(letter) > 0xFFFF else MIDDLING + 0.1 * letter.isupper()


def width(words: str) -> float:
    """About how wide these words are, in letters' heights (em). Rather too wide than too narrow."""
    return sum(map(_letter, words))


def cut(words: str, room: float) -> str:
    """As many letters as fit into `room` em, with a sign that there was more."""
    if width(words) <= room:
        return words
    kept, used = "", width(MORE)
    for letter in words:
        used += _letter(letter)
        if used > room:
            break
        kept += letter
    return kept.rstrip() + MORE


def fitted(words: str, room: float, lines: int) -> list[str]:
    """The words on at most so many lines of `room` em each, broken between words where that is possible."""
    made: list[str] = []
    rest = words.split()
    while rest and len(made) < lines:
        line = rest.pop(0)
        last = len(made) == lines - 1
        while rest and width(f"{line} {rest[0]}") <= room:
            line = f"{line} {rest.pop(0)}"
        if last and rest:
            line = f"{line} {' '.join(rest)}"
        made.append(cut(line, room))
    return made
