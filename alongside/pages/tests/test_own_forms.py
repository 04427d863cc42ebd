"""What somebody types about themself: each slip in a sentence beside its question, and every word still there.

Serves I33 and I34: no box but one must be filled, and a slip costs nobody what they wrote.
"""

import pytest
from django.urls import reverse

from alongside.audit.models import Event
from alongside.people.models import Reach, Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LONG = "x" * 400
REACH = {
    "how": "text",
    "phone": "07700 900123",
    "note": "not on Sundays",
    "who_may_answer": "me or my brother",
}


@pytest.fixture
def bev(client):
    bev = cast.serving("Bev Ormerod", Role.WORKER)
    cast.sign_in(client, bev)
    return bev


# Her own page, and the page on which whoever walks with somebody writes it down for them.
def address(name, bev):
    return reverse(name, args=[bev.pk]) if name == "reach_for" else reverse(name)


@pytest.mark.parametrize("name", ["my_reach", "reach_for"])
@pytest.mark.parametrize(
    ("slip", "sentence"),
    [
        ({"never": ["text"]}, "also under what you never want"),
        ({"email": "trace at tynebank"}, "e-mail"),
        ({"how": "pigeon"}, "pigeon"),
        ({"note": LONG}, "300"),
        ({"safe_word": LONG}, "100"),
    ],
)
def test_a_slip_about_reach_costs_nothing_that_was_written(client, bev, name, slip, sentence):
    answer = client.post(address(name, bev), {**REACH, **slip})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in shown
    for words in ("07700 900123", "me or my brother", *(() if "note" in slip else ("not on Sundays",))):
        assert words in shown
    with as_owner():
        assert not Reach.objects.exists()
        assert not Event.objects.filter(did="people.set_reach").exists()


@pytest.mark.parametrize("name", ["my_reach", "reach_for"])
def test_pressed_twice_there_is_one_way_to_reach_them(client, bev, name):
    for _ in range(2):
        assert client.post(address(name, bev), REACH).status_code == 302
    with as_owner():
        assert Reach.objects.get().phone == "07700 900123"
        assert Event.objects.filter(did="people.set_reach", by_id=bev.pk).count() == 2
