"""Keys and codes of one-time links: typed from paper by a tired hand, guessed by nobody, kept as digests only."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.accounts import keys

CODES = st.text(alphabet=keys.ALPHABET, min_size=keys.CODE_LENGTH, max_size=keys.CODE_LENGTH)
# What people put between and around the letters when they copy from paper.
GAPS = st.text(alphabet=" -–—_./\t", max_size=3)


def test_no_letter_on_paper_looks_like_another():
    for pair in ("0O", "1I", "1L", "IL", "2Z", "5S", "8B", "UV"):
        assert len(set(pair) & set(keys.ALPHABET)) <= 1, pair
    assert len(set(keys.ALPHABET)) == len(keys.ALPHABET)
    assert keys.ALPHABET.upper() == keys.ALPHABET


def test_a_code_is_three_groups_of_four():
    assert re.fullmatch(rf"([{keys.ALPHABET}]{{4}}-){{2}}[{keys.ALPHABET}]{{4}}", keys.new_code())


def test_a_code_cannot_be_guessed_before_it_runs_out():
    # Five tries a minute for the seven days that paper lasts, against every code there is.
    tries = 5 * 60 * 24 * 7
    assert len(keys.ALPHABET) ** keys.CODE_LENGTH / tries > 10**11


def test_no_two_keys_or_codes_are_alike():
    assert len({keys.new_key() for _ in range(500)}) == 500
    assert len({keys.new_code() for _ in range(500)}) == 500


def test_every_letter_is_used_for_a_code():
    drawn = "".join(keys.new_code() for _ in range(300))
    assert set(drawn) == {*keys.ALPHABET, "-"}


@given(CODES, st.lists(GAPS, min_size=keys.CODE_LENGTH + 1, max_size=keys.CODE_LENGTH + 1))
def test_a_code_is_the_same_however_it_is_spaced(code, gaps):
    typed = gaps[0] + "".join(letter + gap for letter, gap in zip(code, gaps[1:], strict=True))
    assert keys.plain(typed) == code


@given(CODES)
def test_a_code_is_the_same_in_small_letters(code):
    assert keys.plain(code.lower()) == code
    assert keys.digest(keys.plain(code.lower())) == keys.digest(code)


@given(CODES, st.integers(0, keys.CODE_LENGTH - 1), st.sampled_from(keys.ALPHABET))
def test_one_wrong_letter_is_another_code(code, place, letter):
    other = code[:place] + letter + code[place + 1 :]
    assert (keys.digest(keys.plain(other)) == keys.digest(keys.plain(code))) == (other == code)


@given(st.text(max_size=60))
def test_whatever_is_typed_for_a_code_is_read_without_falling_over(typed):
    assert keys.plain(keys.plain(typed)) == keys.plain(typed)
    assert re.fullmatch(r"[0-9a-f]{64}", keys.digest(keys.plain(typed)))


def test_what_is_kept_of_a_key_says_nothing_of_it():
    key = keys.new_key()
    kept = keys.digest(key)
    assert key not in kept
    assert re.fullmatch(r"[0-9a-f]{64}", kept)
    assert kept == keys.digest(key)


@pytest.fixture
def other_place(monkeypatch):
    keys._digest_key.cache_clear()
    monkeypatch.setattr(keys, "secret", lambda name: f"another place's {name}")
    yield
    keys._digest_key.cache_clear()


def test_a_digest_from_another_place_opens_nothing_here(request):
    here = keys.digest("a-key")
    request.getfixturevalue("other_place")
    assert keys.digest("a-key") != here


@pytest.mark.parametrize("base", ["https://tynebank.example", "https://tynebank.example/"])
def test_the_address_of_a_link_is_whole_and_holds_the_key_once(settings, base):
    settings.BASE_URL = base
    address = keys.address("k-e_y")
    assert address.startswith("https://tynebank.example/")
    assert "//" not in address.removeprefix("https://")
    assert address.count("k-e_y") == 1


def test_every_key_fits_into_an_address_as_it_is():
    assert [key for key in (keys.new_key() for _ in range(200)) if not re.fullmatch(r"[\w-]{32}", key)] == []
