"""I know them myself: said on an open page or of a name just asked after, it closes what the law opened (I18)."""

import pytest
from django.urls import reverse

from alongside.consent.models import Closeness
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def megan():
    return cast.serving("Megan Ashby", "social_worker")


def page_of(whose):
    return reverse("person", args=[whose.pk])


def knowing(whose):
    return reverse("know_them", args=[whose.pk])


def test_one_press_closes_the_page_a_duty_opened(as_, trace, megan):
    cast.by_law(megan, trace)
    assert knowing(trace) in as_(megan, page_of(trace)).content.decode()
    assert as_(megan, knowing(trace), {"words": ""}).url == reverse("people")
    assert as_(megan, page_of(trace)).status_code == 404
    with as_owner():
        assert Closeness.objects.get().words == "I know them myself"


def test_what_the_person_opened_stays_open(as_, trace):
    callum = cast.serving("Callum Reay")
    cast.say_so(trace, callum)
    assert as_(callum, knowing(trace), {"words": "my cousin"}).url == page_of(trace)
    assert as_(callum, page_of(trace)).status_code == 200
    with as_owner():
        assert Closeness.objects.get().words == "my cousin"


def test_whoever_cannot_open_the_page_finds_nothing_here(as_, trace, megan):
    assert as_(megan, knowing(trace)).status_code == 404
    assert as_(megan, knowing(trace), {"words": ""}).status_code == 404
    assert as_(None, knowing(trace)).status_code == 302


def test_opening_the_page_of_it_says_nothing_yet(as_, trace, megan):
    cast.by_law(megan, trace)
    assert as_(megan, knowing(trace)).status_code == 200
    with as_owner():
        assert not Closeness.objects.exists()


class TestOfANameJustAskedAfter:
    def ask(self, as_, who):
        asked = {"name": "Tracey Hallam", "why": "she rang us"}
        return as_(who, reverse("people_someone"), asked).content.decode()

    def say(self, as_, who, name="Tracey Hallam"):
        return as_(who, reverse("people_know_someone"), {"name": name})

    def test_it_is_offered_with_the_answer_and_from_then_on_there_is_none(self, as_, trace, megan):
        cast.say_so(trace, cast.serving("Callum Reay"))
        assert reverse("people_know_someone") in self.ask(as_, megan)
        assert self.say(as_, megan).url == reverse("people_someone")
        again = self.ask(as_, megan)
        assert "Nobody found here" in again
        assert reverse("people_know_someone") not in again

    def test_it_closes_what_the_law_opened(self, as_, trace, megan):
        cast.say_so(trace, cast.serving("Callum Reay"))
        cast.by_law(megan, trace)
        self.say(as_, megan)
        assert as_(megan, page_of(trace)).status_code == 404

    def test_it_answers_the_same_for_a_name_nobody_has(self, as_, trace, megan):
        cast.say_so(trace, cast.serving("Callum Reay"))
        one, other = self.say(as_, megan), self.say(as_, megan, "Nobody Atall")
        assert (one.status_code, one.url) == (other.status_code, other.url)
        with as_owner():
            assert Closeness.objects.count() == 1

    def test_a_resident_is_sent_to_the_front_door(self, as_, trace):
        assert self.say(as_, cast.person("Gary Neighbour")).status_code == 403
