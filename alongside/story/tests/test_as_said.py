"""Words stay as they were said, whoever types them in whatever script, and none are ever lost (I16, R120).

Two people write at once in any order; a circle is told in any order; and both are still all there.
"""

import datetime as dt
import unicodedata

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.story import operations, queries
from alongside.story.circle_on import tie_on
from alongside.story.models import Gap, PartVersion, Tie, TieChange
from alongside.story.tests.factories import said, tied
from alongside.story.wording import as_said
from tests.cast import person, say_so, serving
from tests.database import as_owner
from tests.examples import ANY_WORDS, AS_PEOPLE_WRITE, undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return person("Tracey Hallam", called="Trace")


def read_back(whose):
    with acting_as(whose):
        return [told.words for told in queries.story_of(viewer=whose, person=whose)]


@pytest.mark.parametrize("words", AS_PEOPLE_WRITE)
def test_words_come_back_letter_for_letter(trace, words):
    said(trace, trace, words)
    assert read_back(trace) == [words]


@given(words=ANY_WORDS)
def test_any_words_come_back_as_they_were_said(words):
    kept = as_said(words)
    with undone():
        trace = person("Tracey Hallam")
        if not kept:
            with pytest.raises(ValueError, match="a word or two"):
                said(trace, trace, words)
            return
        said(trace, trace, words)
        assert read_back(trace) == [kept]
        assert as_said(kept) == kept


def test_two_ways_of_writing_one_letter_are_kept_apart(trace):
    composed, apart = (unicodedata.normalize(form, "José") for form in ("NFC", "NFD"))
    for words in (composed, apart):
        said(trace, trace, words)
    assert read_back(trace) == [composed, apart]


@pytest.mark.parametrize("nothing", ["", " ", "\n\t \r\n", "\x00", " \x00 "])
def test_what_holds_no_words_is_asked_for_again_in_a_sentence(trace, nothing):
    with acting_as(trace):
        part = operations.say(by=trace, person=trace, kind="hope", words="A garden.")
        tie = operations.tie(by=trace, person=trace, name="Mam")
        for do in (
            lambda: operations.say(by=trace, person=trace, kind="hope", words=nothing),
            lambda: operations.say_again(by=trace, part=part, words=nothing),
            lambda: operations.answer(by=trace, part=part, words=nothing),
            lambda: operations.tie(by=trace, person=trace, name=nothing),
            lambda: operations.change_tie(by=trace, tie=tie, what="reworded", words=nothing),
            lambda: operations.name_gap(by=trace, person=trace, words=nothing),
        ):
            with pytest.raises(ValueError, match=r"\.$|plenty"):
                do()
    with as_owner():
        assert [PartVersion.objects.count(), Tie.objects.count(), Gap.objects.count()] == [1, 1, 0]
        assert not TieChange.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("  said  \n", "said"),
        ("no\x00thing", "nothing"),
        ("ا\u200c", "ا\u200c"),
    ],
)
def test_only_what_a_keyboard_adds_is_taken_off(typed, kept):
    assert as_said(typed) == kept


WRITERS = st.lists(st.tuples(st.sampled_from(["trace", "callum"]), st.integers(-1, 6), ANY_WORDS), max_size=6)


@given(turns=WRITERS)
def test_however_two_people_take_turns_every_word_is_still_there(turns):
    with undone():
        trace, callum = person("Tracey Hallam"), serving("Callum Reay")
        say_so(trace, callum)
        who = {"trace": trace, "callum": callum}
        part = said(callum, trace, "Bruno.")
        spoken = ["Bruno."]
        for name, seen, words in turns:
            if not as_said(words):
                continue
            with acting_as(who[name]):
                version = operations.say_again(
                    by=who[name], part=part, words=words, after=None if seen < 0 else seen
                )
            assert version.number == len(spoken) + 1
            assert version.follows == (len(spoken) if seen < 0 else min(seen, len(spoken)))
            spoken.append(as_said(words))
        with acting_as(trace):
            (told,) = queries.story_of(viewer=trace, person=trace)
        everything = [told.latest, *told.beside, *told.earlier]
        assert sorted(one.version.number for one in everything) == list(range(1, len(spoken) + 1))
        assert {one.version.number: one.version.words for one in everything} == dict(enumerate(spoken, 1))
        assert told.latest.version.words == spoken[-1]


def test_no_version_has_the_number_of_another_even_by_the_owners_hand(trace):
    part = said(trace, trace)
    with as_owner():
        version = part.versions.get()
        version.pk, version.words = None, "Not what she said."
        with pytest.raises(DatabaseError, match="part_version_number_once"):
            version.save(force_insert=True)


TODAY = dt.date(2026, 6, 1)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["took", "did_not_take", "faded", "mended", "reworded"]),
        st.integers(0, 20),
        st.sampled_from(["", "mate", "like family"]),
        st.sampled_from(["", "they_help", "both"]),
        st.none() | st.booleans(),
    ),
    max_size=6,
)


def replay(changes, on):
    """What a plain reading says of the tie at the end of a day: each change in the order of its day."""
    stood = {"state": "", "tie": "dog", "help": "not_said", "trusted": False}
    for what, _day, tie, help_, trusted in sorted(
        (one for one in changes if one[1] <= on), key=lambda one: one[1]
    ):
        stood["state"] = stood["state"] if what == "reworded" else what
        stood["tie"], stood["help"] = tie or stood["tie"], help_ or stood["help"]
        stood["trusted"] = stood["trusted"] if trusted is None else trusted
    return stood


@given(changes=CHANGES)
def test_a_circle_on_any_day_is_what_became_of_it_until_then(changes):
    changes = [one for one in changes if one[0] != "reworded" or one[2] or one[3] or one[4] is not None]
    with undone(), clock.moved_to(dt.datetime(2026, 7, 1, tzinfo=dt.UTC)):
        trace = person("Tracey Hallam")
        tie = tied(trace, trace, tie="dog", since=TODAY)
        for what, day, tie_words, help_, trusted in changes:
            with acting_as(trace):
                operations.change_tie(
                    by=trace, tie=tie, what=what, tie_words=tie_words, help=help_, trusted=trusted,
                    on=TODAY + dt.timedelta(days=day), at=clock.now() + dt.timedelta(seconds=TieChange.objects.count()),
                )  # fmt: skip
        with acting_as(trace):
            kept = list(TieChange.objects.all())
            for day in range(-1, 22, 3):
                circle = queries.circle_of(viewer=trace, person=trace, on=TODAY + dt.timedelta(days=day))
                everyone = [*circle.ties, *circle.gone]
                if day < 0:
                    assert everyone == []
                    continue
                (stood,) = everyone
                expected = replay(changes, day)
                assert {name: getattr(stood, name) for name in expected} == expected
                assert bool(circle.gone) is (expected["state"] == "did_not_take")
                assert tie_on(tie, reversed(kept), circle.on) == stood
