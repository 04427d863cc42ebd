"""A file that only its pass phrase opens, and that shows when it was cut or changed.

Layout: a header (magic, format, scrypt cost, salt, checksum, proof of the key), then frames. A frame is its
length and whether it is the last, then that many bytes of ChaCha20-Poly1305. The nonce counts the frames, so
none can be left out, doubled, reordered or taken from another file; the last says so, so none can be missing.
"""

import hashlib
import hmac
import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from alongside.kernel.backup.errors import BackupFailed, FileChanged, FileCut, WrongPassPhrase

MAGIC = b"ALONGSIDE BACKUP\n"
FORMAT = 1
# 2^17 blocks of 1 KiB: guessing costs 128 MiB and about half a second each time.
COST = 17
COSTS_ACCEPTED = range(14, 21)
HEADER = struct.Struct(f">{len(MAGIC)}sBB16s")
CHECKSUM = PROOF = 32
FRAME = struct.Struct(">IB")
PIECE = 256 * 1024
TAG = 16
SHORTEST_PASS_PHRASE = 12


@dataclass(frozen=True)
class Keys:
    """What a pass phrase and a salt give: one key for the frames, one to prove that it is the right one."""

    frames: bytes
    proof: bytes

    def __repr__(self) -> str:
        return "Keys(...)"


def check_pass_phrase(passphrase: str) -> None:
    """Raise BackupFailed for a pass phrase that is soon guessed."""
    if len(passphrase) < SHORTEST_PASS_PHRASE:
        raise BackupFailed(
            f"The pass phrase is too short: take at least {SHORTEST_PASS_PHRASE} characters, for instance "
            "five words that do not belong together."
        )


def _keys(passphrase: str, salt: bytes, cost: int) -> Keys:
    derived = Scrypt(salt=salt, length=64, n=2**cost, r=8, p=1).derive(passphrase.encode())
    return Keys(derived[:32], derived[32:])


class Sealer:
    """Writes sealed bytes to a file. Without `finish` the file is not whole, and will say so."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        check_pass_phrase(passphrase)
        header = HEADER.pack(MAGIC, FORMAT, COST, os.urandom(16))
        keys = _keys(passphrase, header[-16:], COST)
        checksum = hashlib.sha256(header).digest()
        file.write(header + checksum + hmac.digest(keys.proof, header + checksum, "sha256"))
        self._file, self._cipher = file, ChaCha20Poly1305(keys.frames)
        self._waiting, self._count = bytearray(), 0

    def write(self, data: bytes) -> None:
        """Take in bytes; whole pieces are sealed and written at once, so memory stays small."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Seal what is waiting as the last frame."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        frame = FRAME.pack(len(piece) + TAG, last)
        self._file.write(frame + self._cipher.encrypt(_nonce(self._count), piece, frame))
        self._count += 1


def _nonce(count: int) -> bytes:
    return count.to_bytes(12, "big")


def open_header(file: BinaryIO, passphrase: str) -> Keys:
    """Read the header and try the pass phrase; the file then stands at the first frame.

    Raises FileCut, FileChanged, WrongPassPhrase, or BackupFailed for a file that is no backup of ours.
    """
    header = file.read(HEADER.size)
    if header[: len(MAGIC)] != MAGIC[: len(header)] or not header:
        raise BackupFailed("This file is not a backup made by Alongside.")
    rest = file.read(CHECKSUM + PROOF)
    if len(header) + len(rest) < HEADER.size + CHECKSUM + PROOF:
        raise FileCut("The backup is cut off: it ends within its first lines. Fetch it again.")
    _, made_as, cost, salt = HEADER.unpack(header)
    checksum, proof = rest[:CHECKSUM], rest[CHECKSUM:]
    if hashlib.sha256(header).digest() != checksum:
        raise FileChanged("The backup was changed or damaged in its first lines. Take another copy of it.")
    if made_as != FORMAT or cost not in COSTS_ACCEPTED:
        raise BackupFailed(
            f"The backup has format {made_as}; this Alongside reads {FORMAT}. Update it first."
        )
    keys = _keys(passphrase, salt, cost)
    if not hmac.compare_digest(proof, hmac.digest(keys.proof, header + checksum, "sha256")):
        raise WrongPassPhrase("That is not the pass phrase of this backup. Nothing was changed; try again.")
    return keys


class Unsealer:
    """Reads back what a Sealer wrote, one checked frame at a time; `file` stands at the first frame."""

    def __init__(self, file: BinaryIO, keys: Keys) -> None:
        self._file, self._cipher = file, ChaCha20Poly1305(keys.frames)
        self._ready, self._count, self._ended = bytearray(), 0, False

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, or fewer at the end. Raises FileCut or FileChanged."""
        while len(self._ready) < size and not self._ended:
            self._ready += self._frame()
        taken = bytes(self._ready[:size])
        del self._ready[:size]
        return taken

    def _frame(self) -> bytes:
        frame = self._file.read(FRAME.size)
        if len(frame) < FRAME.size:
            raise self._cut()
        length, last = FRAME.unpack(frame)
        if not TAG <= length <= PIECE + TAG or last > 1:
            raise self._changed()
        sealed = self._file.read(length)
        if len(sealed) < length:
            raise self._cut()
        try:
            piece = self._cipher.decrypt(_nonce(self._count), sealed, frame)
        except InvalidTag:
            raise self._changed() from None
        self._count, self._ended = self._count + 1, bool(last)
        if last and self._file.read(1):
            raise FileChanged("The backup was changed: something was added at its end. Take another copy.")
        return piece

    def _cut(self) -> FileCut:
        return FileCut(f"The backup is cut off: it ends after {self._where()}. Fetch it again, whole.")

    def _changed(self) -> FileChanged:
        return FileChanged(f"The backup was changed or damaged after {self._where()}. Take another copy.")

    def _where(self) -> str:
        return f"{self._count * PIECE // 1024:,} KiB of its content"
