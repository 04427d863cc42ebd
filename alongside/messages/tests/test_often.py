"""A door that somebody floods: they are held up where they are, nobody else is, and nobody loses a word or a way on."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.messages.models import Hello, Message
from alongside.people.models import Role
from tests.cast import person, serving, sign_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db
FLOODER, HOSTEL = "198.51.100.9", "192.0.2.1"
MOST = 20  # hellos from one address in ten minutes


def says(client, words="Hello"):
    return client.post(reverse("say_hello"), {"words": words})


def hellos():
    with as_owner():
        return Hello.objects.count()


@pytest.fixture
def moira():
    return serving("Moira Kerr", Role.DUTY_HUMAN)


@pytest.fixture
def flooded(moira):
    """Somebody said hello as often as may be, each time in a browser that knows nothing."""
    for number in range(MOST):
        assert says(Client(REMOTE_ADDR=FLOODER), f"Spam {number}").status_code == 302
    return moira


def test_the_next_from_there_is_held_up_with_its_words_and_a_name(flooded):
    answer = says(Client(REMOTE_ADDR=FLOODER), "I do mean it, though")
    page = answer.content.decode()
    assert (answer.status_code, hellos()) == (429, MOST)
    assert "I do mean it, though</textarea>" in page
    assert f"come in and ask for {flooded.called or flooded.name}" in page
    assert "116 123" in page, "and what to do where it cannot wait"


def test_nobody_else_is_held_up(flooded):
    assert says(Client(REMOTE_ADDR=HOSTEL), "I was told to come here").status_code == 302
    assert hellos() == MOST + 1


def test_many_addresses_of_one_line_are_one(moira):
    """A home's line has more addresses of the newer kind than there are people."""
    for number in range(MOST):
        says(Client(REMOTE_ADDR=f"2001:db8:1:2::{number + 1:x}"))
    assert says(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1")).status_code == 429
    assert says(Client(REMOTE_ADDR="2001:db8:1:3::1")).status_code == 302


def test_whoever_serves_writes_down_as_many_as_come_in(flooded):
    priya = serving("Priya Nair")
    client = Client(REMOTE_ADDR=FLOODER)
    sign_in(client, priya)
    assert client.post(reverse("hello_for_someone"), {"words": "She rang"}).status_code == 302


def test_a_neighbour_is_counted_as_anybody_is(flooded):
    client = Client(REMOTE_ADDR=FLOODER)
    sign_in(client, person("Dean Pike"))
    said = {"words": "For my gran", "persons_yes": "on"}
    assert client.post(reverse("hello_for_someone"), said).status_code == 429


def test_words_without_end_to_one_hello_are_held_up_and_kept_in_the_box(moira):
    client = Client(REMOTE_ADDR=FLOODER)
    says(client)
    for number in range(MOST):
        assert client.post(reverse("hello_yours"), {"words": f"And {number}"}).status_code == 302
    held = client.post(reverse("hello_yours"), {"words": "And one more"})
    assert held.status_code == 429
    assert "And one more</textarea>" in held.content.decode()
    assert "ask for" in held.content.decode()


def test_a_slip_is_not_counted(moira):
    client = Client(REMOTE_ADDR=FLOODER)
    for _ in range(MOST + 1):
        says(client, " ")
    assert says(client, "Hello").status_code == 302


def test_somebody_held_up_is_told_to_wait_where_nobody_serves_yet(db):
    for _ in range(MOST):
        says(Client(REMOTE_ADDR=FLOODER))
    assert "again in ten minutes." in says(Client(REMOTE_ADDR=FLOODER)).content.decode()
    with as_owner():
        assert not Message.objects.exists()
