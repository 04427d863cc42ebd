"""How commands speak: what was asked for on standard output, everything else on standard error."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

# How to tell of progress: what is being done, how much of it is done, and of how much (None: nobody knows).
Tell = Callable[[str, float, float | None], None]


def say(text: str) -> None:
    """One answer on standard output, as it is: no colours, no wrapping, so that it can be piped on."""
    print(text, flush=True)


def say_json(value: Any) -> None:
    """The same for programs."""
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def note(text: str) -> None:
    """A remark on standard error."""
    print(text, file=sys.stderr, flush=True)


def trouble(sentence: str, *, as_json: bool = False) -> None:
    """What went wrong: for people on standard error, and where JSON was asked for on standard output too."""
    if as_json:
        say_json({"error": sentence})
    note(sentence)


@contextmanager
def progress(doing: str) -> Iterator[Tell]:
    """A bar on standard error, shown to people only; gone when the work is done."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(doing, total=None)
        yield lambda says, done, total: bar.update(task, description=says, completed=done, total=total)
