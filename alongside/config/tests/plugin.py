"""Loaded by pytest before settings are read (see `addopts`): tests never touch a place's own data.

It also says what a machine lacks: a test marked `browser` is skipped without chromium, with the line that
installs it, and fails instead where CI is set, so that nothing is left out there unseen.
"""

import os
import shutil
from pathlib import Path

import pytest

from alongside.kernel.language.catalogues import compile_newer

ROOT = Path(__file__).resolve().parents[3]
os.environ.setdefault("ALONGSIDE_PG_FAST", "1")
os.environ.setdefault("ALONGSIDE_DATA", str(ROOT / ".cache" / "test-data"))
compile_newer()
# A browser that is driven in a test keeps an event loop going in this process, and the framework then refuses
# every query, also those of the tests that follow. Nothing here is asynchronous: the house is served by threads.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Debian's packages: the program they bring, and what to copy.
PACKAGES = {"browser": ("chromium", "apt-get install -y --no-install-recommends chromium")}


def lacking(mark: str) -> str | None:
    """The line that installs what tests of this mark need, or None where it is there."""
    program, line = PACKAGES[mark]
    return None if shutil.which(program) else f"{program} is not on this machine: {line}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what cannot run here, in a line to copy; in CI that is a failure."""
    for mark in PACKAGES:
        if item.get_closest_marker(mark) and (line := lacking(mark)):
            if os.environ.get("CI"):
                pytest.fail(line, pytrace=False)
            pytest.skip(line)
