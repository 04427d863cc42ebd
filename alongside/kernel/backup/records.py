"""What is inside the sealed file: records, one after another.

M  the manifest                       first, once
F  a file begins: its path            then C records with its content, then E: its size and digest
D  a piece of pg_dump's archive
Z  the end: how many files, what was left out
"""

import json
import struct
from collections.abc import Iterator
from typing import Any

from alongside.kernel.backup.errors import FileChanged
from alongside.kernel.backup.sealed import PIECE, Sealer, Unsealer

HEAD = struct.Struct(">cI")
MANIFEST, FILE, CONTENT, FILE_END, DUMP, END = b"M", b"F", b"C", b"E", b"D", b"Z"
KINDS = frozenset((MANIFEST, FILE, CONTENT, FILE_END, DUMP, END))
LARGEST = 64 * 1024 * 1024


def put(sealer: Sealer, kind: bytes, data: bytes) -> None:
    """Write one record."""
    sealer.write(HEAD.pack(kind, len(data)))
    sealer.write(data)


def put_json(sealer: Sealer, kind: bytes, value: dict[str, Any]) -> None:
    """Write one record whose content is JSON."""
    put(sealer, kind, json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def said(data: bytes, **wanted: type) -> dict[str, Any]:
    """What a record of JSON says. Raises FileChanged where it is none, or one of `wanted` (name=type) is not in it."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or not all(
        isinstance(found.get(name), kind) for name, kind in wanted.items()
    ):
        raise FileChanged(
            "The backup is sealed well but not written by Alongside: what it says of an upload cannot be read."
            " Nothing was restored."
        )
    return found


def records(unsealer: Unsealer) -> Iterator[tuple[bytes, bytes]]:
    """Every record in turn. Raises FileChanged where the order is not what we write."""
    before = b""
    while head := unsealer.read(HEAD.size):
        kind, length = HEAD.unpack(head) if len(head) == HEAD.size else (b"", 0)
        if kind not in KINDS or length > LARGEST or (kind == MANIFEST) != (before == b"") or before == END:
            raise FileChanged(
                "The backup is sealed well but not written by Alongside: its records are not ours."
            )
        yield kind, unsealer.read(length)
        before = kind
    if before != END:
        raise FileChanged("The backup is sealed well but not written by Alongside: it has no end.")


__all__ = [
    "CONTENT",
    "DUMP",
    "END",
    "FILE",
    "FILE_END",
    "MANIFEST",
    "PIECE",
    "put",
    "put_json",
    "records",
    "said",
]
