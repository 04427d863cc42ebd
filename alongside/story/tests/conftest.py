"""A browser that looks at the room's pages: Django's test client serves them, so no server is needed."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import find
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from alongside.people.models import Person
from tests.browser import chromium  # noqa: F401  a fixture
from tests.cast import sign_in

HOUSE = "https://testserver"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


@pytest.fixture(autouse=True)
def _uploads_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


def _fetched(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """A page and the files it shows, as the house gives them out to whoever is signed in."""
    # Fetched beforehand: a browser's callbacks run beside the test and its database transaction.
    response = client.get(address)
    found = {address: response}
    for file in re.findall(r'(?:src|href)="(/people/[^"]*/file/[^"]*)"', response.content.decode()):
        found[file] = client.get(file)
    return {path: _as_answer(one) for path, one in found.items()}


def _as_answer(response: Any) -> dict[str, Any]:
    body = b"".join(response) if response.streaming else response.content
    return {"status": response.status_code, "headers": dict(response.items()), "body": body}


def _answer(known: dict[str, dict[str, Any]]) -> Callable[[Route], None]:
    def answer(route: Route) -> None:
        address = route.request.url.removeprefix(HOUSE)
        if address.startswith("/static/"):
            file = Path(find(address.removeprefix("/static/").split("?")[0]))
            route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
        else:
            route.fulfill(**known.get(address, {"status": 404, "body": ""}))

    return answer


Look = Callable[..., Page]


@pytest.fixture
def look(chromium: Browser, client: Client) -> Iterator[Look]:  # noqa: F811
    """Opens an address as somebody: look(trace, "/people/…/story/", width=390, dark=True)."""
    contexts = []

    def opened(
        viewer: Person, address: str, *, width: int = 390, dark: bool = False, script: bool = True
    ) -> Page:
        sign_in(client, viewer)
        context = chromium.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.route("**/*", _answer(_fetched(client, address)))
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: page.complaints.append(said.text))  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.goto(HOUSE + address)
        return page

    yield opened
    for context in contexts:
        context.close()
