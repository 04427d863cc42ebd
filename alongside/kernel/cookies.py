"""Cookies of ours: closed to scripts, to other sites, and, where the place has https, to every other host."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


def named(name: str) -> str:
    """The name under which a browser keeps it; with https, one that no other host can plant."""
    return f"__Host-{name}" if settings.HTTPS else name


class InACookie(CookieStorage):
    """A sentence for the next page, in a cookie with a name of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cookie_name = named("messages")  # type: ignore[misc]


class Messages(FallbackStorage):
    """As the framework keeps them: in a cookie, and in the session where they are too long for one."""

    storage_classes = (InACookie, SessionStorage)
