"""The reasons in law this place may use: named and reworded by those who carry duties, read by the person (T1)."""

import pytest
from django.urls import reverse

from alongside.consent.models import LegalReason
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db

LISTED, NAMING = reverse("steward_reasons"), reverse("steward_name_reason")
WORDS = {
    "statute": "Care Act 2014 s.42",
    "basis": "legal_obligation",
    "plain_words": "We must look, and tell you.",
}


@pytest.fixture
def steward():
    return cast.serving("Denise Armstrong", "place_steward")


def only_one():
    with as_owner():
        return LegalReason.objects.get()


@pytest.mark.parametrize("role", ["place_steward", "social_worker"])
def test_whoever_carries_duties_names_one_and_finds_it_listed(as_, role):
    who = cast.serving("Megan Ashby", role)
    assert "None is named yet" in as_(who, LISTED).content.decode()
    assert as_(who, NAMING, WORDS).url == LISTED
    page = as_(who, LISTED).content.decode()
    assert "Care Act 2014 s.42" in page
    assert "We must look, and tell you." in page
    assert only_one().code == "care-act-2014-s42"


def test_said_in_other_words_the_person_reads_the_new_ones(as_, steward):
    trace = cast.person("Tracey Hallam")
    cast.by_law(cast.serving("Megan Ashby", "social_worker"), trace)
    address = reverse("steward_reword_reason", args=[only_one().pk])
    assert "The law says we must look." in as_(steward, address).content.decode()
    assert as_(steward, address, {**WORDS, "plain_words": "We come and ask if you are safe."}).url == LISTED
    assert only_one().code == "duty-to-enquire"
    assert (
        "We come and ask if you are safe." in as_(trace, reverse("say_so", args=[trace.pk])).content.decode()
    )


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("statute", "Write down which law it is."),
        ("plain_words", "Say it in plain words: the person reads this."),
    ],
)
def test_what_is_left_out_is_asked_for_and_nothing_is_lost(as_, steward, left_out, told):
    page = as_(steward, NAMING, {**WORDS, left_out: ""}).content.decode()
    assert told in page
    assert all(words in page for name, words in WORDS.items() if name not in (left_out, "basis"))
    with as_owner():
        assert not LegalReason.objects.exists()


def test_nobody_else_reads_or_changes_them(as_):
    cast.by_law(cast.serving("Megan Ashby", "social_worker"), cast.person("Tracey Hallam"))
    walker = cast.serving("Callum Reay")
    for address in (LISTED, NAMING):
        assert as_(walker, address).status_code == 403
        assert as_(None, address).status_code == 302
    assert as_(walker, reverse("steward_reword_reason", args=[only_one().pk]), WORDS).status_code == 404
