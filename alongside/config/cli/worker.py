"""`alongside worker`: sends messages and does the work that waits in the queue, without serving pages."""

import argparse
import os
import signal
import sys
import threading
from typing import Any

from alongside.config.logs import nothing_else_speaks


def add_commands(commands: Any) -> None:
    """Mount the command."""
    worker = commands.add_parser("worker", help="send what waits to be sent (`serve` does this too)")
    worker.add_argument("--while-open", action="store_true", help=argparse.SUPPRESS)
    worker.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work until a signal asks to stop; what is begun is finished first."""
    from alongside.messages.worker import run_worker

    nothing_else_speaks()
    if args.while_open:
        threading.Thread(target=_stop_with_parent, daemon=True).start()
    run_worker()
    return 0


def _stop_with_parent() -> None:
    """`serve` holds the other end of our standard input: when it is gone, however it went, we go too."""
    while os.read(sys.stdin.fileno(), 1024):
        continue
    os.kill(os.getpid(), signal.SIGTERM)
