"""Passkeys, with a real browser and a pretend fingerprint reader: made, and used to come in."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from allauth.mfa.models import Authenticator
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, Page

from alongside.accounts.tests.conftest import PASSWORD, with_password
from tests import cast
from tests.browser import chromium, leave_all
from tests.database import as_owner

__all__ = ["chromium"]
pytestmark = pytest.mark.browser


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args: Any) -> None:
        """Not a word."""


@pytest.fixture
def house(committed: Any, settings: Any) -> Iterator[str]:
    """The house, served on a port of its own at localhost (a browser makes passkeys for no bare number)."""
    server = make_server("localhost", 0, None, server_class=WSGIServer, handler_class=Quiet)
    address = f"http://localhost:{server.server_port}"
    settings.BASE_URL, settings.CSRF_TRUSTED_ORIGINS = address, [address]
    settings.ALLOWED_HOSTS = ["localhost"]
    server.set_app(get_wsgi_application())

    def serve() -> None:
        server.serve_forever()
        connections.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def browser(house: str, chromium: Browser) -> Iterator[Page]:
    """A browser whose device has a fingerprint reader and a finger on it."""
    page = chromium.new_context(base_url=house).new_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    leave_all(chromium)


def apart(work: Callable[[], Any]) -> Any:
    """Ask the database from another thread: playwright keeps a loop in this one."""

    def done() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        return other.submit(done).result()


def priya() -> Any:
    """A worker with a password."""
    whoever = cast.serving("Priya Nair")
    with_password(whoever)
    return whoever


def passkey() -> Any:
    """The one passkey that is kept."""
    with as_owner():
        return Authenticator.objects.get(type="webauthn")


def come_in_with_password(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Your sign-in name or e-mail").fill("Priya Nair")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()


def test_a_worker_makes_a_passkey_and_comes_in_with_it(browser: Page) -> None:
    worker, page = apart(priya), browser

    come_in_with_password(page)
    page.get_by_text("One thing first").wait_for()
    page.get_by_role("link", name="Use this device").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="It is me").click()
    page.get_by_role("button", name="Use this device").click()
    page.get_by_text("From now on you can come in with this device").wait_for()
    kept = apart(passkey)
    assert kept.user_id == worker.account_id
    assert kept.wrap().is_passwordless
    page.goto("/me/sessions/")
    assert page.get_by_role("heading", level=1).inner_text() == "Where you are signed in"

    # Next time: no name, no password.
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use this device").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/me/sign-in/")
    assert page.get_by_text("One thing first").count() == 0

    # Or after a password, as the second thing.
    page.context.clear_cookies()
    come_in_with_password(page)
    assert page.get_by_role("heading", level=1).inner_text() == "One more thing"
    page.get_by_role("button", name="Use this device").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_a_finger_that_is_not_known_is_told_kindly_and_lets_nobody_in(browser: Page) -> None:
    apart(priya)
    page = browser
    page.goto("/sign-in/")
    page.get_by_role("button", name="Use this device").click()
    page.get_by_text("That did not work. Try again, or come in another way below.").wait_for()
    page.goto("/me/sessions/")
    assert "/sign-in/" in page.url
