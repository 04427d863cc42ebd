"""What is written down while the house runs: one line of JSON for each request and each fault, without words.

A database error quotes the row it refused, a traceback's last line quotes whatever was raised, and a library's
sentence may quote an address: each may hold somebody's story. So a line keeps the kinds of error, files, lines
and functions, and the name of the page. Sentences are kept of our own loggers alone, as they stand in the code.
"""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

OURS = "alongside"
DEEPEST = 20  # places of an error that are told, the innermost
# How the web server's own sentences begin; what follows may quote an error.
SERVER_SAYS = (
    "Unexpected exit from worker",
    "Application callable raised an exception",
    "Killing worker",
    "Respawning worker",
)
_request: ContextVar[str] = ContextVar("request", default="")


@contextmanager
def within(request: str) -> Iterator[None]:
    """Lines written inside carry this request's id, so that a fault is found by its request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


class Wordless(logging.Formatter):
    """One line of JSON: when, how grave, where, and for an error its kinds and places, the cause first."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without its arguments' words."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        return json.dumps(line | _around(record) | _what(record), ensure_ascii=True)


def _around(record: logging.LogRecord) -> dict[str, Any]:
    """Of which request, on which page, in which job; each by its name in the code."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    job = getattr(record, "job", None)
    found = {
        "request": _request.get(),
        "page": match.view_name if match else "",
        "job": job.get("task_name", "") if isinstance(job, dict) else "",
    }
    return {name: value for name, value in found.items() if value}


def _what(record: logging.LogRecord) -> dict[str, Any]:
    if record.exc_info and record.exc_info[1] is not None:
        return {"errors": told(record.exc_info[1])}
    if isinstance(counted := getattr(record, "counted", None), dict):
        return counted
    if record.name.split(".")[0] == OURS:
        return {"says": str(record.msg)}
    said = next((each for each in SERVER_SAYS if str(record.msg).startswith(each)), "")
    return {"says": said} if said else {"where": f"{record.module}:{record.lineno} in {record.funcName}"}


def told(error: BaseException) -> list[dict[str, Any]]:
    """An error and what led to it, innermost cause first: kinds and places, and nothing that was said."""
    before = error.__cause__ or error.__context__
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return [*(told(before) if before is not None else []), {"kind": kind, "places": places}]


def nothing_else_speaks() -> None:
    """What nobody caught, in this process or a thread of it, and warnings, are told in the same way."""
    fell = logging.getLogger(f"{OURS}.fell")
    sys.excepthook = lambda kind, error, trace: fell.critical("not caught", exc_info=(kind, error, trace))
    threading.excepthook = lambda args: fell.critical(
        "not caught", exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    )
    logging.captureWarnings(True)
