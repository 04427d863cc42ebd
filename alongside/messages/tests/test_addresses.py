"""What somebody wrote about how to reach them: an address only where there is one, and only one (I11)."""

import pytest

from alongside.messages.addresses import address_in


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("07700 900123", "07700900123"),
        ("ring 07700-900-123 after four", "07700900123"),
        ("+44 7700 900123", "+447700900123"),
        ("0191 498 0000, ask for Ann", "01914980000"),
        ("my number is 07700900123.", "07700900123"),
        ("the bench by the Staithes", ""),
        ("07700 9001", ""),
        ("07700 900123 or 07700 900124", ""),
        ("", ""),
    ],
)
def test_a_number_is_found_however_it_is_written_and_never_guessed(words, number):
    assert address_in(words, "text") == number


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("trace@tynebank.example", "trace@tynebank.example"),
        ("it's trace.h+hello@post.tynebank.example, not on Sundays", "trace.h+hello@post.tynebank.example"),
        ("mine a@b.example or my mum's c@d.example", ""),
        ("trace at tynebank", ""),
        ("trace@tynebank", ""),
    ],
)
def test_an_e_mail_is_found_among_words_and_two_are_none(words, address):
    assert address_in(words, "email") == address


@pytest.mark.parametrize("way", ["in_person", "call", "letter", "own_page", "voice_note", ""])
def test_no_other_way_has_an_address_that_a_message_can_go_to(way):
    assert address_in("07700 900123 trace@tynebank.example", way) == ""


def test_a_number_is_no_e_mail_and_an_e_mail_no_number():
    assert address_in("07700 900123", "email") == ""
    assert address_in("trace@tynebank.example", "text") == ""
