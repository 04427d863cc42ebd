"""Row-level security of a story and a circle, way by way: who sees, adds and changes which row (I16, I20, T5).

Each condition of each lock is also broken, to see that this table of who may what would notice. What the
database itself refuses, whoever asks, is tried as its owner, each constraint by its name.
"""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from alongside.kernel.acting import acting_as
from alongside.story import operations
from alongside.story.models import Gap, OnePage, PartAnswer, PartVersion, StoryPart, Tie, TieChange, Upload
from alongside.story.row_security import APPEND_ONLY
from alongside.story.tests.factories import missing, said, tied
from alongside.story.tests.world import (
    EVERYBODY,
    NEIGHBOUR,
    PAST,
    PERSON,
    READER,
    SPEAKER,
    WALKER,
    around_trace,
)
from tests.cast import say_so
from tests.database import as_owner
from tests.row_locks import unnoticed, wrong

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
NOBODY = "nobody"
OF_CIRCLE = {
    "for walkers": {PERSON: "sac", WALKER: "sac", READER: "s"},
    "for those named": {PERSON: "sac", WALKER: "a", READER: "s"},
    "only hers": {PERSON: "sac", WALKER: "a"},
}
MAY = {
    "part": {
        "her own": {PERSON: "sac", WALKER: "sa", READER: "s"},
        "only hers": {PERSON: "sac", WALKER: "a"},
        "for those named": {PERSON: "sac", WALKER: "a", READER: "s"},
        "put away": {PERSON: "sac", WALKER: "a"},
        "a hunch": {PERSON: "sac", WALKER: "sa", SPEAKER: "sc", READER: "s"},
        "a hunch put away": {PERSON: "sac", WALKER: "a", SPEAKER: "sc"},
    },
    "version": {
        "her first": {PERSON: "sa", WALKER: "s", READER: "s"},
        "a hunch, said again": {PERSON: "s", WALKER: "s", SPEAKER: "sa", READER: "s"},
        "first, written by a walker": {PERSON: "s", WALKER: "sa", READER: "s"},
        "second, written by a walker": {PERSON: "s", WALKER: "sa", READER: "s"},
        "by one who walks no more": {PERSON: "s", WALKER: "s", READER: "s"},
    },
    "answer": {
        "her own": {PERSON: "sa", WALKER: "s", SPEAKER: "s", READER: "s"},
        "hers, written by a walker": {PERSON: "s", WALKER: "sa", SPEAKER: "s", READER: "s"},
        "of who had the hunch": {PERSON: "s", WALKER: "s", SPEAKER: "sa", READER: "s"},
        "hers, by one who walks no more": {PERSON: "s", WALKER: "s", SPEAKER: "s", READER: "s"},
        "of a walker": {PERSON: "s", WALKER: "s", SPEAKER: "s", READER: "s"},
    },
    "tie": OF_CIRCLE,
    "gap": OF_CIRCLE,
    "change": {
        "by her": {PERSON: "sa", WALKER: "s", READER: "s"},
        "by a walker": {PERSON: "s", WALKER: "sa", READER: "s"},
        "by a reader": {PERSON: "s", WALKER: "s", READER: "s"},
    },
    "upload": {"of hers": {PERSON: "sa", WALKER: "s", READER: "s"}},
    "one page": {"hers": {PERSON: "sac", WALKER: "sac"}},
}
# Said twice: whoever may see these rows may change them, and a row that is not seen is not changed; grants
# keep every hand from what is only added to.
ONLY_ADDED = {"change true", "remove true"}
SAID_TWICE = {
    "version": ONLY_ADDED,
    "answer": ONLY_ADDED,
    "change": ONLY_ADDED,
    "tie": {"see without AND true"},
    "gap": {"see without AND true"},
    "one page": {"change true"},
}


def of_circle(make, trace):
    return {
        "for walkers": make(trace, trace),
        "for those named": make(trace, trace, audience="named"),
        "only hers": make(trace, trace, audience="only_us"),
    }


def parts_of(w):
    trace, bev = w.trace, w.who[SPEAKER]
    own = {"her own": w.part, "a hunch": w.hunch}
    own |= {name: said(trace, trace, name) for name in ("for those named", "only hers", "put away")}
    with as_owner():
        away = StoryPart.objects.create(
            person=trace, kind="hunch", speaker=bev, began_at=NOW, put_away_at=NOW
        )
        StoryPart.objects.filter(pk=own["only hers"].pk).update(audience="only_us")
        StoryPart.objects.filter(pk=own["for those named"].pk).update(audience="named")
        StoryPart.objects.filter(pk=own["put away"].pk).update(put_away_at=NOW)
    return own | {"a hunch put away": away}


def version(part, by, number):
    return PartVersion.objects.create(
        part=part, number=number, words="x", written_down_by=by, said_on=NOW.date(), at=NOW
    )


def answer(part, by, hand):
    return PartAnswer.objects.create(part=part, by=by, written_down_by=hand, words="x", at=NOW)


@pytest.fixture
def house():
    w = around_trace()
    trace, callum, bev, norah, gary = (w.who[one] for one in (PERSON, WALKER, SPEAKER, READER, PAST))
    parts, ties, gaps = parts_of(w), of_circle(tied, trace), of_circle(missing, trace)
    written = said(callum, trace, "As she told me.")
    named = [*parts.values(), *ties.values(), *gaps.values(), written]
    say_so(trace, norah, parts=named)
    with acting_as(trace):
        operations.choose_one_page(by=trace, person=trace, parts=[])
    with as_owner():
        first = w.part.versions.get()
        rows = {
            "part": parts,
            "version": {
                "her first": first,
                "a hunch, said again": version(w.hunch, bev, 2),
                "first, written by a walker": written.versions.get(),
                "second, written by a walker": version(written, callum, 2),
                "by one who walks no more": version(w.written, gary, 2),
            },
            "answer": {
                "her own": answer(w.hunch, trace, trace),
                "hers, written by a walker": answer(w.hunch, trace, callum),
                "of who had the hunch": answer(w.hunch, bev, bev),
                "hers, by one who walks no more": answer(w.hunch, trace, bev),
                "of a walker": answer(w.hunch, callum, callum),
            },
            "tie": ties,
            "gap": gaps,
            "change": {
                f"by {name}": TieChange.objects.create(
                    tie=ties["for walkers"], what="took", on=NOW, by=by, at=NOW
                )
                for name, by in (("her", trace), ("a walker", callum), ("a reader", norah))
            },
            "upload": {
                "of hers": Upload.objects.create(
                    version=first, file_name="x", content_type="x", size=1, sha256="x"
                )
            },
            "one page": {"hers": OnePage.objects.get()},
        }
    return rows, {**{name: w.who[name] for name in EVERYBODY}, NOBODY: None}


@pytest.mark.parametrize("table", MAY)
def test_each_may_exactly_what_is_theirs(house, table):
    rows, who = house
    assert "\n".join(wrong(rows[table], MAY[table], who)) == ""


@pytest.mark.parametrize("table", MAY)
def test_a_lock_that_lost_a_word_would_be_noticed(house, table):
    rows, who = house
    assert "\n".join(set(unnoticed(rows[table], MAY[table], who)) - SAID_TWICE.get(table, set())) == ""


@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_what_was_said_is_only_added_to(db, table, verb):
    refused = pytest.raises(DatabaseError, match="permission denied")
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(verb.format(table))


UNSOUND = {
    "hunch_is_about_another": lambda w: StoryPart(
        person=w.trace, speaker=w.trace, kind="hunch", began_at=NOW
    ),
    "part_version_number_once": lambda w: a_version(w, number=1, follows=0),
    "part_version_in_text_has_words": lambda w: a_version(w, words=""),
    "part_version_follows_an_earlier_one": lambda w: a_version(w, follows=2),
    "part_answer_has_words": lambda w: PartAnswer(
        part=w.part, by=w.trace, written_down_by=w.trace, words="", at=NOW
    ),
    "tie_has_a_name": lambda w: a_tie(w, name=""),
    "tie_is_not_to_self": lambda w: a_tie(w, member=w.trace),
    "story_storypart_kind_is_one_of_its_choices": lambda w: a_part(w, kind="secret"),
    "story_storypart_audience_is_one_of_its_choices": lambda w: a_part(w, audience="everybody"),
    "story_partversion_medium_is_one_of_its_choices": lambda w: a_version(w, medium="film"),
    "story_tie_to_is_one_of_its_choices": lambda w: a_tie(w, to="a thing"),
    "story_tie_help_is_one_of_its_choices": lambda w: a_tie(w, help=""),
    "story_tie_audience_is_one_of_its_choices": lambda w: a_tie(w, audience=""),
    "story_tiechange_what_is_one_of_its_choices": lambda w: a_change(w, what="ended"),
    "story_tiechange_help_is_one_of_its_choices": lambda w: a_change(w, help="none"),
    "story_gap_audience_is_one_of_its_choices": lambda w: Gap(
        person=w.trace, words="x", named_on=NOW.date(), audience="all", written_down_by=w.trace
    ),
}


def a_part(w, **other):
    sound = {"person": w.trace, "speaker": w.trace, "kind": "hope", "began_at": NOW}
    return StoryPart(**{**sound, **other})


def a_change(w, **other):
    tie = a_tie(w)
    tie.save(force_insert=True)
    return TieChange(**{"tie": tie, "what": "took", "on": NOW.date(), "by": w.trace, "at": NOW, **other})


def a_version(w, **other):
    sound = {"number": 2, "follows": 1, "words": "x", "said_on": NOW.date()}
    return PartVersion(part=w.part, written_down_by=w.trace, at=NOW, **{**sound, **other})


def a_tie(w, **other):
    return Tie(**{"person": w.trace, "name": "Mam", "written_down_by": w.trace, "began_at": NOW, **other})


@pytest.mark.parametrize("name", UNSOUND)
def test_the_database_refuses_it_by_name(name):
    world = around_trace()
    with as_owner():
        row = UNSOUND[name](world)
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            row.save(force_insert=True)


def test_every_constraint_is_tried_and_sound_rows_are_kept():
    models = (StoryPart, PartVersion, PartAnswer, Tie, TieChange, Gap, Upload, OnePage)
    assert {one.name for model in models for one in model._meta.constraints} == UNSOUND.keys()
    world = around_trace()
    with as_owner():
        a_version(world).save(force_insert=True)
        a_version(world, number=3, words="", medium="voice", follows=0).save(force_insert=True)
        a_tie(world, member=world.who[NEIGHBOUR]).save(force_insert=True)
        a_part(world).save(force_insert=True)
        a_change(world).save(force_insert=True)
