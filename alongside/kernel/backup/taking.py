"""Taking a backup: one moment of the database and the uploads, sealed into one file."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

import psycopg

from alongside.kernel.backup.errors import BackupFailed, reason
from alongside.kernel.backup.manifest import Table, tables
from alongside.kernel.backup.programs import pipe, program
from alongside.kernel.backup.records import CONTENT, DUMP, END, FILE, FILE_END, MANIFEST, PIECE, put, put_json
from alongside.kernel.backup.sealed import Sealer, check_pass_phrase
from alongside.kernel.folders import data_folder, sync_folder
from alongside.kernel.postgres import Addresses
from alongside.kernel.secrets import secrets_rows_need

# Told what is being done and how many bytes of it so far.
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Taken:
    """What a backup holds. `left_out`: uploads that are not plain files, or went away meanwhile.

    `secrets`: the names of those that travel with the rows that need them.
    """

    path: Path
    size: int
    tables: int
    rows: int
    files: int
    left_out: list[str]
    secrets: list[str]


def quiet(step: str, done: int) -> None:
    """Tell nobody."""


def backup(
    addresses: Addresses,
    uploads_folder: Path,
    out: Path,
    passphrase: str,
    progress: Progress | None = None,
    home: Path | None = None,
) -> Taken:
    """Write the whole place to `out`, encrypted; the file gets its name only once it is whole and on disk.

    The counts in it, the rows in it and the moment are the same snapshot. Secrets that rows need are read from
    `home` (the data folder unless given). Nothing is written unencrypted.
    Raises BackupFailed, leaving no file behind; never overwrites one.
    """
    check_pass_phrase(passphrase)
    if out.exists():
        raise BackupFailed(
            f"{out} is already there, and a backup never overwrites another. Choose a new name."
        )
    owner = addresses.owner_or_refuse()
    part = out.with_name(f"{out.name}.part")
    try:
        with _new_private_file(part) as file:
            place = _Place(addresses.app, owner, uploads_folder, home or data_folder())
            taken = _write(file, place, passphrase, progress or quiet)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        part.rename(out)
    except OSError as error:
        raise BackupFailed(f"The backup could not be written to {out}: {reason(error)}.") from error
    except psycopg.Error as error:
        raise BackupFailed(f"The database could not be read: {reason(error)}. No backup was made.") from error
    finally:
        part.unlink(missing_ok=True)
    sync_folder(out.absolute().parent)
    found, secrets, files, left_out = taken
    return Taken(out, size, len(found), sum(table.rows for table in found), files, left_out, sorted(secrets))


class _Place(NamedTuple):
    """Where everything is that goes into the file."""

    app: str
    owner: str
    uploads: Path
    home: Path


def _new_private_file(path: Path) -> BinaryIO:
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")


def _write(
    file: BinaryIO, place: _Place, passphrase: str, progress: Progress
) -> tuple[list[Table], dict[str, str], int, list[str]]:
    sealer = Sealer(file, passphrase)
    with psycopg.connect(place.owner) as connection:
        # The moment comes first: every upload and every secret that its rows speak of is on disk by then.
        snapshot = _begin_snapshot(connection)
        progress("counting", 0)
        found = tables(connection)
        secrets = secrets_rows_need(place.home)
        put_json(sealer, MANIFEST, _manifest(connection, place.app, found) | {"secrets": secrets})
        files, left_out = _put_files(sealer, place.uploads, progress)
        _put_dump(sealer, place.owner, snapshot, progress)
    put_json(sealer, END, {"files": files, "left_out": left_out})
    sealer.finish()
    return found, secrets, files, left_out


def _begin_snapshot(connection: psycopg.Connection[Any]) -> str:
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    ((snapshot,),) = connection.execute("SELECT pg_export_snapshot()").fetchall()
    return str(snapshot)


def _manifest(connection: psycopg.Connection[Any], app: str, found: list[Table]) -> dict[str, Any]:
    return {
        "format": 1,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "server_version": connection.info.server_version,
        "roles": {"app": unquote(urlsplit(app).username or ""), "owner": connection.info.user},
        "tables": [table.as_json() for table in found],
    }


def _put_files(sealer: Sealer, folder: Path, progress: Progress) -> tuple[int, list[str]]:
    """Every upload; how many there were, and which paths were left out."""
    files, done, left_out = 0, 0, []
    for path in _everything_in(folder):
        name = path.relative_to(folder).as_posix()
        size = _put_file(sealer, path, name)
        if size is None:
            left_out.append(name)
            continue
        files, done = files + 1, done + size
        progress("uploads", done)
    return files, left_out


def _everything_in(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _put_file(sealer: Sealer, path: Path, name: str) -> int | None:
    """The size of what was put; None for what is no plain file, or is not there any more."""
    if path.is_symlink() or not path.is_file():
        return None
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    digest, size = hashlib.sha256(), 0
    put_json(sealer, FILE, {"path": name})
    with file:
        while piece := file.read(PIECE):
            put(sealer, CONTENT, piece)
            digest.update(piece)
            size += len(piece)
    put_json(sealer, FILE_END, {"size": size, "sha256": digest.hexdigest()})
    return size


def _put_dump(sealer: Sealer, owner: str, snapshot: str, progress: Progress) -> None:
    """The database as the snapshot saw it; with row-level security on, since the owner is held by it too."""
    done = 0
    options = ["--format=custom", "--enable-row-security", f"--snapshot={snapshot}"]
    with program("pg_dump", *options, url=owner) as dump:
        while piece := pipe(dump.stdout).read(PIECE):
            put(sealer, DUMP, piece)
            done += len(piece)
            progress("tables", done)
        dump.wait()
