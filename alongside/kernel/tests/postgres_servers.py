"""Throw-away servers for tests: the wheel's PostgreSQL and, where it is installed, Debian's 15."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest

from alongside.kernel.postgres import Addresses, ensure_running, stop

DEBIAN = Path("/usr/lib/postgresql/15/bin")
LACKS_15 = "PostgreSQL 15 is not here; install it with: apt-get install postgresql-15"
BOTH = ["wheel", "debian-15"]


def environment(which: str, *, fast: bool = True) -> dict[str, str]:
    """The settings that choose a server; skips (fails where CI is set) when the machine lacks it."""
    if which == "debian-15" and not (DEBIAN / "postgres").is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(LACKS_15)
    chosen = {
        "ALONGSIDE_PG_BIN": str(DEBIAN) if which == "debian-15" else "",
        "ALONGSIDE_PG_FAST": "1",
    }
    return chosen if fast else {**chosen, "ALONGSIDE_PG_FAST": ""}


@contextmanager
def place(which: str, *, fast: bool = True) -> Iterator[tuple[Path, Addresses]]:
    """A data folder with a running server of its own, stopped and gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as name:
        Path(name).chmod(0o711)
        home = Path(name) / "data"
        with mock.patch.dict(os.environ, environment(which, fast=fast)):
            try:
                yield home, ensure_running(home)
            finally:
                stop(home)
