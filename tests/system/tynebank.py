"""Tynebank, really open: `alongside demo` as a council officer types it, on a port of its own.

Loading six stories takes a while, so it happens once for each shape of the house and each day; what a test
visits is a copy of that folder, and gone at the end.
"""

import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from alongside.kernel.folders import locked, made

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".cache" / "demo"
# The same place on a day when three of its stories are still to be lived: see `begun`.
KEPT_BEGUN = ROOT / ".cache" / "demo-begun"
DEMO, BEGUN = ("alongside.config.cli", "demo"), ("tests.system.begun",)
READY_WITHIN = 60
# What writes nothing that a demo holds: the pages around it.
NOT_IN_IT = {"tests", "views", "views.py", "urls.py", "forms", "forms.py", "templatetags", "static", "cli"}
STRANGERS_TO_IT = ("DATABASE_URL", "DATABASE_OWNER_URL", "ALONGSIDE_DEMO_TICKET", "PYTEST_CURRENT_TEST")


def fingerprint() -> str:
    """Of the day, and of all that shapes what a demo holds."""
    found = [path for kind in ("py", "yaml") for path in sorted(ROOT.glob(f"alongside/**/*.{kind}"))]
    shaping = [path for path in found if not NOT_IN_IT & set(path.relative_to(ROOT).parts)]
    shaping.append(Path(__file__).with_name("begun.py"))
    said = hashlib.sha256(date.today().isoformat().encode())
    for path in shaping:
        said.update(path.read_bytes())
    return said.hexdigest()[:10]


def command(data: Path, *words: str, module: str = DEMO[0]) -> subprocess.Popen[str]:
    """The real command, with a data folder of its own."""
    around = {key: value for key, value in os.environ.items() if key not in STRANGERS_TO_IT}
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        env=around | {"ALONGSIDE_DATA": str(data), "ALONGSIDE_PG_FAST": "1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def loaded(*, begun: bool = False) -> Path:
    """A data folder in which Tynebank is loaded and nobody has been yet. Made when it is missing."""
    kept, (module, *words) = (KEPT_BEGUN, BEGUN) if begun else (KEPT, DEMO)
    made(kept)
    with locked(kept / ".lock"):
        folder = kept / fingerprint()
        if not folder.exists():
            for old in kept.glob("??????????"):
                shutil.rmtree(old)
            half_made = made(kept / "being-made")
            process = command(half_made, *words, "--no-serve", module=module)
            said, _ = process.communicate(timeout=300)
            if process.returncode:
                raise RuntimeError(f"`alongside demo --no-serve` did not load Tynebank:\n{said}")
            half_made.rename(folder)
    return folder


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        return int(trying.getsockname()[1])


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy for one visit. `cp -a` keeps who owns what: as root, the database is another user's."""
    here = folder.parent / f"visit-{os.getpid()}"
    shutil.rmtree(here, ignore_errors=True)
    subprocess.run(["cp", "-a", str(folder), str(here)], check=True)
    try:
        yield here
    finally:
        shutil.rmtree(here)


@contextmanager
def opened(*, begun: bool = False) -> Iterator[str]:
    """The demo, serving. Yields its address."""
    with copied(loaded(begun=begun)) as here:
        port = free_port()
        process = command(here, "demo", "--port", str(port))
        try:
            yield _answering(f"http://127.0.0.1:{port}", process)
        finally:
            _ended(process)


def _asked(address: str) -> Any:
    return urlopen(address, timeout=5)  # noqa: S310 - our own server


def _answering(address: str, process: subprocess.Popen[str]) -> str:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with suppress(URLError, OSError), _asked(f"{address}/about/"):
            return address
        time.sleep(0.1)
    said, _ = process.communicate(timeout=_ended(process))
    raise RuntimeError(f"`alongside demo` does not answer at {address}:\n{said}")


def _ended(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(40)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    return 5
