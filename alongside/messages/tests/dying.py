"""A process that dies while it sends: run by the kill tests, with the database to use as JSON."""

import json
import os
import sys

import django


def main() -> None:
    told = json.loads(sys.argv[1])
    sys.modules.setdefault("pytest", __import__("pytest"))
    django.setup()
    from alongside.kernel.postgres import Addresses
    from tests.database import use

    use(Addresses(**told["database"]))
    {"worker": work, "before": die_before, "after": die_after}[told["does"]](told)


def work(told: dict) -> None:
    from alongside.messages.worker import run_worker

    run_worker(sweep_every=3600)


def die_before(told: dict) -> None:
    """Dies when it is committed that the message is going out, and before it went."""
    from uuid import UUID

    from alongside.messages import sending

    sending._hand_over = lambda attempt: os._exit(9)
    sending.deliver(UUID(told["message"]))


def die_after(told: dict) -> None:
    """Dies when the message went, before that is committed."""
    from uuid import UUID

    from alongside.messages import sending

    sending._finish = lambda message, outcome: os._exit(9)
    sending.deliver(UUID(told["message"]))


if __name__ == "__main__":
    main()
