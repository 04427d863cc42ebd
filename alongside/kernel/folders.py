"""Where this installation keeps what is its own: secrets, the embedded database, uploads."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE_PARENT = Path(__file__).resolve().parents[2]


def running_as_root() -> bool:
    """Whether this process is the superuser of the machine."""
    return os.geteuid() == 0


def data_folder() -> Path:
    """The installation's data folder, made if it is missing.

    `ALONGSIDE_DATA` when set, else `.alongside` in the checkout (the folder with pyproject.toml),
    else `.alongside` where the command was given.
    """
    named = os.environ.get("ALONGSIDE_DATA")
    if named:
        return made(Path(named).expanduser().absolute())
    checkout = PACKAGE_PARENT if (PACKAGE_PARENT / "pyproject.toml").is_file() else Path.cwd()
    return made(checkout / ".alongside")


def made(folder: Path) -> Path:
    """The folder, made for this user alone.

    As root others may pass through it (0711): the database runs as an ordinary user and has to reach its
    own folder inside. They still cannot list it, and what is secret in it is 0600.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o711 if running_as_root() else 0o700)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that other processes and threads of this machine respect; waits for its turn."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_private(path: Path, text: str) -> None:
    """Write a 0600 file so that a reader sees the old text or the new one, never half of it."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename inside the folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
