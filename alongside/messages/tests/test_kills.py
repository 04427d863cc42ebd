"""The process dies between commit and send, and while sending: nothing is lost, nothing goes twice."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import asdict, is_dataclass

import pytest

from alongside.kernel.acting import acting_as
from alongside.messages import sending, sweeping
from alongside.messages.models import Delivery
from alongside.messages.operations import send
from alongside.people.models import Reach
from tests.cast import person, serving
from tests.database import as_owner

from .carriers import KEY, fake_mail, fake_notify


def process(here, does, message=None, **env):
    database = asdict(here) if is_dataclass(here) else here._asdict()
    told = {"database": database, "does": does, "message": str(message.pk) if message else ""}
    return subprocess.Popen(
        [sys.executable, "-m", "alongside.messages.tests.dying", json.dumps(told)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
            "ALONGSIDE_NO_DATABASE": "1",
            "ALONGSIDE_LOOK_AGAIN_AFTER": "0",
            **env,
        },
    )


def written(channel="email"):
    priya, trace = serving("Priya Nair"), person()
    with as_owner():
        Reach.objects.create(person=trace, how=channel, email="trace@tynebank.example", phone="07700 900123")
    with acting_as(priya):
        return send(by=priya, to=trace, words="The kettle is on.", reference="kettle-1")


def state():
    with as_owner():
        return Delivery.objects.get().state


def until(what, seconds=25):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def post(settings, tmp_path):
    settings.MAIL_BY, settings.MESSAGES_LOOK_AGAIN_AFTER = "console", 0
    settings.MESSAGES_CONSOLE_FILE = str(tmp_path / "post.txt")
    return tmp_path / "post.txt"


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_that_dies_while_sending_loses_nothing_and_sends_nothing_twice(committed, post, when):
    message = written()
    died = process(committed, when, message, ALONGSIDE_CONSOLE_FILE=str(post))
    assert died.wait(30) == 9
    assert state() == "sending"
    sending.deliver(message.pk)
    assert state() == "sent"
    assert post.read_text().count("The kettle is on.") == 1


def test_with_a_mail_server_a_death_while_sending_is_left_to_a_human(committed, settings):
    with fake_mail() as mail:
        settings.MAIL_BY, settings.MESSAGES_LOOK_AGAIN_AFTER = "smtp", 0
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail.port
        message = written()
        env = {
            "ALONGSIDE_MAIL_BY": "smtp",
            "ALONGSIDE_SMTP_HOST": "127.0.0.1",
            "ALONGSIDE_SMTP_PORT": str(mail.port),
        }
        assert process(committed, "after", message, **env).wait(30) == 9
        sending.deliver(message.pk)
        assert state() == "not_known"
        assert len(mail.taken) == 1


def test_a_worker_killed_in_the_middle_of_a_text_is_followed_by_one_that_finds_it(committed, settings):
    with fake_notify() as notify:
        env = {
            "ALONGSIDE_MAIL_BY": "notify",
            "ALONGSIDE_NOTIFY_KEY": KEY,
            "ALONGSIDE_NOTIFY_URL": notify.url,
            "ALONGSIDE_NOTIFY_TEXT_TEMPLATE": "text-template",
        }
        settings.MAIL_BY, settings.NOTIFY_KEY, settings.NOTIFY_TEXT_TEMPLATE = "notify", KEY, "text-template"
        notify.answers = "never"
        written("text")
        first = process(committed, "worker", **env)
        try:
            assert notify.got_one.wait(30)
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait(10)
        assert state() == "sending"
        notify.answers = "well"
        assert sweeping.sweep_stalled(silent_for=0) == 1
        second = process(committed, "worker", **env)
        try:
            assert until(lambda: state() == "sent")
        finally:
            second.terminate()
            assert second.wait(20) == 0
        assert [one["reference"] for one in notify.taken] == ["kettle-1"]
