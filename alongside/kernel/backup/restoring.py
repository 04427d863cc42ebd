"""Restoring a backup into an empty place: all of it, verified, or nothing."""

import hashlib
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO
from urllib.parse import unquote, urlsplit

import psycopg

from alongside.kernel.backup.emptiness import MAKING, check_empty, clear, empty_again
from alongside.kernel.backup.errors import BackupFailed, FileChanged, reason
from alongside.kernel.backup.manifest import Manifest, Table, differences, tables, understood
from alongside.kernel.backup.programs import end_input_of, pipe, program, script_for, write_to
from alongside.kernel.backup.records import CONTENT, DUMP, FILE, FILE_END, records, said
from alongside.kernel.backup.sealed import Keys, Unsealer, open_header
from alongside.kernel.backup.taking import Progress, quiet
from alongside.kernel.folders import data_folder, sync_folder
from alongside.kernel.postgres import Addresses
from alongside.kernel.secrets import brought_back, secrets_rows_need

Records = Iterator[tuple[bytes, bytes]]


@dataclass(frozen=True)
class Restored:
    """What came back and was compared with what was kept."""

    made_at: str
    tables: int
    rows: int
    files: int
    secrets: list[str]

    def __str__(self) -> str:
        return (
            f"The backup of {self.made_at} is back. Verified: {self.rows:,} rows in {self.tables} tables, "
            f"each table by count and digest with its locks, and {self.files} uploads, each by its digest. "
            f"Secrets that rows need: {', '.join(self.secrets) or 'none were in it'}."
        )


def restore(
    file: Path,
    addresses: Addresses,
    uploads_folder: Path,
    passphrase: str,
    progress: Progress | None = None,
    home: Path | None = None,
) -> Restored:
    """Bring a backup back into an empty database and an empty folder of uploads.

    The secrets its rows need go into `home` (the data folder unless given), over any made there meanwhile. The
    whole file is read and checked before anything is written. Raises NotEmpty, WrongPassPhrase, FileCut,
    FileChanged, SecretsUnsafe or BackupFailed; whichever it is, everything is then as it was before.
    """
    tell = progress or quiet
    owner = addresses.owner_or_refuse()
    check_empty(owner, uploads_folder)
    was_there = uploads_folder.exists()
    try:
        with file.open("rb") as backup:
            keys = open_header(backup, passphrase)
            return _restore(backup, keys, addresses, uploads_folder, home or data_folder(), tell)
    except BaseException as trouble:
        clear(uploads_folder)
        if uploads_folder.exists() and not was_there:
            uploads_folder.rmdir()
        empty_again(owner, trouble)
        if isinstance(trouble, (OSError, psycopg.Error)):
            raise BackupFailed(f"The backup {file} could not be restored: {reason(trouble)}.") from trouble
        raise


def _restore(
    backup: BinaryIO, keys: Keys, addresses: Addresses, uploads: Path, home: Path, tell: Progress
) -> Restored:
    begins = backup.tell()
    manifest = _check_whole(Unsealer(backup, keys), tell)
    backup.seek(begins)
    wanted, secrets = manifest.tables, manifest.secrets
    # Before the rows: who is killed between the two has an empty place, and not rows that nothing opens.
    with brought_back(secrets, home):
        files = _bring_back(backup, keys, manifest, addresses, uploads / MAKING, tell)
        _verify(addresses.owner_or_refuse(), wanted, tell)
        _verify_secrets(secrets, home)
        _put_in_place(uploads / MAKING, uploads)
    rows = sum(table.rows for table in wanted)
    return Restored(manifest.made_at, len(wanted), rows, files, sorted(secrets))


def _verify_secrets(wanted: dict[str, str], home: Path) -> None:
    if not wanted.items() <= secrets_rows_need(home).items():
        raise BackupFailed(f"The secrets in {home} are not those that were kept. Nothing was restored.")


def _check_whole(unsealer: Unsealer, tell: Progress) -> Manifest:
    """Read everything once, writing nothing; the manifest. Raises FileCut or FileChanged."""
    stream = records(unsealer)
    manifest, done = understood(next(stream)[1]), 0
    for _kind, data in stream:
        done += len(data)
        tell("checking", done)
    return manifest


def _bring_back(
    backup: BinaryIO, keys: Keys, manifest: Manifest, addresses: Addresses, making: Path, tell: Progress
) -> int:
    """Uploads into a folder inside their place, then the database in one transaction; how many uploads.

    Inside, because their place may be a disk of its own, and nothing moves between disks in one step.
    """
    making.mkdir(mode=0o700, parents=True)
    stream = records(Unsealer(backup, keys))
    next(stream)
    files, kind, data = _bring_files(stream, making, tell)
    if kind == DUMP:
        _bring_database(data, stream, manifest, addresses, tell)
    return files


def _bring_files(stream: Records, making: Path, tell: Progress) -> tuple[int, bytes, bytes]:
    """How many files were written and verified, and the first record that is not a file's."""
    done = 0
    for files, (kind, data) in enumerate(stream):
        if kind != FILE:
            return files, kind, data
        done += _bring_file(stream, making, said(data, path=str)["path"])
        tell("uploads", done)
    raise FileChanged("The backup holds no tables.")


def _bring_file(stream: Records, making: Path, name: str) -> int:
    pure = PurePosixPath(name)
    if not _can_be_a_name(name):
        raise FileChanged("The backup holds an upload whose name no disk can hold. Nothing was restored.")
    if pure.is_absolute() or ".." in pure.parts:
        raise FileChanged(f"The backup holds an upload outside of its folder: {name}")
    path = making / pure
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        for kind, data in stream:
            if kind == FILE_END:
                break
            if kind != CONTENT:
                raise FileChanged(f"The backup's upload {name} has no end.")
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(0o600)
    return _verified(path, name, said(data, size=int, sha256=str))


def _can_be_a_name(name: str) -> bool:
    try:
        return b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        return False


def _verified(path: Path, name: str, end: dict[str, Any]) -> int:
    """The size of the file on disk, read back and compared with what was kept."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if digest != end["sha256"] or path.stat().st_size != end["size"]:
        raise BackupFailed(f"The upload {name} is not on the disk as it was kept. Nothing was restored.")
    return int(end["size"])


def _bring_database(
    first: bytes, stream: Records, manifest: Manifest, addresses: Addresses, tell: Progress
) -> None:
    """pg_restore writes the script, psql runs it in one transaction: all, or after any trouble nothing."""
    owner = addresses.owner_or_refuse()
    options = ["--file=-", "--format=custom", "--no-owner", "--enable-row-security", "--exit-on-error"]
    careful = ["--no-psqlrc", "--quiet", "--output=/dev/null"]
    careful += ["--set=ON_ERROR_STOP=1", "--set=VERBOSITY=terse"]
    with program("psql", *careful, url=owner) as psql:
        with program("pg_restore", *options) as script:
            feeder = _Feeder(first, stream, pipe(script.stdin), tell)
            feeder.start()
            write_to(psql, b"BEGIN;\n")
            for line in script_for(pipe(script.stdout), *_fit(owner, manifest, addresses)):
                write_to(psql, line)
            feeder.join()
            feeder.raise_trouble()
            script.wait()
        # Not psql's --single-transaction: that commits when its input ends, also because we were killed.
        write_to(psql, b"COMMIT;\n")
        end_input_of(psql)


def _fit(owner: str, manifest: Manifest, addresses: Addresses) -> tuple[int, dict[str, str]]:
    """The server's version, and the names of roles there for those in the backup."""
    with psycopg.connect(owner) as connection:
        version = connection.info.server_version
        here = {"app": unquote(urlsplit(addresses.app).username or ""), "owner": connection.info.user}
    return version, {old: here[kind] for kind, old in manifest.roles.items()}


class _Feeder(threading.Thread):
    """Hands the archive to pg_restore while its script is read: one pipe each way, neither may wait."""

    def __init__(self, first: bytes, stream: Records, into: IO[bytes], tell: Progress) -> None:
        super().__init__(daemon=True)
        self._first, self._stream, self._into, self._tell = first, stream, into, tell
        self._trouble: BaseException | None = None

    def run(self) -> None:
        try:
            self._feed()
        except BrokenPipeError:
            # pg_restore ended before its input did; its exit code and its own words tell why.
            return
        except BaseException as trouble:  # raised again where the work is waited for
            self._trouble = trouble
        finally:
            self._end_input()

    def _feed(self) -> None:
        done = 0
        for kind, data in chain([(DUMP, self._first)], self._stream):
            if kind == DUMP:
                self._into.write(data)
                done += len(data)
                self._tell("tables", done)

    def _end_input(self) -> None:
        try:
            self._into.close()
        except BrokenPipeError:
            return

    def raise_trouble(self) -> None:
        """What went wrong while feeding, if anything did."""
        if self._trouble:
            raise self._trouble


def _verify(owner: str, wanted: list[Table], tell: Progress) -> None:
    tell("verifying", 0)
    with psycopg.connect(owner) as connection:
        wrong = differences(wanted, tables(connection))
        # So that the first questions are answered with a plan made for these rows.
        connection.execute("ANALYZE")
    if wrong:
        raise BackupFailed(
            f"What came back is not what was kept: {'; '.join(wrong[:5])}. The database was emptied again."
        )


def _put_in_place(making: Path, uploads: Path) -> None:
    for path in sorted(making.iterdir()):
        path.rename(uploads / path.name)
    making.rmdir()
    sync_folder(uploads)
