"""A map of one's own life: begun from one's own page, and asked for by nobody (T6)."""

import pytest
from django.urls import reverse

from alongside.audit.models import Look
from alongside.kernel.acting import acting_as
from alongside.walks import operations as walks
from alongside.walks.models import LifeMap, LifeMapPlace
from alongside.walks.tests.moments import walking
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def them(db):
    """Bev walks with Micky, Priya covers."""
    bev, priya = cast.serving("Bev Ormerod"), cast.serving("Priya Nair")
    micky = cast.person("Micky Garrod", called="Micky")
    walking(bev, priya, micky)
    return type("Them", (), {"micky": micky, "bev": bev})


@pytest.fixture
def as_(client):
    def opened(whoever, name, person, data=None):
        client.cookies.clear()
        cast.sign_in(client, whoever)
        address = reverse(name, args=[person.pk])
        return client.get(address) if data is None else client.post(address, data)

    return opened


def put(them, name="The yard", words="Loud, and mine."):
    with acting_as(them.micky):
        return walks.put_on_life_map(by=them.micky, person=them.micky, name=name, words=words)


def page_of(as_, viewer, person):
    return as_(viewer, "life_map", person).content.decode().replace("&#x27;", "'")


def test_it_begins_with_a_first_place_from_the_persons_own_page(them, as_, client):
    cast.sign_in(client, them.micky)
    assert reverse("life_map", args=[them.micky.pk]) in client.get(reverse("my_page")).content.decode()
    assert "A first place" in page_of(as_, them.micky, them.micky)
    as_(them.micky, "life_map_put", them.micky, {"name": "The yard", "words": "Loud, and mine."})
    page = page_of(as_, them.micky, them.micky)
    assert page.index("The yard") < page.index("Loud, and mine.") < page.index("Another place")


def test_opening_it_makes_nothing(them, as_):
    page_of(as_, them.micky, them.micky)
    with as_owner():
        assert not LifeMap.objects.exists()


@pytest.mark.parametrize(
    "name", ["person", "brief", "story", "circle", "plan", "walk", "moments", "today", "lead"]
)
def test_no_page_of_somebody_who_works_here_leads_to_making_one(them, client, name):
    cast.hold(them.bev, "team_lead")
    cast.sign_in(client, them.bev)
    address = reverse(name) if name in ("today", "lead") else reverse(name, args=[them.micky.pk])
    answer = client.get(address)
    assert answer.status_code == 200
    assert "life-map" not in answer.content.decode()


@pytest.mark.parametrize("name", ["life_map_put", "life_map_again", "life_map_off", "life_map_show"])
def test_nobody_makes_or_changes_it_for_somebody_else(them, as_, name):
    place = put(them)
    given = {"name": "x", "words": "x", "place": place.pk, "shown": "yes"}
    assert as_(them.bev, name, them.micky, given).status_code == 403
    with as_owner():
        assert LifeMapPlace.objects.filter(taken_off_at__isnull=True).count() == 1
        assert not LifeMap.objects.get().shown


def test_a_walker_sees_nothing_until_it_is_shown_and_then_it_is_a_look(them, as_):
    place = put(them)
    refused = as_(them.bev, "life_map", them.micky)
    assert refused.status_code == 403
    assert place.name not in refused.content.decode()
    as_(them.micky, "life_map_show", them.micky, {"shown": "yes"})
    page = page_of(as_, them.bev, them.micky)
    assert "Loud, and mine." in page
    assert "Put it on my map" not in page
    with as_owner():
        assert [look.page for look in Look.objects.filter(by_id=them.bev.pk)] == ["life map"]
    as_(them.micky, "life_map_show", them.micky, {"shown": "no"})
    assert as_(them.bev, "life_map", them.micky).status_code == 403


def test_a_page_about_somebody_tells_of_their_map_only_once_it_is_shown(them, client, as_):
    place = put(them)
    cast.sign_in(client, them.bev)
    address = reverse("person", args=[them.micky.pk])
    assert "life-map" not in client.get(address).content.decode()
    with acting_as(them.micky):
        walks.show_life_map(by=them.micky, life_map=place.life_map, shown=True)
    assert reverse("life_map", args=[them.micky.pk]) in client.get(address).content.decode()


def test_how_it_was_before_stands_beside_how_it_is_now(them, as_):
    place = put(them)
    as_(them.micky, "life_map_again", them.micky, {"place": place.pk, "words": "Quieter since the spring."})
    page = page_of(as_, them.micky, them.micky)
    assert page.index("Quieter since the spring.") < page.index("Loud, and mine.")


def test_what_was_taken_off_is_kept_for_its_maker(them, as_):
    place = put(them)
    as_(them.micky, "life_map_off", them.micky, {"place": place.pk})
    page = page_of(as_, them.micky, them.micky)
    assert page.index("A first place") < page.index("What I took off") < page.index("Loud, and mine.")


def test_a_place_without_a_name_is_told_and_its_words_stay_in_the_box(them, as_):
    answer = as_(them.micky, "life_map_put", them.micky, {"name": "", "words": "It is loud there."})
    assert "Give this place a name." in answer.content.decode()
    assert "It is loud there." in answer.content.decode()


@pytest.mark.parametrize("key", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_place_that_is_none_of_ones_own_is_not_found(them, as_, key):
    put(them)
    assert as_(them.micky, "life_map_off", them.micky, {"place": key}).status_code == 404
