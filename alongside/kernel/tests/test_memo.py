"""A request remembers what it asked, for the one who acts, until something is written."""

import uuid

import pytest

from alongside.kernel import memo
from alongside.kernel.acting import acting_as


class Asked:
    def __init__(self):
        self.times = 0

    def __call__(self):
        self.times += 1
        return self.times


def test_outside_a_request_nothing_is_remembered():
    ask = Asked()
    assert [memo.once("roles", ask), memo.once("roles", ask)] == [1, 2]


def test_a_request_asks_once_and_the_next_one_anew():
    ask = Asked()
    for expected in (1, 2):
        with memo.remembering():
            assert [memo.once("roles", ask), memo.once("roles", ask)] == [expected, expected]


def test_a_write_makes_it_ask_again():
    ask = Asked()
    with memo.remembering():
        memo.once("roles", ask)
        memo.forget()
        assert memo.once("roles", ask) == 2


@pytest.mark.django_db
def test_one_persons_answer_never_reaches_another():
    ask = Asked()
    with memo.remembering():
        with acting_as(uuid.uuid4()):
            assert memo.once("roles", ask) == 1
        with acting_as(uuid.uuid4()):
            assert memo.once("roles", ask) == 2
