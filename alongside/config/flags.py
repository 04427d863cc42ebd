"""What kind of process this is. The demo cannot be switched on by the environment of a real place."""

import hashlib
import hmac
import os
import sys

from alongside.kernel.postgres import Addresses
from alongside.kernel.secrets import secret

TICKET = "ALONGSIDE_DEMO_TICKET"


def _ticket(pid: int) -> str:
    return hmac.new(secret("secret_key").encode(), f"demo {pid}".encode(), hashlib.sha256).hexdigest()


def switch_demo_on() -> None:
    """Called by `alongside demo` before settings are read, and by nothing else.

    The ticket holds for this process and for the web server's workers, which are its children.
    """
    os.environ[TICKET] = _ticket(os.getpid())


def demo() -> bool:
    """Whether this process, or the one that started it, is `alongside demo`."""
    given = os.environ.get(TICKET, "")
    return bool(given) and any(
        hmac.compare_digest(given, _ticket(pid)) for pid in (os.getpid(), os.getppid())
    )


def testing() -> bool:
    """Whether pytest runs."""
    return "pytest" in sys.modules


def no_database() -> Addresses | None:
    """Addresses of nothing, for tools that read settings and touch no data."""
    if os.environ.get("ALONGSIDE_NO_DATABASE") == "1":
        nowhere = "postgresql://nobody@nowhere/none"
        return Addresses(app=nowhere, owner=nowhere, admin=None)
    return None
