"""Words that were sent and could not be kept are shown back; a secret among them never is (I34)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.sent import SECRETS, words_sent

POST = RequestFactory().post


def test_what_somebody_wrote_comes_back_in_the_order_of_the_form():
    request = POST("/", {"words": "I sleep in the van", "more": "and the dog too"})
    assert words_sent(request) == ["I sleep in the van", "and the dog too"]


def test_nothing_is_given_back_of_a_page_that_was_only_opened():
    assert words_sent(RequestFactory().get("/", {"words": "I sleep in the van"})) == []


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("name", ["{}", "new_{}", "{}_again", "form-0-{}"])
def test_no_secret_is_said_back_by_whatever_name_it_came(secret, name):
    request = POST("/", {name.format(secret): "apple river lamp wren", "words": "the kettle is on"})
    assert words_sent(request) == ["the kettle is on"]


def test_a_secret_in_capitals_is_one_too():
    assert words_sent(POST("/", {"Password": "correct horse battery"})) == []


@pytest.mark.parametrize("token", ["yes", "walkers", "3f0c", "2026-11-20", "on", ""])
def test_ticks_and_choices_are_no_words(token):
    assert words_sent(POST("/", {"choice": token})) == []


@pytest.mark.parametrize("words", ["żółw", "ኣብ", "مرحبا", "don’t"])
def test_one_word_in_letters_of_its_own_is_kept(words):
    assert words_sent(POST("/", {"words": words})) == [words]


def test_every_one_of_several_boxes_of_one_name_comes_back():
    request = POST("/", {"line": ["first of all", "and then the rest"]})
    assert words_sent(request) == ["first of all", "and then the rest"]


def test_words_beside_a_picture_come_back_and_the_picture_breaks_nothing():
    picture = SimpleUploadedFile("van.png", b"\x89PNG")
    assert words_sent(POST("/", {"words": "this is my van", "upload": picture})) == ["this is my van"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_two_words_or_more_are_never_lost(words):
    said = f"a {words} b"
    assert words_sent(POST("/", {"words": said})) == [said.strip()]
