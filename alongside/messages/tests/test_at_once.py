"""Several at once: one message goes once, and two strangers do not take the same last room."""

import threading

from django.db import connections

from alongside.kernel.acting import acting_as
from alongside.messages import sending
from alongside.messages.models import Hello
from alongside.messages.operations import say_hello, send
from alongside.messages.providers import console
from alongside.people.models import Reach, Role, Room
from tests.cast import person, serving
from tests.database import as_owner


def at_once(what, times=4):
    """Run it in threads that start together; what they raised is raised here."""
    start, raised = threading.Barrier(times), []

    def run():
        try:
            start.wait(10)
            what()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    if raised:
        raise raised[0]


def test_four_workers_at_one_message_send_it_once(committed, settings, tmp_path, monkeypatch):
    settings.MAIL_BY, settings.MESSAGES_LOOK_AGAIN_AFTER = "console", 0
    settings.MESSAGES_CONSOLE_FILE = str(tmp_path / "post.txt")
    # Nobody can look it up: only the lock keeps the others away.
    monkeypatch.setattr(console.Console, "look_up", lambda self, reference: (console.Found.NOT_GONE, ""))
    priya, trace = serving("Priya Nair"), person()
    with as_owner():
        Reach.objects.create(person=trace, how="email", email="trace@tynebank.example")
    with acting_as(priya):
        message = send(by=priya, to=trace, words="The kettle is on.", reference="kettle-1")
    at_once(lambda: sending.deliver(message.pk))
    assert (tmp_path / "post.txt").read_text().count("The kettle is on.") == 1


def test_the_same_reference_written_at_once_is_one_message(committed):
    priya, trace = serving("Priya Nair"), person()

    def write():
        with acting_as(priya):
            send(by=priya, to=trace, words="The kettle is on.", reference="kettle-1")

    at_once(write)
    with as_owner():
        assert trace.messages_received.count() == 1


def test_two_strangers_at_once_do_not_take_the_same_last_room(committed):
    priya = serving("Priya Nair")
    duty = serving("Ruth Collier", Role.DUTY_HUMAN)
    with as_owner():
        Room.objects.create(person=priya, room_for=1)
    at_once(lambda: say_hello(by=None, words="x"), times=2)
    with as_owner():
        assert {hello.named_id for hello in Hello.objects.all()} == {priya.pk, duty.pk}
