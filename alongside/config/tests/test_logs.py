"""A fault can be found by its log, and nobody's words can be read there (F1)."""

import logging
import sys

from alongside.config.logs import Wordless


def told(error_maker):
    try:
        error_maker()
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x", 1, "Internal Server Error: %s", ("/me/",), sys.exc_info()
        )
    return Wordless().format(record)


def breaks_on_her_words():
    try:
        raise KeyError("Bruno is fourteen")
    except KeyError as cause:
        raise ValueError("could not keep: Bruno is fourteen") from cause


def test_kinds_and_places_of_an_error_are_told_and_its_cause_first():
    said = told(breaks_on_her_words)
    assert said.index("KeyError") < said.index("ValueError")
    assert "in breaks_on_her_words" in said
    assert "test_logs.py" in said


def test_no_word_that_was_being_handled_is_told():
    assert "Bruno" not in told(breaks_on_her_words)
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "odd words: %s", ("Bruno is fourteen",), None)
    assert "Bruno" not in Wordless().format(record)


def test_a_plain_line_of_the_houses_own_is_told_whole():
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "The worker began.", None, None)
    assert Wordless().format(record).endswith("The worker began.")
