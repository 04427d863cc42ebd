"""Four short words to come back with: found however they are typed, kept by nobody, and good for sixty days (I11).

They are a key, so what is kept tells nothing without the installation's own secret.
"""

import datetime as dt
import math

import pytest
from django.utils import timezone

from alongside.kernel.acting import acting_as, working_on
from alongside.messages import come_back, queries
from alongside.messages.models import Hello
from alongside.messages.operations import say_hello
from tests.cast import person, serving
from tests.database import as_owner

from .rows import said


@pytest.mark.parametrize(
    "typed",
    [
        "apple-river-lamp-wren",
        "apple river lamp wren",
        "Apple, River, Lamp, Wren.",
        "  APPLE\triver\nlamp   wren ",
        "apple. river; lamp/wren",
        "1 apple 2 river 3 lamp 4 wren",
    ],
)
def test_they_are_known_however_people_type_them(typed):
    assert come_back.tidy(typed) == "apple-river-lamp-wren"
    assert come_back.digest(typed) == come_back.digest("apple-river-lamp-wren")


@pytest.mark.parametrize("typed", ["apple river lamp", "river apple lamp wren", "apple river lamp wrens", ""])
def test_other_words_are_another_key(typed):
    assert come_back.digest(typed) != come_back.digest("apple-river-lamp-wren")


def test_what_is_kept_needs_the_installations_secret(monkeypatch):
    before = come_back.digest("apple-river-lamp-wren")
    assert len(before) == 64
    monkeypatch.setattr(come_back, "_digest_key", lambda: b"another place")
    assert come_back.digest("apple-river-lamp-wren") != before


def test_words_are_short_plain_and_many_enough():
    assert all(
        word.isascii() and word.islower() and word.isalpha() and 3 <= len(word) <= 8
        for word in come_back.WORDS
    )
    assert math.log2(len(set(come_back.WORDS))) * 4 > 32


def test_a_key_is_four_words_of_the_list_and_never_the_same():
    keys = {come_back.new_key() for _ in range(200)}
    assert len(keys) == 200
    for key in keys:
        words = key.split("-")
        assert len(words) == 4
        assert set(words) <= set(come_back.WORDS)
        assert come_back.tidy(key) == key


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "opens"), [(0, True), (59, True), (61, False), (400, False)])
def test_they_open_it_for_sixty_days(days, opens):
    serving("Priya Nair")
    key = say_hello(by=None, words="Hello.").key
    with as_owner():
        Hello.objects.update(said_at=timezone.now() - dt.timedelta(days=days))
    with working_on("hello"):
        assert (queries.hello_by_key(key) is not None) is opens


@pytest.mark.django_db
def test_outside_the_door_even_the_right_words_open_nothing():
    serving("Priya Nair")
    key = say_hello(by=None, words="Hello.").key
    assert queries.hello_by_key(key) is None


@pytest.mark.django_db
def test_the_words_themselves_are_in_no_table():
    key = say_hello(by=None, words="Hello.", called="Trace").key
    with as_owner() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{key}%"])
            assert cursor.fetchone()[0] == 0, table


@pytest.mark.django_db
def test_those_who_answer_see_what_waits_longest_first_and_what_they_answered_last():
    priya, trace = serving("Priya Nair"), person()
    waits = [said(priya, person=trace) for _ in range(2)]
    done = [said(priya) for _ in range(2)]
    with as_owner():
        for age, wait in enumerate([*done, *waits]):
            Hello.objects.filter(pk=wait.hello_id).update(
                said_at=timezone.now() - dt.timedelta(hours=9 - age)
            )
        for wait in done:
            type(wait).objects.filter(pk=wait.pk).update(answered_at=timezone.now())
    with acting_as(priya):
        found = [hello.pk for hello in queries.hellos_for(viewer=priya)]
    assert found == [waits[0].hello_id, waits[1].hello_id, done[1].hello_id, done[0].hello_id]
    with acting_as(trace):
        assert queries.hellos_for(viewer=trace) == []
        assert {hello.pk for hello in queries.my_hellos(viewer=trace)} == {wait.hello_id for wait in waits}
