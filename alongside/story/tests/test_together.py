"""Two at once, and somebody in a circle who is here too."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from alongside.consent.models import Closeness
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.story import operations, queries
from alongside.story.models import PartVersion, Tie
from alongside.story.tests.factories import said
from tests.cast import by_law, person, say_so, serving
from tests.database import as_owner


def test_two_who_save_at_the_same_moment_are_both_kept(committed):
    micky, bev = person("Micky Garrod"), serving("Bev Ormerod")
    say_so(micky, bev)
    part = said(bev, micky, "first")
    ready = Barrier(2)

    def save(who):
        try:
            with acting_as(who):
                ready.wait(timeout=20)
                operations.say_again(by=who, part=part, words=f"as {who} has it", after=1)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as both:
        list(both.map(save, (micky, bev)))
    with as_owner():
        kept = list(
            PartVersion.objects.filter(part=part).order_by("number").values_list("number", "follows", "words")
        )
    assert [row[:2] for row in kept] == [(1, 0), (2, 1), (3, 1)]
    assert {row[2] for row in kept} == {"first", "as Micky has it", "as Bev has it"}


@pytest.mark.django_db
def test_naming_somebody_here_as_close_closes_every_way_in_but_an_invitation():
    trace, jodie = person("Tracey Hallam"), serving("Jodie Laws", "peer_support")
    by_law(jodie, trace)
    part = said(trace, trace)
    with acting_as(trace):
        assert jodie in queries.people_to_name(viewer=trace, person=trace)
        operations.tie(by=trace, person=trace, name="Jodie", tie="friend", member=jodie)
    with as_owner():
        assert Closeness.objects.filter(person=trace, other=jodie, words="in their circle").exists()
    with acting_as(jodie):
        assert queries.part(viewer=jodie, pk=part.pk) is None
    say_so(trace, jodie)
    with acting_as(jodie):
        assert queries.part(viewer=jodie, pk=part.pk) is not None


@pytest.mark.django_db
def test_only_the_one_whose_circle_it_is_says_that_somebody_is_here():
    trace, callum, jodie = (
        person("Tracey Hallam"),
        serving("Callum Reay"),
        serving("Jodie Laws", "peer_support"),
    )
    say_so(trace, callum)
    with acting_as(callum), pytest.raises(Denied):
        operations.tie(by=callum, person=trace, name="Jodie", member=jodie)
    with as_owner():
        assert not Tie.objects.exists()


@pytest.mark.django_db
def test_somebody_who_has_not_joined_is_found_by_no_search_for_people():
    from alongside.people.models import Person

    trace = person("Tracey Hallam")
    with acting_as(trace):
        operations.tie(by=trace, person=trace, name="Zebedee Quill", tie="cousin")
    with as_owner():
        assert not Person.objects.filter(name__icontains="Zebedee").exists()
        assert Tie.objects.get().member_id is None


@pytest.mark.django_db
def test_a_name_that_is_not_the_readers_to_know_is_not_told():
    kayleigh, filmon, hodan = person("Kayleigh Stott"), person("Filmon Tesfay"), serving("Hodan Farah")
    say_so(kayleigh, hodan)
    part = said(kayleigh, kayleigh, "I want to be the uncle.", "child_voice", speaker=filmon)
    with acting_as(hodan):
        told = queries.told(viewer=hodan, part=part)
    assert (told.words, str(told.speaker)) == ("I want to be the uncle.", "somebody they know")
    assert str(told.latest.written_down_by) == "Kayleigh"
