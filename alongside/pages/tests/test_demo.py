"""Tynebank loads through the same operations as a real place, once, with all six stories in it."""

import pytest

from alongside.accounts.models import Place
from alongside.audit.models import Look
from alongside.consent.models import SaySo
from alongside.messages.models import Hello
from alongside.pages import demo
from alongside.pages.demo import extras
from alongside.pages.demo.loading import read_stories
from alongside.people.models import Person
from alongside.story.models import OnePage, PartVersion, Tie
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def every(told, *keys):
    return [entry for story in told["stories"] for key in keys for entry in story.get(key, ())]


def test_the_demo_holds_every_person_word_tie_say_so_and_look_of_the_six_stories():
    assert demo.load()
    told = read_stories()
    with as_owner():
        names = set(Person.objects.values_list("name", flat=True))
        words = set(PartVersion.objects.values_list("words", flat=True))
        ties = set(Tie.objects.values_list("name", flat=True))
        assert {entry["name"] for entry in every(told, "people")} <= names
        assert {entry["name"] for entry in told["shared"]["staff"]} <= names
        assert {entry["words"] for entry in every(told, "story")} <= words
        assert {entry["name"] for entry in every(told, "circle_start", "circle_later")} <= ties
        assert Look.objects.count() == len(every(told, "looked_at"))
        refused = SaySo.objects.get(state="refused")
        assert refused.words == "No. The sentence is enough."
        assert SaySo.objects.filter(state="withdrawn").count() == 1


def test_loading_it_twice_changes_nothing():
    demo.load()
    assert demo.load() is False
    with as_owner():
        assert Person.objects.filter(name="Micky Garrod").count() == 1


def test_it_is_refused_where_a_real_place_lives():
    with as_owner():
        Place.objects.create(slug="gateshead", name="Gateshead")
    with pytest.raises(demo.NotHere, match="Gateshead"):
        demo.load()


def test_nothing_in_it_lies_in_the_future():
    demo.load()
    from django.utils import timezone

    with as_owner():
        assert not Look.objects.filter(at__gt=timezone.now()).exists()
        assert not SaySo.objects.filter(state_at__gt=timezone.now()).exists()


def test_at_the_door_one_hello_was_put_right_and_one_waits_for_somebody_named():
    demo.load()
    with as_owner():
        right, waiting = Hello.objects.order_by("said_at")
        assert (right.outcome, waiting.outcome) == ("simple", "")
        assert waiting.named is not None


def test_mr_elliott_has_his_page_to_print():
    demo.load()
    with as_owner():
        page = OnePage.objects.get(person__name="George Elliott")
        words = PartVersion.objects.filter(part__in=page.parts).values_list("words", flat=True)
        assert any("Maureen's piano" in said for said in words)


def test_every_group_animal_and_trusted_one_named_for_the_circles_is_in_a_story():
    told = read_stories()
    names = {entry["name"] for entry in every(told, "circle_start", "circle_later")}
    assert names >= extras.TRUSTED | extras.GROUPS | extras.ANIMALS
