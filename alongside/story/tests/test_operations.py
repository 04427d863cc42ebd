"""Saying, saying again, answering and putting away: words stay as they were said (I16)."""

import datetime as dt

import pytest

from alongside.audit.models import Event
from alongside.audit.recording import digest, salt_for
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.story import operations, queries
from alongside.story.models import PartVersion, StoryPart
from tests.cast import by_law, person, say_so, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def micky():
    return person("Micky Garrod")


@pytest.fixture
def bev(micky):
    worker = serving("Bev Ormerod")
    say_so(micky, worker)
    return worker


def said(by, whose, words="My girls on a Saturday.", kind="what_matters", **more):
    with acting_as(by):
        return operations.say(by=by, person=whose, kind=kind, words=words, **more)


def story(viewer, whose):
    with acting_as(viewer):
        return queries.story_of(viewer=viewer, person=whose)


def test_words_are_kept_as_they_were_said(micky):
    words = "Don't want\nputting on a course.  I'm  fine."
    said(micky, micky, words)
    (told,) = story(micky, micky)
    assert told.latest.version.words == words
    assert told.speaker.called == "Micky"
    assert told.latest.written_down_by is None
    assert told.part.audience == "walkers"


def test_whoever_walks_with_them_writes_down_what_they_said(micky, bev):
    said(bev, micky, said_on=dt.date(2026, 2, 3))
    (told,) = story(micky, micky)
    assert told.speaker.called == "Micky"
    assert told.latest.written_down_by.called == "Bev"
    assert told.said_on == dt.date(2026, 2, 3)


def test_a_neighbour_writes_nothing_on_their_page(micky):
    neighbour = person("Gary")
    with pytest.raises(Denied):
        said(neighbour, micky)


def test_one_who_was_given_a_single_part_writes_nothing(micky):
    part = said(micky, micky)
    officer = serving("Officer")
    say_so(micky, officer, parts=[part])
    with pytest.raises(Denied):
        said(officer, micky)


def test_words_are_asked_for_in_a_sentence_when_there_are_none(micky):
    with pytest.raises(ValueError, match="a word or two"):
        said(micky, micky, "  \n ")
    with as_owner():
        assert StoryPart.objects.count() == 0


def test_strengths_come_before_worries_whenever_they_were_said(micky):
    for kind in ("worry", "going_on", "good_at", "what_matters"):
        said(micky, micky, kind, kind=kind)
    assert [told.part.kind for told in story(micky, micky)] == [
        "good_at",
        "what_matters",
        "going_on",
        "worry",
    ]


def test_the_audit_keeps_names_of_fields_and_digests_and_never_words(micky):
    part = said(micky, micky, "Steph went.")
    with as_owner():
        event = Event.objects.get(thing_id=part.pk)
        salt = salt_for(micky.pk)
    assert (event.did, event.by_id, event.person_id) == ("story.say", micky.pk, micky.pk)
    assert event.fields["words"] == digest(salt, "Steph went.")
    assert "Steph" not in str(event.__dict__)


def test_saying_it_another_way_stands_beside_what_was_said_before(micky):
    part = said(micky, micky, "first")
    with acting_as(micky):
        operations.say_again(by=micky, part=part, words="second", after=1)
    (told,) = story(micky, micky)
    assert told.latest.version.words == "second"
    assert [earlier.version.words for earlier in told.earlier] == ["first"]
    assert told.beside == []


def test_two_who_wrote_at_the_same_time_are_both_kept_and_shown(micky, bev):
    part = said(bev, micky, "first")
    with acting_as(micky):
        operations.say_again(by=micky, part=part, words="his own", after=1)
    with acting_as(bev):
        late = operations.say_again(by=bev, part=part, words="hers, typed meanwhile", after=1)
    assert (late.number, late.follows) == (3, 1)
    (told,) = story(micky, micky)
    assert told.latest.version.words == "hers, typed meanwhile"
    assert [other.version.words for other in told.beside] == ["his own"]
    assert [other.version.words for other in told.earlier] == ["first"]


def test_the_one_it_is_about_cannot_overwrite_what_another_said_and_may_answer(micky, bev):
    hunch = said(bev, micky, "Shame is doing more harm than the debt.", kind="hunch")
    with acting_as(micky):
        with pytest.raises(Denied):
            operations.say_again(by=micky, part=hunch, words="no")
        operations.answer(by=micky, part=hunch, words="Aye. That's it.")
    (told,) = story(micky, micky)
    assert told.speaker.called == "Bev"
    assert told.latest.version.words == "Shame is doing more harm than the debt."
    assert [(reply.by.called, reply.answer.words) for reply in told.answers] == [("Micky", "Aye. That's it.")]


def test_a_worker_writes_down_the_answer_of_the_person(micky, bev):
    hunch = said(bev, micky, "Shame.", kind="hunch")
    cover = serving("Priya Nair")
    say_so(micky, cover)
    with acting_as(cover):
        operations.answer(by=cover, part=hunch, words="Aye.")
    (reply,) = story(micky, micky)[0].answers
    assert (reply.by.called, reply.written_down_by.called) == ("Micky", "Priya")


def test_nobody_answers_in_the_name_of_the_one_who_said_it(micky, bev):
    hunch = said(bev, micky, "Shame.", kind="hunch")
    with acting_as(micky), pytest.raises(Denied):
        operations.answer(by=micky, part=hunch, words="I was wrong", said_by=bev)


def test_a_hunch_about_oneself_is_no_hunch(micky, bev):
    with pytest.raises(ValueError, match="somebody else's"):
        said(micky, micky, kind="hunch")
    with pytest.raises(ValueError, match="somebody else's"):
        said(bev, micky, kind="hunch", speaker=micky)


def test_a_worker_puts_no_words_in_a_third_ones_mouth(micky, bev):
    other = serving("Somebody Else")
    with pytest.raises(Denied):
        said(bev, micky, speaker=other)


def test_who_wrote_it_down_adds_no_version_once_they_no_longer_walk_with_them(micky, bev):
    part = said(bev, micky, "first")
    with as_owner():
        micky.bases.update(to_at=dt.datetime.now(dt.UTC))
    with acting_as(bev), pytest.raises(Denied):
        operations.say_again(by=bev, part=part, words="later")


def test_the_person_says_whom_it_is_for_and_the_speaker_may_only_narrow(micky, bev):
    hunch = said(bev, micky, "Shame.", kind="hunch")
    with acting_as(bev):
        operations.set_audience(by=bev, thing=hunch, audience="only_us")
        with pytest.raises(Denied):
            operations.set_audience(by=bev, thing=hunch, audience="walkers")
    with acting_as(micky):
        assert operations.set_audience(by=micky, thing=hunch, audience="walkers").audience == "walkers"


def test_a_worker_cannot_keep_the_persons_own_words_from_the_others(micky, bev):
    with pytest.raises(Denied, match="you know it too"):
        said(bev, micky, audience="only_us")
    assert said(bev, micky, "a hunch", kind="hunch", audience="only_us").audience == "only_us"


def test_what_is_put_away_is_gone_from_the_others_and_comes_back_whole(micky, bev):
    part = said(bev, micky)
    with acting_as(bev), pytest.raises(Denied):
        operations.put_away(by=bev, part=part)
    with acting_as(micky):
        operations.put_away(by=micky, part=part)
    assert story(bev, micky) == story(micky, micky) == []
    with acting_as(micky):
        assert len(queries.story_of(viewer=micky, person=micky, put_away=True)) == 1
        operations.bring_back(by=micky, part=part)
    assert len(story(bev, micky)) == 1


def test_a_version_is_never_changed_even_by_hand(micky):
    said(micky, micky)
    from django.db import DatabaseError, transaction

    with acting_as(micky), pytest.raises(DatabaseError), transaction.atomic():
        PartVersion.objects.update(words="something else")


def test_one_who_came_by_law_writes_under_their_own_name(micky):
    megan = serving("Megan Ashby", "social_worker")
    by_law(megan, micky)
    said(megan, micky, "Whether the flat is safe.", kind="do_not_know_yet", speaker=megan)
    (told,) = story(micky, micky)
    assert told.speaker.called == "Megan"
