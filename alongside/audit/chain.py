"""The arithmetic of the chain: a row, an entry, a day, a seal. It knows no database, so anybody can do it again.

An entry is 57 bytes: what it is ("e" an event, "l" a look), its moment in microseconds since 1970 (8 bytes, the
highest first), its key (16) and the SHA-256 of the canonical row (32). A day's entries are ordered by those bytes
but the last: events before looks, each by moment and key.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

EVENT, LOOK = "event", "look"
KINDS = {b"e": EVENT, b"l": LOOK}
LETTERS = {kind: letter for letter, kind in KINDS.items()}
ENTRY = 57
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICRO = dt.timedelta(microseconds=1)
NOTHING: tuple[Any, ...] = (None, "", [], {}, False)
FIRST = ""  # what stands before the first seal


class Entry(NamedTuple):
    """One row of a day: what it is, its moment (microseconds since 1970), its key, its digest (32 bytes)."""

    kind: str
    at: int
    key: UUID
    digest: bytes

    @property
    def place(self) -> tuple[bytes, int, bytes]:
        """Where it stands in its day."""
        return LETTERS[self.kind], self.at, self.key.bytes

    @property
    def moment(self) -> dt.datetime:
        """When it happened, in UTC."""
        return EPOCH + self.at * MICRO

    def packed(self) -> bytes:
        """The 57 bytes."""
        return LETTERS[self.kind] + self.at.to_bytes(8, "big", signed=True) + self.key.bytes + self.digest


def micros(moment: dt.datetime) -> int:
    """An aware moment as whole microseconds since 1970."""
    return (moment - EPOCH) // MICRO


def entry(kind: str, row: Mapping[str, Any]) -> Entry:
    """The entry of a row, given as all of its columns by name, `id` and `at` among them."""
    return Entry(kind, micros(row["at"]), row["id"], hashlib.sha256(canonical(kind, row)).digest())


def canonical(kind: str, row: Mapping[str, Any]) -> bytes:
    """A row as bytes that are the same wherever it is read: JSON, keys in order, moments in microseconds.

    A column that holds nothing is left out, so that one which a later release adds leaves old rows as they were.
    """
    columns = {name: _plain(value) for name, value in row.items() if value not in NOTHING}
    return json.dumps(
        [kind, columns], sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return micros(value)
    return str(value) if isinstance(value, UUID) else value


def unpacked(entries: bytes) -> Iterator[Entry]:
    """Entries from their bytes. Raises ValueError where those are none."""
    if len(entries) % ENTRY:
        raise ValueError("the list of entries does not end where an entry does")
    for start in range(0, len(entries), ENTRY):
        one = entries[start : start + ENTRY]
        if one[:1] not in KINDS:
            raise ValueError("the list of entries holds something that is no entry")
        yield Entry(
            KINDS[one[:1]], int.from_bytes(one[1:9], "big", signed=True), UUID(bytes=one[9:25]), one[25:]
        )


def day_digest(entries: Iterable[Entry]) -> str:
    """The SHA-256 (hex) of a day's entries, in their order."""
    whole = hashlib.sha256()
    for one in entries:
        whole.update(one.packed())
    return whole.hexdigest()


def link(
    *, before: str, day: dt.date, events: int, looks: int, entries_digest: str, sealed_at: dt.datetime
) -> str:
    """The SHA-256 (hex) that chains a seal to the one before it (`before`: its link, FIRST where there is none)."""
    told = [before, day.isoformat(), events, looks, entries_digest, micros(sealed_at)]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def day_of(moment: dt.datetime) -> dt.date:
    """The day of UTC in which a moment lies."""
    return moment.astimezone(dt.UTC).date()


def begin_of(day: dt.date) -> dt.datetime:
    """The first moment of a day of UTC."""
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def end_of(day: dt.date) -> dt.datetime:
    """The first moment after a day of UTC."""
    return begin_of(day) + dt.timedelta(days=1)
