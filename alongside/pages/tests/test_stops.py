"""Everything the software refuses stands on one list, with the law or the harm behind it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from alongside.kernel.policy import CHECKS, Denied, policy
from alongside.pages.stops import as_markdown, hard_stops
from alongside.pages.stops.finding import _stop

SHELF = Path(__file__).resolve().parents[3] / "docs" / "reference" / "hard-stops.md"


def without_because(stops):
    return [f"{stop.room}: {stop.name}" for stop in stops if not str(stop.because).strip()]


def test_every_check_says_because_of_which_law_or_harm():
    assert without_because(hard_stops()) == []


def test_a_check_without_it_would_be_found():
    @policy
    def check_can_do_something(viewer, thing=None):
        """Nobody."""
        raise Denied("No, and nobody says why.")

    key = f"{check_can_do_something.__module__}.check_can_do_something"
    planted = _stop(key, CHECKS.pop(key))
    assert without_because([planted]) == ["pages: check_can_do_something"]
    assert planted.sentences == ("No, and nobody says why.",)


def test_every_because_is_a_sentence_a_person_can_read():
    assert [stop.name for stop in hard_stops() if len(str(stop.because).split()) < 6] == []


def test_the_list_on_the_shelf_is_current():
    assert SHELF.read_text(encoding="utf-8") == as_markdown()


def test_the_command_prints_what_belongs_on_the_shelf(capsys):
    call_command("hard_stops")
    assert capsys.readouterr().out == as_markdown()


@pytest.mark.django_db
def test_everyone_can_read_the_list_and_it_names_nobody(client):
    page = client.get(reverse("hard_stops"))
    assert page.status_code == 200
    shown = page.content.decode()
    assert "This page is not open to you." in shown
    assert "UK GDPR article 5(1)(f)" in shown
    assert "Only the person, or somebody who walks with them, writes here." in shown
    assert "%(" not in shown


@pytest.mark.django_db
def test_every_sentence_of_every_check_stands_on_the_page(client):
    rooms = client.get(reverse("hard_stops")).context["rooms"]
    shown = sum(len(found) for _room, found in rooms)
    assert shown == len(hard_stops()) > 20


def test_every_room_that_refuses_has_a_heading_people_can_read():
    from alongside.pages.stops.finding import hard_stops
    from alongside.pages.stops.views import ROOMS

    assert {stop.room for stop in hard_stops()} <= set(ROOMS)
