"""Whoever acts, on whatever day, in whatever order: the database is told of exactly that, and handed back (I5).

Serves the second lock: what the process believes and what row-level security believes never differ.
"""

import datetime as dt
import uuid
from contextlib import ExitStack, suppress

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import acting, clock, memo, secrets
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.models import OPEN, PRIVATE, SHARED, Model, open_, private, sensitivity_of, shared
from tests.examples import ANY_WORDS, undone

PEOPLE = [uuid.UUID(int=number) for number in (1, 2, 3)]
WORKS = ["messages.send", "consent.end"]
MOMENTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))
ACTS = st.lists(st.sampled_from([*PEOPLE, *WORKS]), min_size=1, max_size=5)


def told():
    """Who acts, and on what, as the database knows it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(guard.me()::text, ''), guard.work()")
        return cursor.fetchone()


def enter(one):
    return working_on(one) if isinstance(one, str) else acting_as(one)


def known():
    now = acting.current()
    return (now.actor, now.work)


@pytest.mark.django_db
@given(acts=ACTS, broken=st.integers(0, 6))
def test_however_acts_lie_in_one_another_the_database_knows_the_innermost(acts, broken):
    def act(rest):
        if not rest:
            return
        before = known()
        try:
            with enter(rest[0]):
                assert told() == known() == (("", rest[0]) if rest[0] in WORKS else (str(rest[0]), ""))
                act(rest[1:])
                assert told() == known()
                if len(rest) == broken:
                    raise KeyError("it went wrong in the middle")
        finally:
            assert told() == known() == before

    with undone(), suppress(KeyError):
        act(acts)


@pytest.mark.django_db
@given(moments=st.lists(MOMENTS, min_size=1, max_size=4))
def test_however_often_the_clock_is_moved_the_database_lives_in_the_same_moment(moments):
    with undone(), ExitStack() as stack:
        for moment in moments:
            stack.enter_context(clock.moved_to(moment))
            with acting_as(PEOPLE[0]), connection.cursor() as cursor:
                cursor.execute("SELECT guard.at()")
                assert cursor.fetchone()[0] == clock.now() == moment
            assert clock.today() == timezone.localtime(moment).date()
        stack.close()
        assert clock.moved() is None


@pytest.mark.django_db
def test_a_moved_clock_does_not_stay_with_the_next_who_acts():
    with clock.moved_to(dt.datetime(2030, 1, 1, tzinfo=dt.UTC)), acting_as(PEOPLE[0]):
        pass
    with acting_as(PEOPLE[1]), connection.cursor() as cursor:
        cursor.execute("SELECT guard.at()")
        assert abs(cursor.fetchone()[0] - timezone.now()) < dt.timedelta(minutes=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "trick", ["' OR true --", "x'; SELECT 1; --", "00000000-0000-0000-0000-000000000001' --"]
)
def test_a_name_is_never_read_as_a_statement(trick):
    with working_on(trick):
        assert told() == ("", trick)
        assert acting.current().work == trick


@pytest.mark.django_db
def test_after_an_error_of_the_database_the_one_before_acts_again():
    with acting_as(PEOPLE[0]):
        with pytest.raises(IntegrityError), transaction.atomic(), acting_as(PEOPLE[1]):
            raise IntegrityError("something else went wrong")
        assert told() == (str(PEOPLE[0]), "")


@given(answers=st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from("ab")), max_size=8))
@pytest.mark.django_db
def test_what_one_person_asked_is_never_the_answer_to_another(answers):
    asked = []
    with undone(), memo.remembering():
        for who, key in answers:
            with acting_as(who):
                answer = memo.once(key, lambda who=who, key=key: asked.append((who, key)) or (who, key))
            assert answer == (who, key)
    assert sorted(asked, key=str) == sorted(set(answers), key=str)


class TestOfFields:
    """How sensitive a field is, is said once and read back."""

    @pytest.mark.parametrize(("say", "level"), [(open_, OPEN), (shared, SHARED), (private, PRIVATE)])
    def test_what_was_said_of_a_field_is_known(self, say, level):
        field = say(models.TextField())
        field.model = Model
        assert sensitivity_of(field) == level

    def test_a_field_nobody_said_anything_of_is_not_taken_for_open(self):
        field = models.TextField(name="x")
        field.model = Model
        assert sensitivity_of(field) is None

    def test_a_field_of_a_librarys_own_is_said_by_its_table(self):
        class Borrowed:
            sensitivity = {"password": PRIVATE}

        field = models.TextField(name="password")
        field.model = Borrowed
        assert sensitivity_of(field) == PRIVATE


def test_no_secret_is_ever_made_twice_and_none_is_short():
    made = {secrets.make_secret() for _ in range(200)}
    assert len(made) == 200
    assert min(map(len, made)) >= 40


@given(words=ANY_WORDS.filter(lambda said: said.strip() and not set(said) & set("\r\n")))
def test_a_secret_is_read_back_as_it_was_kept(words, tmp_path_factory):
    folder = tmp_path_factory.mktemp("secrets")
    folder.chmod(0o700)
    kept = secrets.secret("one", lambda: words, folder)
    assert kept == secrets.secret("one", lambda: "another", folder)
    assert oct(next(path for path in folder.iterdir() if path.is_file()).stat().st_mode)[-3:] == "600"
