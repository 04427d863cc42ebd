"""Secrets of one-time links: how they are made, written on paper, and digested."""

import hashlib
import hmac
import secrets as random_source
from functools import cache

from django.conf import settings
from django.urls import reverse

from alongside.kernel.secrets import secret

# No letter or figure that looks like another: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, U and V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 12
GROUP = 4


def new_key() -> str:
    """The secret part of a link's address: 192 random bits in 32 characters."""
    return random_source.token_urlsafe(24)


def new_code() -> str:
    """A code to type from paper: 12 of 23 letters and figures (54 bits), in groups of four."""
    letters = "".join(random_source.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, CODE_LENGTH, GROUP))


def plain(code: str) -> str:
    """A code as it is digested: capitals, without the dashes and spaces people type or leave out."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


@cache
def _digest_key() -> bytes:
    return secret("sign_in_links").encode()


def digest(key: str) -> str:
    """What is kept of a key or a code (HMAC-SHA-256, hex): of no use to somebody who reads the database."""
    return hmac.new(_digest_key(), key.encode(), hashlib.sha256).hexdigest()


def address(key: str) -> str:
    """The whole address of a link, as it is sent or drawn."""
    return settings.BASE_URL.rstrip("/") + reverse("sign_in_with_link", kwargs={"key": key})
