"""The second lock on its own: what the database shows, whatever the code asks."""

import datetime as dt

import pytest
from django.utils import timezone

from alongside.consent.models import Basis, SaySo
from alongside.kernel.acting import acting_as
from alongside.people.models import Person
from alongside.story.models import PartVersion, StoryPart
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def person(name):
    with as_owner():
        return Person.objects.create(name=name)


def part_of(whose, words, **more):
    with as_owner():
        part = StoryPart.objects.create(
            person=whose, speaker=whose, kind="what_matters", began_at=timezone.now(), **more
        )
        PartVersion.objects.create(
            part=part,
            number=1,
            words=words,
            written_down_by=whose,
            said_on=dt.date.today(),
            at=timezone.now(),
        )
    return part


def let_in(actor, whose, *, parts=(), until=None):
    now = timezone.now()
    with as_owner():
        say_so = SaySo.objects.create(
            person=whose,
            given_by=whose,
            given_to=actor,
            what="it",
            for_what="it",
            whole=not parts,
            parts=list(parts),
            state="given",
            state_at=now,
        )
        return Basis.objects.create(
            actor=actor,
            person=whose,
            kind="say_so",
            whole=not parts,
            parts=list(parts),
            why="it",
            say_so=say_so,
            from_at=now - dt.timedelta(days=1),
            to_at=until,
        )


def words_seen_by(viewer):
    with acting_as(viewer):
        return set(PartVersion.objects.values_list("words", flat=True))


def test_nobody_sees_anything_when_no_one_acts():
    part_of(person("Trace"), "Bruno")
    assert StoryPart.objects.count() == 0
    assert PartVersion.objects.count() == 0


def test_a_person_sees_their_own_words_and_a_neighbour_none():
    trace, neighbour = person("Trace"), person("Neighbour")
    part_of(trace, "Bruno")
    assert words_seen_by(trace) == {"Bruno"}
    assert words_seen_by(neighbour) == set()


def test_whoever_walks_with_them_sees_all_but_what_is_only_for_the_two():
    trace, callum = person("Trace"), person("Callum")
    part_of(trace, "Bruno")
    part_of(trace, "a secret", audience="only_us")
    let_in(callum, trace)
    assert words_seen_by(callum) == {"Bruno"}


def test_one_who_was_given_one_part_sees_that_part_alone():
    trace, officer = person("Trace"), person("Officer")
    named = part_of(trace, "where I sleep")
    part_of(trace, "Bruno")
    let_in(officer, trace, parts=[named.pk])
    assert words_seen_by(officer) == {"where I sleep"}


def test_words_for_those_i_name_are_not_for_whoever_walks_with_me():
    yusra, hodan, cover = person("Yusra"), person("Hodan"), person("Cover")
    for_two = part_of(yusra, "I sat in the toilets with my phone", audience="named")
    let_in(hodan, yusra)
    let_in(cover, yusra)
    let_in(hodan, yusra, parts=[for_two.pk])
    assert words_seen_by(hodan) == {"I sat in the toilets with my phone"}
    assert words_seen_by(cover) == set()


def test_a_basis_that_has_ended_opens_nothing():
    trace, officer = person("Trace"), person("Officer")
    named = part_of(trace, "where I sleep")
    let_in(officer, trace, parts=[named.pk], until=timezone.now() - dt.timedelta(seconds=1))
    assert words_seen_by(officer) == set()


def test_one_who_acted_before_is_handed_back_after_a_nested_act():
    trace, callum = person("Trace"), person("Callum")
    part_of(trace, "Bruno")
    with acting_as(trace):
        with acting_as(callum):
            assert StoryPart.objects.count() == 0
        assert StoryPart.objects.count() == 1
