"""Every page of signing in and of the place, opened as everybody: R265, I11; and nothing typed is lost (I34)."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts.models import Voice
from alongside.accounts.place import operations as place
from alongside.accounts.tests.test_who_may import EVERYBODY, PAST, PERSON, STEWARD, STRANGER, WALKER, world
from alongside.kernel.acting import acting_as
from tests.by_post import words_of
from tests.cast import sign_in
from tests.database import as_owner
from tests.examples import AS_PEOPLE_WRITE

__all__ = ["world"]
pytestmark = pytest.mark.django_db

NOBODY = "a stranger"
OPEN_TO_ALL = dict.fromkeys([*EVERYBODY, NOBODY], 200)
SIGNED_IN = {**dict.fromkeys(EVERYBODY, 200), NOBODY: 302}
PAGES = {
    "/place/": OPEN_TO_ALL,
    "/place/saltgate/": OPEN_TO_ALL,
    "/place/neighbourhoods.csv": OPEN_TO_ALL,
    "/place/neighbourhoods.geojson": OPEN_TO_ALL,
    "/place/nowhere/": dict.fromkeys([*EVERYBODY, NOBODY], 404),
    "/place/draw/": SIGNED_IN,
    "/place/words/": {**dict.fromkeys(EVERYBODY, 403), STEWARD: 200, NOBODY: 302},
    "/sign-in/code/": {NOBODY: 200},
    "/sign-in/ask/": {NOBODY: 200},
    "/sign-in/": {NOBODY: 200},
    "/me/sign-in/": SIGNED_IN,
    "/me/sessions/": SIGNED_IN,
}


@pytest.mark.parametrize("address", PAGES)
def test_it_opens_for_those_it_is_for(client, world, address):
    for who, expected in PAGES[address].items():
        client.cookies.clear()
        if who != NOBODY:
            sign_in(client, world.who[who])
        response = client.get(address)
        assert response.status_code == expected, who
        if expected == 302:
            assert response.url == f"/sign-in/?next={address}"
        if expected == 403:
            assert "place steward" in words_of(response).lower(), "a refusal names who can"


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_paper_is_printed_by_whoever_walks_with_them_and_is_not_there_for_others(client, world, who):
    sign_in(client, world.who[who])
    response = client.get(reverse("print_sign_in_link", args=[world.account.pk]))
    assert response.status_code == (200 if who in (PERSON, WALKER) else 404)


@pytest.mark.parametrize("who", [*EVERYBODY, NOBODY])
def test_words_about_the_place_are_taken_back_by_their_speaker_and_a_steward_alone(client, world, who):
    if who != NOBODY:
        sign_in(client, world.who[who])
    response = client.post(reverse("place_take_back", args=[world.voice.pk]))
    assert response.status_code == (302 if who in (PERSON, STEWARD, NOBODY) else 403)
    with as_owner():
        assert Voice.objects.exists() is (who not in (PERSON, STEWARD))


DRAWN = {"name": "Behind the baths", "points": "54.9, -1.6", "note": "where I slept"}
SLIPS = [
    (STEWARD, "/place/words/", {"mission": "Nobody alone.", "name": ""}, "Nobody alone."),
    (PERSON, "/place/draw/", DRAWN, "where I slept"),
    (PERSON, "/place/draw/", {**DRAWN, "name": ""}, "54.9, -1.6"),
]


@pytest.mark.parametrize(("who", "address", "typed", "kept"), SLIPS)
def test_a_slip_is_told_and_nothing_typed_is_lost(client, world, who, address, typed, kept):
    sign_in(client, world.who[who])
    response = client.post(address, typed)
    assert response.status_code == 200
    assert "error" in words_of(response)
    assert kept in words_of(response)


@pytest.mark.parametrize("words", AS_PEOPLE_WRITE)
def test_words_about_the_place_stand_as_they_were_said_and_run_nothing(client, world, words):
    with acting_as(world.trace):
        kept = place.say_about_place(by=world.trace, words=words)
    page = client.get("/place/").content.decode()
    assert kept.words == words
    for line in filter(None, words.split("\n")):
        assert html.escape(line.strip()) in page
    assert "<script>alert(1)" not in page


def test_more_voices_take_no_more_statements(client, world):
    client.get("/place/")
    with CaptureQueriesContext(connection) as few:
        client.get("/place/")
    for number in range(5):
        with acting_as(world.trace):
            place.say_about_place(by=world.trace, words=f"The bus stops at {number}.")
    with CaptureQueriesContext(connection) as many:
        client.get("/place/")
    assert len(many) == len(few)


@pytest.mark.parametrize("who", [STRANGER, PAST, WALKER])
def test_who_drew_or_spoke_is_never_named_on_a_public_page(client, world, who):
    with acting_as(world.who[who]):
        place.say_about_place(by=world.who[who], words="Somebody ought to mend the swings.")
    assert "mend the swings" in words_of(client.get("/place/"))
    assert str(world.who[who]) not in words_of(client.get("/place/"))
