"""The outermost of every request: counted, timed and written down by the name of its page; and the two addresses
that are answered before the house is asked who comes, since they must answer also where it cannot be."""

import logging
import secrets
import time
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from alongside.config import logs
from alongside.config.running.counting import counts
from alongside.config.running.metrics import may_read_numbers

logger = logging.getLogger("alongside.requests")
HEALTH, METRICS = "/health/", "/metrics/"
WATCHING = {"health", "metrics"}  # asked every few seconds by a machine: told apart from people's requests


class Counted:
    """One line of the log and one more in the counts, for every request that was answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve it, and note how long that took."""
        begun, number = time.perf_counter(), secrets.token_hex(8)
        with logs.within(number):
            response = self.get_response(request)
            took = time.perf_counter() - begun
            if (page := _page(request)) not in WATCHING:
                counts.note(page, response.status_code, took)
                if logger.isEnabledFor(logging.INFO):
                    line = _line(request, page, response.status_code, took)
                    logger.info("answered", extra={"counted": line})
        return response


def _page(request: HttpRequest) -> str:
    """Its name in the code. An address is never told: there are keys in it."""
    if request.resolver_match:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def _line(request: HttpRequest, page: str, status: int, took: float) -> dict[str, object]:
    line: dict[str, object] = {"page": page, "status": status, "ms": round(took * 1000)}
    if settings.LOG_ADDRESSES:
        line["from"] = get_adapter().get_client_ip(request)
    return line


class BeforeTheDoor:
    """Health, and the numbers for whoever has the token: no session, no viewer, no transaction around them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer those two here; everything else goes on, a question without the token too."""
        path = request.path_info
        if path == HEALTH or (path == METRICS and may_read_numbers(request)):
            request.resolver_match = resolve(path)
            return request.resolver_match.func(request)
        return self.get_response(request)
