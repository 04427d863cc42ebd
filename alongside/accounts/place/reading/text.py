"""From a path to text: missing, empty, too large or wrongly encoded files are told, never guessed at."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from .problems import Told

MOST_BYTES = 60 * 1024 * 1024
UTF8_BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, told: Told) -> str | None:
    """The text of a UTF-8 file, its byte order mark taken off; None when a problem was told."""
    raw = _read_bytes(path, told)
    return None if raw is None else decode(raw, told)


def _read_bytes(path: Path, told: Told) -> bytes | None:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        told.whole(_("There is no such file."))
    except IsADirectoryError:
        told.whole(_("This is a folder, not a file."))
    except OSError as error:
        told.whole(_("The file cannot be opened: %(why)s."), why=error.strerror or str(error))
    else:
        return _of_a_fair_size(raw, told)
    return None


def _of_a_fair_size(raw: bytes, told: Told) -> bytes | None:
    if len(raw) > MOST_BYTES:
        told.whole(
            _(
                "The file is larger than %(most)d MB. Cut it down to one district, "
                "with simplified boundaries."
            ),
            most=MOST_BYTES // (1024 * 1024),
        )
        return None
    if not raw.removeprefix(UTF8_BOM).strip():
        told.whole(_("The file is empty."))
        return None
    return raw


def decode(raw: bytes, told: Told) -> str | None:
    """UTF-8, with or without a byte order mark; anything else is told with the row where it shows."""
    if raw.startswith(UTF16_BOMS) or b"\x00" in raw[:4096]:
        told.whole(_("The file is saved as UTF-16 (“Unicode text”). Save it again as UTF-8."))
        return None
    try:
        return raw.removeprefix(UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        _tell_encoding(raw.removeprefix(UTF8_BOM), error.start, told)
        return None


def _tell_encoding(raw: bytes, at: int, told: Told) -> None:
    row = raw.count(b"\n", 0, at) + 1
    line_start = raw.rfind(b"\n", 0, at) + 1
    shown = raw[at : at + 1].decode("cp1252", "replace")
    told.whole(
        _(
            "The letter “%(letter)s” here is not UTF-8: the file was probably saved in a Windows "
            "encoding (cp1252). Save it again as “CSV UTF-8”."
        ),
        row=row,
        column=_column_at(raw, line_start, at),
        letter=shown,
    )


def _column_at(raw: bytes, line_start: int, at: int) -> str:
    """The heading above a byte of a CSV file; nothing when it cannot be said."""
    heading, before = _cells(raw.split(b"\n", 1)[0]), _cells(raw[line_start:at])
    index = max(len(before) - 1, 0)
    return heading[index].strip() if 1 < len(heading) > index else ""


def _cells(line: bytes) -> list[str]:
    try:
        return next(csv.reader([line.decode("cp1252", "replace")]), [])
    except csv.Error:  # no table at all, so there is no heading to name
        return []
