"""The demo, behind which anybody may pick a face to sign in as, is never switched on by an environment (I17, F1).

Nor by a ticket that was copied, guessed, or made in another place, or that outlived the process it was for.
"""

import hashlib
import hmac
import os

import pytest

from alongside.config import flags
from alongside.kernel.secrets import secret


def made_with(key, words):
    return hmac.new(key.encode(), words.encode(), hashlib.sha256).hexdigest()


@pytest.fixture(autouse=True)
def no_ticket(monkeypatch):
    monkeypatch.delenv(flags.TICKET, raising=False)


FORGED = {
    "nothing": lambda: "",
    "a yes": lambda: "1",
    "true": lambda: "true",
    "the name of its command": lambda: "demo",
    "without the secret": lambda: hashlib.sha256(f"demo {os.getpid()}".encode()).hexdigest(),
    "with an empty secret": lambda: made_with("", f"demo {os.getpid()}"),
    "with another place's secret": lambda: made_with("another place", f"demo {os.getpid()}"),
    "of another process": lambda: made_with(secret("secret_key"), "demo 1"),
    "of words without a process": lambda: made_with(secret("secret_key"), "demo"),
    "of another promise": lambda: made_with(secret("secret_key"), f"serve {os.getpid()}"),
    "in capitals": lambda: made_with(secret("secret_key"), f"demo {os.getpid()}").upper(),
    "cut short": lambda: made_with(secret("secret_key"), f"demo {os.getpid()}")[:-1],
}


@pytest.mark.parametrize("ticket", FORGED)
def test_a_forged_ticket_opens_no_demo(monkeypatch, ticket):
    monkeypatch.setenv(flags.TICKET, FORGED[ticket]())
    assert not flags.demo()


@pytest.mark.parametrize("name", ["DEMO", "ALONGSIDE_DEMO", "DJANGO_DEMO", "DEBUG", "TESTING"])
def test_no_other_word_of_the_environment_does_either(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    assert not flags.demo()


def test_the_demo_itself_switches_it_on_for_this_process_and_its_children(monkeypatch):
    monkeypatch.setenv(flags.TICKET, "")
    flags.switch_demo_on()
    assert flags.demo()
    mine = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: mine + 1_000_000)
    assert not flags.demo(), "a process that the demo did not start"
    monkeypatch.setattr(os, "getppid", lambda: mine)
    assert flags.demo(), "a worker that the demo started"


def test_a_ticket_is_another_in_every_process():
    assert flags._ticket(100) != flags._ticket(101)


@pytest.mark.parametrize(("said", "nowhere"), [("1", True), ("0", False), ("true", False), ("", False)])
def test_only_tools_that_touch_no_data_go_without_a_database(monkeypatch, said, nowhere):
    monkeypatch.setenv("ALONGSIDE_NO_DATABASE", said)
    found = flags.no_database()
    assert (found is not None) is nowhere
    if found is not None:
        assert "nowhere" in found.app
        assert found.admin is None
