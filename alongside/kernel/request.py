"""The request as the house's middleware makes it."""

from typing import Any

from django.http import HttpRequest


class Request(HttpRequest):
    """A request that knows who is looking: a Person, or None for a stranger."""

    viewer: Any
