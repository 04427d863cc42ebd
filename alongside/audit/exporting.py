"""Seals for elsewhere, as JSON lines: written, read back, and compared with what stands here.

A line is a seal, or (where rows were asked for) a row of the seal above it: kind, key, moment and digest, and
nothing of what it says.
"""

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.audit import chain
from alongside.audit.models import Seal
from alongside.audit.verifying import Found, rows_against
from alongside.kernel.folders import sync_folder

SEAL, ROW = "seal", "row"


class NotAnExport(Exception):  # noqa: N818 - reads as the sentence it carries
    """A file, or a line of it, is not what `alongside audit export` writes."""


class OtherSeal(Exception):  # noqa: N818 - reads as the sentence it carries
    """A folder holds another seal of a day than the one that stands here."""


@dataclass
class Kept:
    """A seal as it was taken off the machine, with its rows where they were asked for, and where it stood."""

    day: dt.date
    events: int
    looks: int
    entries_digest: str
    before: str
    sealed_at: dt.datetime
    link: str
    where: str
    entries: bytearray = field(default_factory=bytearray)

    @property
    def sound(self) -> bool:
        """Whether it is whole in itself."""
        told = {name: getattr(self, name) for name in ("before", "day", "events", "looks", "sealed_at")}
        return chain.link(entries_digest=self.entries_digest, **told) == self.link


def lines(seals: Iterable[Seal], *, rows: bool) -> Iterator[str]:
    """The lines of these seals, and of the rows in them where they are asked for."""
    for seal in seals:
        yield json.dumps(
            {
                "alongside": SEAL, "day": seal.day.isoformat(), "events": seal.events, "looks": seal.looks,
                "entries_digest": seal.entries_digest, "before": seal.before,
                "sealed_at": seal.sealed_at.astimezone(dt.UTC).isoformat(), "link": seal.link,
            }
        )  # fmt: skip
        for one in chain.unpacked(bytes(seal.entries)) if rows else ():
            yield json.dumps(
                {
                    "alongside": ROW, "day": seal.day.isoformat(), "kind": one.kind, "key": str(one.key),
                    "at": one.moment.isoformat(), "digest": one.digest.hex(),
                }
            )  # fmt: skip


def seals(after: dt.date | None = None) -> Iterator[Seal]:
    """Every seal, or those after a day, the oldest first. Call in one of the two works."""
    found = Seal.objects.order_by("day")
    return (found.filter(day__gt=after) if after else found).iterator(chunk_size=20)


def file_of(folder: Path, day: dt.date) -> Path:
    """The file of a day."""
    return folder / f"audit-{day.isoformat()}.jsonl"


def write_into(folder: Path, seal: Seal, *, rows: bool = False) -> bool:
    """Write a seal as a file of its own, whole or not at all, never over another; whether it is new there.

    Raises OtherSeal where the file of that day holds another seal, NotAnExport where it holds something else,
    OSError where the folder cannot be written.
    """
    path = file_of(folder, seal.day)
    if path.exists():
        _check_same(path, seal)
        return False
    part = folder / f".{path.name}.{os.getpid()}.part"
    try:
        with part.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines([seal], rows=rows))
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
        sync_folder(folder)
    finally:
        part.unlink(missing_ok=True)
    return True


def _check_same(path: Path, seal: Seal) -> None:
    there = next(read([path]), None)
    if there is None or there.link != seal.link or not there.sound:
        raise OtherSeal(
            f"{path} holds another seal of {seal.day} than the one here. Somebody changed one of the two: keep the "
            f"file, and run `alongside audit verify --against {path.parent}`."
        )


def files_in(place: Path) -> list[Path]:
    """The files of an export: one file itself, or those of a folder by day. Raises NotAnExport."""
    found = sorted(place.glob("audit-*.jsonl")) if place.is_dir() else [place]
    if not found or not all(path.is_file() for path in found):
        raise NotAnExport(f"There is no export of the audit at {place}.")
    return found


def read(paths: Iterable[Path]) -> Iterator[Kept]:
    """The seals in these files with their rows, as a stream. Raises NotAnExport with the line where it is none."""
    kept: Kept | None = None
    for path in paths:
        with path.open(encoding="utf-8", errors="replace") as file:
            for number, line in enumerate(file, start=1):
                where = f"line {number} of {path.name}"
                told = _told(line, where)
                if told["alongside"] == SEAL:
                    if kept is not None:
                        yield kept
                    kept = _seal(told, where)
                else:
                    _row_of(kept, told, where)
    if kept is not None:
        yield kept


def _told(line: str, where: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except ValueError as error:
        raise NotAnExport(f"{where[0].upper()}{where[1:]} cannot be read: {error}.") from error
    if not isinstance(told, dict) or told.get("alongside") not in (SEAL, ROW):
        raise NotAnExport(f"{where[0].upper()}{where[1:]} is neither a seal nor a row of the audit.")
    return told


def _seal(told: dict[str, Any], where: str) -> Kept:
    try:
        return Kept(
            day=dt.date.fromisoformat(told["day"]), events=int(told["events"]), looks=int(told["looks"]),
            entries_digest=str(told["entries_digest"]), before=str(told["before"]), link=str(told["link"]),
            sealed_at=dt.datetime.fromisoformat(told["sealed_at"]).astimezone(dt.UTC), where=where,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnExport(f"The seal in {where} is not whole: {error}.") from error


def _row_of(kept: Kept | None, told: dict[str, Any], where: str) -> None:
    if kept is None or told.get("day") != kept.day.isoformat():
        raise NotAnExport(f"The row in {where} does not stand under the seal of its day.")
    try:
        at = chain.micros(dt.datetime.fromisoformat(told["at"]))
        one = chain.Entry(told["kind"], at, UUID(told["key"]), bytes.fromhex(told["digest"]))
        kept.entries += one.packed()
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnExport(f"The row in {where} is not whole: {error}.") from error


def against(kept: Iterable[Kept]) -> Iterator[Found]:
    """What stands here otherwise than it was taken off the machine. Call in the work `audit.verify`."""
    anew = 0
    for one in kept:
        here = Seal.objects.filter(day=one.day).first()
        if not one.sound:
            yield Found("file_changed", one.day, f"The seal of {one.day} in {one.where} was changed there.")
        elif here is None:
            yield Found(
                "seal_missing", one.day, f"The seal of {one.day} was taken off and is not here any more."
            )
        elif here.entries_digest != one.entries_digest:
            yield from _other_rows(one)
        elif here.link != one.link:
            anew += 1
            if anew == 1:
                sentence = (
                    f"From {one.day} on, days were sealed anew: {one.where} holds the seal that was first."
                )
                yield Found("sealed_anew", one.day, sentence)


def _other_rows(one: Kept) -> Iterator[Found]:
    sentence = f"The day {one.day} was written anew: its seal is not the one in {one.where}."
    yield Found("written_anew", one.day, sentence)
    if one.entries:
        yield from rows_against(one.day, one.entries_digest, bytes(one.entries))
