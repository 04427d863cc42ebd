"""My own pages about me: how to reach me, my names, and how much room I have."""

import pytest
from django.urls import reverse

from alongside.people.models import Alias, Particulars, Person, Reach, Role, Room
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def micky(client):
    whoever = cast.person("Micky Garrod")
    cast.sign_in(client, whoever)
    return whoever


@pytest.fixture
def bev(client):
    whoever = cast.serving("Bev Ormerod")
    cast.sign_in(client, whoever)
    return whoever


@pytest.mark.parametrize("page", ["my_reach", "my_about", "my_room"])
def test_a_stranger_is_asked_to_sign_in_first(client, page):
    answer = client.get(reverse(page))
    assert answer.status_code == 302
    assert reverse("sign_in") in answer["Location"]


def test_nothing_on_the_page_of_reach_is_needed(client, micky):
    client.post(reverse("my_reach"), {"how": "own_page"})
    with as_owner():
        assert Reach.objects.get(person=micky).how == "own_page"


def test_everything_said_about_reach_is_kept_and_shown_again(client, micky):
    said = {
        "how": "call",
        "phone": "0191 496 0000",
        "never": ["letter", "email"],
        "never_words": "no brown envelopes",
        "from_hour": "16:00",
        "to_hour": "20:00",
        "languages": "English,  Polish ,",
        "who_may_answer": "our lass",
        "safe_word": "kingfisher",
    }
    answer = client.post(reverse("my_reach"), said, follow=True)
    assert "From now on we go by this" in answer.content.decode()
    with as_owner():
        reach = Reach.objects.get(person=micky)
    assert (reach.never, reach.languages, reach.from_hour.hour) == (
        ["letter", "email"],
        ["English", "Polish"],
        16,
    )
    shown = client.get(reverse("my_reach")).content.decode()
    assert 'value="kingfisher"' in shown
    assert 'value="English, Polish"' in shown


def test_a_slip_is_told_beside_its_question_and_nothing_is_lost(client, micky):
    said = {"how": "call", "never": ["call"], "never_words": "no voicemail"}
    shown = client.post(reverse("my_reach"), said).content.decode()
    assert 'id="id_how_error"' in shown
    assert 'value="no voicemail"' in shown
    with as_owner():
        assert not Reach.objects.filter(person=micky).exists()


def test_an_hour_that_is_none_is_told_in_a_sentence(client, micky):
    shown = client.post(reverse("my_reach"), {"how": "call", "from_hour": "tea"}).content.decode()
    assert "Write the hour like 16:00" in shown


def test_names_and_particulars_are_kept_as_said(client, micky):
    said = {"name": "Michael Garrod", "called": "Mick", "also": "Micky G", "where_words": "above the chippy"}
    client.post(reverse("my_about"), said)
    with as_owner():
        micky.refresh_from_db()
        assert (micky.name, micky.called) == ("Michael Garrod", "Mick")
        assert Particulars.objects.get(person=micky).where_words == "above the chippy"
        assert Alias.objects.get(person=micky).name == "Micky G"


def test_a_name_is_asked_for_and_nothing_else(client, micky):
    shown = client.post(reverse("my_about"), {"pronouns": "he"}).content.decode()
    assert shown.count("govuk-error-message") == 1
    with as_owner():
        assert Person.objects.get(pk=micky.pk).name == "Micky Garrod"


def test_another_name_is_forgotten_with_one_button_and_only_by_its_owner(client, micky):
    with as_owner():
        own = Alias.objects.create(person=micky, name="Micky G")
        another = Alias.objects.create(person=cast.person("Norah Tully"), name="Nora")
    assert client.get(reverse("forget_name", args=[own.pk])).status_code == 405
    client.post(reverse("forget_name", args=[own.pk]))
    assert client.post(reverse("forget_name", args=[another.pk])).status_code == 404
    with as_owner():
        assert list(Alias.objects.values_list("name", flat=True)) == ["Nora"]


def test_somebody_who_serves_says_how_much_room_they_have(client, bev):
    client.post(reverse("my_room"), {"room_for": "2", "languages": "English, BSL", "offers": "a van"})
    with as_owner():
        room = Room.objects.get(person=bev)
    assert (room.room_for, room.languages, room.offers) == (2, ["English", "BSL"], "a van")
    assert "room for 2 more people" in client.get(reverse("my_room")).content.decode()


def test_i_am_full_is_one_tap(client, bev):
    client.post(reverse("my_room"), {"room_for": "2", "offers": "a van"})
    shown = client.post(reverse("my_room"), {"full": "yes"}, follow=True).content.decode()
    assert "You are full" in shown
    with as_owner():
        room = Room.objects.get(person=bev)
    assert (room.room_for, room.offers) == (0, "a van")


@pytest.mark.parametrize("said", ["", "-1", "lots", "51"])
def test_room_is_a_number_from_none_to_many(client, bev, said):
    shown = client.post(reverse("my_room"), {"room_for": said}).content.decode()
    assert 'id="id_room_for_error"' in shown
    with as_owner():
        assert not Room.objects.exists()


def test_a_resident_is_not_asked_how_much_room_they_have(client, micky):
    answer = client.get(reverse("my_room"))
    assert answer.status_code == 403
    assert "Say hello" in answer.content.decode()


def test_a_helper_of_two_roles_has_one_room(client):
    jodie = cast.serving("Jodie Laws", Role.PEER)
    cast.hold(jodie, Role.CONNECTOR)
    cast.sign_in(client, jodie)
    for number in ("1", "3"):
        client.post(reverse("my_room"), {"room_for": number})
    with as_owner():
        assert Room.objects.get().room_for == 3
