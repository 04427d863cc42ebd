"""The one process beside the web server: it takes jobs from the queue, and sweeps beside it.

`run_worker(stop)` runs until `stop` is set. It is a process of its own: commands start it with
`alongside.messages.worker.run_worker` in a child, so that a web server that is busy does not hold messages.
"""

import asyncio
import logging
import signal
import threading
from typing import Any, cast

from django.db import close_old_connections, connections
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.django_connector import DjangoConnector

from alongside.messages import sweeping

logger = logging.getLogger("alongside.messages")

SWEEP_EVERY = 20.0  # seconds
AGAIN_AFTER = 5.0


def run_worker(stop_event: Any = None, *, sweep_every: float = SWEEP_EVERY) -> None:
    """Work until `stop_event` (of threading or multiprocessing) is set, or a signal says stop.

    A worker that falls over (the database went away, say) is logged and starts again: what it was doing
    is found again.
    """
    stop = stop_event or threading.Event()
    if stop_event is None and threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
    sweeper = threading.Thread(target=_sweep_until, args=(stop, sweep_every), name="sweep", daemon=True)
    sweeper.start()
    while not stop.is_set():
        try:
            asyncio.run(_work_until(stop))
        except Exception:
            logger.exception("the worker fell over and starts again")
            stop.wait(AGAIN_AFTER)
    sweeper.join(timeout=10)


def _working_app() -> DjangoApp:
    """The same jobs over the worker's own connections; what a job queues stays in its transaction."""
    working = DjangoApp(connector=cast(DjangoConnector, app.connector).get_worker_connector())
    working.tasks, working.periodic_registry = app.tasks, app.periodic_registry
    return working


async def _work_until(stop: Any) -> None:
    working = _working_app()
    async with working.open_async():
        run = asyncio.create_task(
            working.run_worker_async(
                name="alongside", install_signal_handlers=False, fetch_job_polling_interval=2.0
            )
        )
        while not stop.is_set() and not run.done():
            await asyncio.sleep(0.2)
        run.cancel()
        try:
            await run
        except asyncio.CancelledError:
            return


def _sweep_until(stop: Any, every: float) -> None:
    while not stop.wait(every):
        close_old_connections()
        try:
            sweeping.sweep()
        except Exception:
            logger.exception("the sweep fell over and comes again")
    connections.close_all()
