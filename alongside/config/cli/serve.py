"""`alongside serve`: pages and the messages worker, until a signal asks to stop."""

import argparse
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from importlib.util import find_spec
from typing import Any

from alongside.config.cli.house import CannotGoOn, make_ready
from alongside.config.cli.saying import note, progress, say
from alongside.config.logs import nothing_else_speaks

PORT = 8000
THREADS = 4
AGAIN_AFTER = 5.0
STOP_WITHIN = 30
# The web server's own log, in the same words as ours: it would quote what was raised.
SERVER_LOG = {
    "formatters": {name: {"()": "alongside.config.logs.Wordless"} for name in ("generic", "access")},
    "handlers": {
        name: {"class": "logging.StreamHandler", "formatter": "generic"} for name in ("console", "access")
    },
}


def add_commands(commands: Any) -> None:
    """Mount the command."""
    serve = commands.add_parser("serve", help="run this place: its pages and its messages")
    add_address(serve)
    serve.add_argument("--workers", type=int, default=2, metavar="N", help="processes that serve pages (2)")
    serve.add_argument(
        "--pages-only", action="store_true", help="pages without messages: `alongside worker` runs beside"
    )
    serve.set_defaults(run=run, by_itself=True)


def add_address(parser: argparse.ArgumentParser) -> None:
    """Where to listen: for `serve` and `demo`."""
    parser.add_argument("--port", type=int, default=PORT, metavar="N", help=f"the port to listen on ({PORT})")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (127.0.0.1)"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until asked to stop."""
    stop_in_good_order()
    make_ready()
    nothing_else_speaks()
    gather_static_files()
    serve_pages(args.host, args.port, args.workers, messages=not args.pages_only)
    return 0


def stop_in_good_order() -> None:
    """Let SIGTERM unwind what was begun, also before the server listens for it."""
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(0))


def gather_static_files() -> None:
    """Put styles, scripts and pictures where the server reads them, outside the package."""
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    if settings.DEMO:
        return
    with progress("Gathering static files"):
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def serve_pages(host: str, port: int, workers: int, *, messages: bool = True) -> None:
    """Listen until SIGTERM or SIGINT, with the messages worker beside; both end in good order."""
    from django.db import connections
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from alongside.config.running import counting

    check_port_is_free(host, port)
    # Each process opens its own connections; a forked one would share ours.
    connections.close_all()
    multiprocessing.set_start_method("spawn", force=True)
    os.environ["ALONGSIDE_SERVED_BY"] = str(os.getpid())
    counting.begin()
    server = Server(
        "alongside.config.cli.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_WITHIN,
        log_level=LogLevels.warning,
        log_dictconfig=SERVER_LOG,
    )
    with messages_worker() if messages else nullcontext():
        say(f"Alongside is at http://{shown(host)}:{port} (stop it with Ctrl+C)")
        server.serve()


def shown(host: str) -> str:
    """The address as a person types it."""
    return "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104


def check_port_is_free(host: str, port: int) -> None:
    """Raise CannotGoOn where something else listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((host, port))
        except (OSError, OverflowError) as error:
            raise CannotGoOn(
                f"Nothing can listen at {host}, port {port}: {error}. Choose another with --port."
            ) from error


@contextmanager
def messages_worker() -> Iterator[None]:
    """The worker as a process of its own, started again when it falls over, ended with us."""
    if find_spec("alongside.messages.worker") is None:
        note("Messages are not sent: this release has no worker yet.")
        yield
        return
    keeper = Keeper([sys.executable, "-m", "alongside.config.cli", "worker", "--while-open"])
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


class Keeper(threading.Thread):
    """Keeps one command running until asked to stop."""

    def __init__(self, command: list[str]) -> None:
        super().__init__(daemon=True)
        self.command = command
        self.ending = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start the command, and again whenever it ended by itself."""
        while not self.ending.is_set():
            # Its standard input is a pipe of ours, which closes when we end, even if we are killed. It has a
            # session of its own, so that Ctrl+C reaches us alone and we end it when the pages have ended.
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                self.command, stdin=subprocess.PIPE, start_new_session=True
            )
            code = self.process.wait()
            if not self.ending.is_set():
                note(f"The messages worker ended by itself (exit code {code}) and is started again.")
                self.ending.wait(AGAIN_AFTER)

    def stop(self) -> None:
        """Ask it to finish what it began; after half a minute, make it."""
        self.ending.set()
        process = self.process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
        self.join(STOP_WITHIN)
