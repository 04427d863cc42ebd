"""What the house is built on, as its locks say: every package with its version, its hashes and its licence."""

import json
import re
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from tests.house import sources

PYTHON, NODE = "PyPI", "npm"
LINE = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
# Each may be given on under the AGPL, version 3 or later.
COMPATIBLE = {
    "0BSD", "Apache Software License", "Apache-2.0", "BSD License", "BSD-2-Clause", "BSD-3-Clause", "ISC",
    "LGPL-3.0-only", "MIT", "MIT License", "MIT-0", "MIT-CMU", "MPL-2.0", "Mozilla Public License 2.0 (MPL 2.0)",
    "OFL-1.1", "PSF-2.0", "PostgreSQL",
    "GNU Lesser General Public License v2 or later (LGPLv2+)",
}  # fmt: skip
# Where a package says nothing, or says something besides: what its own files say.
READ_BY_HAND = {
    "axe-playwright-python": "MIT",  # LICENSE in its repository; nothing in its metadata
    "qrcode": "BSD-3-Clause",  # the other word in its metadata is for the thanks it gives
    "pyphen": "GNU Lesser General Public License v2 or later (LGPLv2+)",  # one of three, to choose from
}


@dataclass(frozen=True, eq=False)
class Package:
    """One package of a lock. `runs`: it is there where people use the house, not only where it is built."""

    ecosystem: str
    name: str
    version: str
    hashes: list[str] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    runs: bool = True


def python_packages(lock: Path, running: frozenset[str] = frozenset()) -> list[Package]:
    """The packages of a Python lock; `running` are the names of those that run."""
    found: list[Package] = []
    for line in lock.read_text(encoding="utf-8").splitlines():
        if named := LINE.match(line):
            name = named[1].lower()
            found.append(
                Package(PYTHON, name, named[2], [], licences_of(name), not running or name in running)
            )
        elif found:
            found[-1].hashes.extend(HASH.findall(line))
    return found


def licences_of(name: str) -> list[str]:
    """The licences that an installed package names, one by one; nothing for one of another machine."""
    if name in READ_BY_HAND:
        return [READ_BY_HAND[name]]
    try:
        told = distribution(name).metadata
    except PackageNotFoundError:
        return []
    if expression := told.get("License-Expression"):
        return re.split(r"\s+(?:AND|OR)\s+", expression)
    classified = [
        one.split(" :: ")[-1] for one in told.get_all("Classifier", []) if one.startswith("License")
    ]
    return classified or [told.get("License") or "nothing"]


def node_packages(lock: Path) -> list[Package]:
    """The packages of a Node lock, without the house itself."""
    told: dict[str, Any] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return [
        Package(NODE, path.rpartition("node_modules/")[2], one["version"], [one.get("integrity", "")],
                [one.get("license", "nothing")], not one.get("dev", False))
        for path, one in told.items() if path
    ]  # fmt: skip


def all_of_them() -> list[Package]:
    """Every package of every lock, each once."""
    runs = frozenset(one.name for one in python_packages(sources.ROOT / "requirements.txt"))
    return python_packages(sources.ROOT / "requirements-dev.txt", runs) + node_packages(
        sources.ROOT / "package-lock.json"
    )


def direct() -> dict[str, str]:
    """What pyproject.toml asks for itself, with the words beside it."""
    text = (sources.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["project"]
    asked = [*told["dependencies"], *(one for more in told["optional-dependencies"].values() for one in more)]
    beside = {
        line.split('"')[1]: line.partition("#")[2].strip() for line in text.splitlines() if '",' in line
    }
    return {one: beside.get(one, "") for one in asked}
