"""Making a sheet: a template of ours and words as data, which are never read as instructions."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typst

from alongside.pages.paper.letters import FONTS, Script, cannot_draw, fonts

HERE = Path(__file__).parent


class CannotDraw(Exception):  # noqa: N818 - a refusal is a sentence
    """This computer lacks letters that stand on the sheet; `scripts` says which, and what brings them."""

    def __init__(self, scripts: list[Script]) -> None:
        super().__init__(", ".join(str(script.name) for script in scripts))
        self.scripts = scripts


@cache
def _template(name: str) -> bytes:
    return (HERE / f"{name}.typ").read_bytes()


def make(template: str, sheet: dict[str, Any]) -> bytes:
    """The PDF of one sheet. The template is read as bytes and has no folder, so it can open no file.

    Raises CannotDraw where a letter is in none of this computer's fonts: PDF/UA wants every one of them.
    """
    data = printable(sheet | {"fonts": FONTS})
    try:
        made: bytes = typst.compile(
            _template(template),
            format="pdf",
            pdf_standards=["ua-1"],
            font_paths=fonts(),
            sys_inputs={"data": json.dumps(data)},
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        raise CannotDraw(cannot_draw(words_in(data))) from error
    return made


def printable(data: Any) -> Any:
    """The same without the control signs that a keyboard slips in and no font can draw."""
    if isinstance(data, str):
        return "".join(sign for sign in data if sign == "\n" or sign.isprintable() or sign in JOINING)
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    return [printable(value) for value in data] if isinstance(data, list) else data


# Not "printable" to Python, and yet they shape the letters beside them, or say which way they run.
JOINING = "\u200c\u200d\u200e\u200f\u00a0\u202f\u2009"


def words_in(data: Any) -> Iterator[str]:
    """Every text on the sheet."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from words_in(value)
