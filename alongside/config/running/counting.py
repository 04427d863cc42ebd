"""How many requests there were and how long they took, over all processes that serve one place.

Each process counts for itself and writes its counts beside those of the others, at most once a second; whoever
is asked adds them up. What a process that ended had counted stays, so that no number goes back until `serve`
is started anew.
"""

import json
import os
import secrets
import shutil
import threading
from pathlib import Path
from typing import Any

import psutil

from alongside.kernel.folders import data_folder

# Seconds; a page is meant to come within a quarter of one.
STEPS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
WRITE_AFTER = 1.0
SERVED_BY = "ALONGSIDE_SERVED_BY"


def empty() -> dict[str, Any]:
    """No request yet. `pages`: how many, by "page status"; `steps`: how many took up to each of STEPS, or longer."""
    return {"pages": {}, "faults": 0, "steps": [0] * (len(STEPS) + 1), "seconds": 0.0}


class Counts:
    """The counts of one process, and with them those of all."""

    def __init__(self, folder: Path | None) -> None:
        """Written into `folder`, which may be missing; into none where it is None."""
        self.mine, self.lock = empty(), threading.Lock()
        self.file = folder / f"{os.getpid()}-{secrets.token_hex(4)}.json" if folder else None
        self.waiting = False

    def note(self, page: str, status: int, seconds: float) -> None:
        """One more request."""
        with self.lock:
            of_page = f"{page} {status}"
            self.mine["pages"][of_page] = self.mine["pages"].get(of_page, 0) + 1
            self.mine["faults"] += status >= 500
            self.mine["steps"][sum(seconds > step for step in STEPS)] += 1
            self.mine["seconds"] += seconds
            write, self.waiting = self.file is not None and not self.waiting, True
        if write:
            later = threading.Timer(WRITE_AFTER, self.write)
            later.daemon = True
            later.start()

    def write(self) -> None:
        """Put the counts where the others read them. A full disk costs a number and never a page."""
        if self.file is None:
            return
        with self.lock:
            text, self.waiting = json.dumps(self.mine), False
        part = self.file.with_suffix(".part")
        self.file.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, encoding="utf-8")
        part.replace(self.file)

    def together(self) -> dict[str, Any]:
        """What all processes counted."""
        with self.lock:
            whole = json.loads(json.dumps(self.mine))
        others = self.file.parent.glob("*.json") if self.file else ()
        for path in others:
            if path != self.file:
                _add(whole, json.loads(path.read_text(encoding="utf-8")))
        return whole


def _add(whole: dict[str, Any], more: dict[str, Any]) -> None:
    for name, number in more["pages"].items():
        whole["pages"][name] = whole["pages"].get(name, 0) + number
    whole["faults"] += more["faults"]
    whole["seconds"] += more["seconds"]
    whole["steps"] = [one + other for one, other in zip(whole["steps"], more["steps"], strict=True)]


def folder() -> Path | None:
    """Where the processes of this `serve` write; nowhere for a process that none started."""
    served_by = os.environ.get(SERVED_BY)
    return data_folder() / "metrics" / served_by if served_by else None


def begin() -> None:
    """Called by `serve` before it serves: what an earlier one left behind is let go."""
    left = data_folder() / "metrics"
    for each in left.iterdir() if left.is_dir() else ():
        if each.name == str(os.getpid()) or not psutil.pid_exists(int(each.name)):
            shutil.rmtree(each)


counts = Counts(folder())
