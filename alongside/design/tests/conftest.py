"""The room by itself: its pages rendered with no other room, and shown in a browser with no server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve
from playwright.sync_api import Browser, Page, Route

from tests.browser import chromium, missing  # noqa: F401  chromium is a fixture

ROOM = Path(__file__).resolve().parents[1]
BUILT = ROOM / "static" / "build"
SHOWN = [f"/design/{rest}" for rest in ("", "?skin=work", "asked/", "hello/", "paper/", "refused/")]
HOUSE = "http://house.test"
CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


def around(request: HttpRequest) -> dict[str, Any]:
    """What the house puts around every page."""
    ways = ["My page", "My story", "My circle", "My say-so", "Who looked"]
    return {
        "place_name": "Tynebank",
        "viewer": SimpleNamespace(called="Trace"),
        "nav": [{"url": "#", "label": way, "current": way == "My page"} for way in ways],
        "footer_links": [{"url": "#", "label": "What this is"}],
        "sign_out_url": "/out/",
        "QUICK_EXIT_URL": "https://weather.example/",
    }


@pytest.fixture(autouse=True)
def _room_by_itself(settings: Any) -> None:
    settings.ROOT_URLCONF = "alongside.design.tests.urls"
    processors = ["django.template.context_processors.request", f"{__name__}.around"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": processors}}]
    settings.LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg"), ("ar", "Arabic")]


@pytest.fixture
def built() -> Path:
    """What `npm run build` made."""
    if not (BUILT / "alongside.css").exists():
        missing("The look is not built: run make setup")
    return BUILT


def page_at(address: str) -> str:
    """The HTML of one page of the showcase."""
    request = RequestFactory().get(address)
    view, args, kwargs = resolve(request.path)
    return view(request, *args, **kwargs).content.decode()


def _answer(route: Route) -> None:
    address = route.request.url.removeprefix(HOUSE)
    if "weather.example" in address:
        route.fulfill(body="<title>Weather</title><h1>Rain later</h1>", content_type="text/html")
    elif address.startswith("/static/"):
        file = ROOM / "static" / address.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=KINDS[file.suffix])
    elif address.startswith("/design/"):
        html = page_at(address)
        route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": CSP})
    else:
        route.fulfill(body="<title>Other</title>", content_type="text/html")


@pytest.fixture
def look(chromium: Browser, built: Path) -> Iterator[Callable[..., Page]]:  # noqa: F811
    """Opens a page of the showcase: look("/design/", width=390, dark=True)."""
    contexts = []

    def opened(
        address: str,
        *,
        width: int = 390,
        dark: bool = False,
        script: bool = True,
        browser: Browser = chromium,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.route("**/*", _answer)
        page = context.new_page()
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: page.complaints.append(said.text))  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        page.goto(HOUSE + address)
        return page

    yield opened
    for context in contexts:
        context.close()
