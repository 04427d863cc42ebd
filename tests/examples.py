"""For property tests with a database: each example in a transaction of its own, undone at its end; and words
as people type, paste, dictate and translate them."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from hypothesis import strategies as st


@contextmanager
def undone() -> Iterator[None]:
    """Whatever an example writes is gone before the next begins."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


AS_PEOPLE_WRITE = [
    "José, zoë, Łukasz",
    unicodedata.normalize("NFD", "José, zoë, Łukasz"),
    "أمّي تسكن بجانبي",
    "שלום, my mam said",
    "ሰላም፡ ኣነ",
    "ਮੇਰੀ ਮਾਂ",
    "👩\u200d👩\u200d👧 and the 🐕\u200d🦺, aye 👍🏽",
    "می\u200cخواهم",
    "no\u00adhyphen\u200bhere\ufeff.",
    "\u202eright to left\u202c and back",
    "line one\nline two\n\n\tand a tab",
    "<script>alert(1)</script> & {{ words }} {% now %}",
    "'; DROP TABLE story_storypart; --",
    "100% _really_ \\ sure",
    "ẞ ß ſ ı İ ﬁ ½ ²",
    "𝒽𝑒𝓁𝓁𝑜 \U0001f9d1\U0001f3ff\u200d\U0001f37c",
]

# Any text PostgreSQL can hold; NUL and lone surrogates, which it cannot, are tried by themselves.
ANY_WORDS = st.one_of(
    st.sampled_from(AS_PEOPLE_WRITE),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=80),
)
