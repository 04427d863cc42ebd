"""Finding by a few letters: only what is open to the one who looks, and never a way to guess at others."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.pages.find.things import PAGES
from alongside.people.models import Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LINE = re.compile(r'<li><a href="([^"]+)">([^<]+)</a>')


def found(as_, viewer, words=""):
    shown = as_(viewer, f"{reverse('find')}?q={words}").content.decode().replace("&#x27;", "'")
    return dict(LINE.findall(shown.partition('id="found"')[2]))


def test_a_person_whose_page_is_open_is_found_by_part_of_a_name_with_their_pages(as_, them):
    lines = found(as_, them.bev, "garr")
    assert lines[reverse("person", args=[them.micky.pk])] == "Micky Garrod"
    assert lines[reverse("brief", args=[them.micky.pk])] == "Before a visit to Micky"
    assert reverse("story_say", args=[them.micky.pk]) in lines
    assert reverse("reach_for", args=[them.micky.pk]) in lines


def test_one_with_a_part_is_offered_no_page_they_would_be_refused(as_, them):
    for address in found(as_, them.moira, "micky"):
        assert as_(them.moira, address).status_code == 200


@pytest.mark.parametrize("who", ["bev", "moira", "denise", "steward"])
def test_everything_that_is_listed_opens(as_, them, who):
    them.steward = cast.serving("Ann Steward", Role.STEWARD)
    lines = found(as_, getattr(them, who))
    assert len(lines) >= 8
    for address in lines:
        assert as_(getattr(them, who), address).status_code == 200, address


@pytest.mark.parametrize("words", ["micky", "Garrod", "m", "icky"])
def test_nobody_is_found_whose_page_is_not_open_not_even_by_a_steward(as_, them, words):
    hodan = cast.serving("Hodan Farah")
    steward = cast.serving("Ann Steward", Role.STEWARD)
    for viewer in (hodan, them.denise, steward):
        assert not [line for line in found(as_, viewer, words) if str(them.micky.pk) in line]


def test_a_name_that_is_hidden_and_a_name_nobody_has_give_the_same_lines_and_take_as_many_statements(
    as_, them
):
    hodan, answers = cast.serving("Hodan Farah"), []
    for words in ("Garrod", "Xarrox"):
        with CaptureQueriesContext(connection) as statements:
            answers.append((found(as_, hodan, words), len(statements)))
    assert answers[0] == answers[1]


def test_a_page_or_something_to_do_is_found_by_its_words(as_, them):
    assert reverse("my_room") in found(as_, them.bev, "FULL")
    assert reverse("steward_home") not in found(as_, them.bev, "looking")
    assert "Nothing of that name" in as_(them.bev, f"{reverse('find')}?q=zzz").content.decode()


@pytest.mark.parametrize("words", ["%25", "_", "'", "<b>", "a%00b", "\u0000", "x" * 3000])
def test_whatever_is_typed_has_an_answer_and_runs_nothing(as_, them, words):
    shown = as_(them.bev, f"{reverse('find')}?q={words}")
    assert shown.status_code == 200
    assert "<b>" not in shown.content.decode()


def test_a_resident_and_a_stranger_have_no_such_page_and_no_way_to_it(as_, them):
    assert as_(them.micky, reverse("find")).status_code == 403
    assert as_(None, reverse("find")).status_code == 302
    assert "data-find" not in as_(them.micky, reverse("my_page")).content.decode()
    assert "data-find" in as_(them.bev, reverse("people")).content.decode()


def test_finding_is_no_look(as_, them):
    found(as_, them.bev, "micky")
    with as_owner():
        assert not Look.objects.exists()


def test_every_page_that_can_be_found_has_words_of_its_own():
    assert len({str(page.label) for page in PAGES}) == len(PAGES)
