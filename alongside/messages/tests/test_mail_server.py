"""A mail server that refuses, or goes away at each step: what surely did not go, and what nobody can tell.

Serves F7 and I11: nobody gets the same words twice, and what is in doubt is a question to a human.
"""

import pytest

from alongside.messages.providers import Found, Letter, NotGone, NotKnown
from alongside.messages.providers.smtp import Smtp, message_id

from .carriers import fake_mail

LETTER = Letter("kettle-1", "email", "trace@tynebank.example", "Tea", "The kettle is on.\n\nPriya\n", "Priya")


@pytest.fixture
def server(settings):
    with fake_mail() as here:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", here.port
        settings.DEFAULT_FROM_EMAIL = "hello@tynebank.example"
        yield here


@pytest.mark.parametrize(
    ("day", "for_good", "says"),
    [
        ("busy", False, "could not be reached"),
        ("silent", False, "could not be reached"),
        ("no such person", True, "does not know this address (550)"),
        ("full", False, "does not know this address (452)"),
        ("not from you", True, "did not take the message (553)"),
        ("not that", True, "did not take the message (554)"),
        ("not now", False, "did not take the message (451)"),
        ("takes nothing", True, "did not take the message (554)"),
    ],
)
def test_a_clear_no_surely_did_not_go(server, day, for_good, says):
    server.does = day
    with pytest.raises(NotGone) as no:
        Smtp().hand_over(LETTER)
    assert no.value.for_good is for_good
    assert says in no.value.sentence
    assert "canary" not in no.value.sentence


@pytest.mark.parametrize(
    "day", ["hangs up at the sender", "hangs up at the address", "hangs up before the words", "hang up"]
)
def test_a_line_that_breaks_while_it_goes_out_is_not_known(server, day):
    server.does = day
    with pytest.raises(NotKnown, match="line to the mail server broke"):
        Smtp().hand_over(LETTER)


def test_a_server_that_hangs_up_after_yes_has_taken_it(server):
    server.does = "hangs up after yes"
    assert Smtp().hand_over(LETTER) == message_id("kettle-1")
    assert len(server.taken) == 1


def test_a_wrong_name_or_password_is_told_as_that(server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "alongside", "wrong"
    server.does = "wrong key"
    with pytest.raises(NotGone, match="did not accept our name and password"):
        Smtp().hand_over(LETTER)


def test_where_nothing_listens_it_surely_did_not_go(server, settings):
    settings.EMAIL_PORT = 1
    with pytest.raises(NotGone, match="could not be reached") as no:
        Smtp().hand_over(LETTER)
    assert not no.value.for_good


def test_what_goes_is_their_words_from_the_place_to_them_alone(server):
    theirs = Smtp().hand_over(LETTER)
    (taken,) = server.taken
    assert f"Message-ID: {theirs}" in taken
    for line in (
        "From: hello@tynebank.example",
        "To: trace@tynebank.example",
        "Subject: Tea",
        LETTER.words.strip(),
    ):
        assert line in taken
    assert "kettle-1" not in taken


def test_our_reference_makes_the_same_id_each_time_and_tells_nothing(settings):
    settings.DEFAULT_FROM_EMAIL = "Alongside <hello@tynebank.example>"
    assert message_id("kettle-1") == message_id("kettle-1") != message_id("kettle-2")
    assert message_id("kettle-1").endswith("@tynebank.example>")
    settings.DEFAULT_FROM_EMAIL = ""
    assert message_id("kettle-1").endswith("@localhost>")


def test_nobody_can_be_asked_afterwards():
    assert Smtp().look_up("kettle-1") == (Found.CANNOT_TELL, "")
    assert not Smtp.can_be_asked
