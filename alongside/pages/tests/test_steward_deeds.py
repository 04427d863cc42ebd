"""Everything a steward does on a page: once however often it is pressed, recorded without words, nothing typed lost.

Serves I32 (roles end with care), F1 (a steward reads no story) and I34; the pages ask the database as often for
one row as for twenty.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Event
from alongside.kernel import clock
from alongside.messages.models import FullHouse
from alongside.messages.tests.rows import on_its_way, said
from alongside.people.models import Organisation, Person, Role, RoleHeld, SamePerson
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
LONG = "x" * 400


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam")


def same(trace, by):
    other = cast.person("Trace Hallam", account=False)
    with as_owner():
        return SamePerson.objects.create(
            kept=trace, other=other, why="canary", proposed_by=by, proposed_at=clock.now()
        )


def a_role(trace):
    return cast.hold(cast.person("Bev Ormerod"), Role.WORKER)


def full_house(trace):
    wait = said(None, no_room=True)
    with as_owner():
        return FullHouse.objects.create(wait=wait, day=clock.today())


# address: (what it is about, what is posted, what the audit calls it, which table it writes, whether twice is two)
DEEDS = {
    "steward_write_down": (None, {"name": "Norah canary"}, "people.write_down_person", Person, True),
    "steward_rename": ("trace", {"name": "Trace canary"}, "people.rename", Person, False),
    "steward_hold_role": ("trace", {"role": "peer_support", "title": "canary"}, "people.hold_role", RoleHeld, True),
    "steward_end_role": (a_role, {}, "people.end_role", RoleHeld, False),
    "steward_add_organisation": (
        None, {"name": "canary", "kind": "charity"}, "people.add_organisation", Organisation, False,
    ),
    "steward_full_house": (full_house, {"words": "canary"}, "messages.answer_full_house", FullHouse, False),
}  # fmt: skip


def address(name, trace):
    about = DEEDS[name][0]
    if about is None:
        return reverse(name)
    return reverse(name, args=[(trace if about == "trace" else about(trace)).pk])


def events(did):
    with as_owner():
        return list(Event.objects.filter(did=did))


@pytest.mark.parametrize("name", DEEDS)
def test_what_a_steward_does_is_recorded_with_their_name_and_no_words(client, steward, trace, name):
    _about, posted, did, *_ = DEEDS[name]
    assert client.post(address(name, trace), posted).status_code == 302
    (event,) = events(did)
    assert event.by_id == steward.pk
    with as_owner() as cursor:
        cursor.execute("SELECT string_agg(e::text, ' ') FROM audit_event e")
        assert "canary" not in cursor.fetchone()[0]


@pytest.mark.parametrize("name", [name for name, deed in DEEDS.items() if not deed[4]])
def test_pressed_twice_it_is_there_once(client, steward, trace, name):
    _about, posted, _did, model, _two = DEEDS[name]
    where = address(name, trace)
    client.post(where, posted)
    with as_owner():
        before = model.objects.count()
    assert client.post(where, posted).status_code in (200, 302, 404)
    with as_owner():
        assert model.objects.count() == before


@pytest.mark.parametrize("name", DEEDS)
def test_looking_at_a_page_does_nothing(client, steward, trace, name):
    where = address(name, trace)
    with as_owner():
        before = Event.objects.count()
    assert client.get(where).status_code in (200, 405)
    with as_owner():
        assert Event.objects.count() == before


# What is typed wrongly, and the sentence it is answered with; every word stays in its box.
SLIPS = [
    ("steward_write_down", {"name": "  ", "called": "Our Norah"}, "Write down a name"),
    ("steward_write_down", {"name": LONG, "called": "Our Norah"}, "200"),
    ("steward_rename", {"name": "", "called": "Our Trace"}, "Write down a name"),
    ("steward_hold_role", {"role": "", "title": "walks with people"}, "Choose what they do here."),
    ("steward_hold_role", {"role": "king", "title": "walks with people"}, "king"),
    ("steward_hold_role", {"role": "peer_support", "title": LONG}, "120"),
    (
        "steward_hold_role",
        {
            "role": "peer_support",
            "title": "walks",
            "from_day_day": "31",
            "from_day_month": "2",
            "from_day_year": "2027",
        },
        "not in the calendar",
    ),
    (
        "steward_add_organisation",
        {"name": "", "kind": "charity", "note": "open house"},
        "Write down its name.",
    ),
    ("steward_add_organisation", {"name": "The Kettle", "kind": "castle", "note": "open house"}, "castle"),
    ("steward_add_organisation", {"name": LONG, "kind": "charity", "note": "open house"}, "200"),
]


@pytest.mark.parametrize(("name", "posted", "sentence"), SLIPS)
def test_a_slip_is_answered_in_a_sentence_and_nothing_typed_is_lost(
    client, steward, trace, name, posted, sentence
):
    with as_owner():
        before = Event.objects.count()
    answer = client.post(address(name, trace), posted)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in shown
    free = {
        field: words for field, words in posted.items() if field not in ("role", "kind") and words.strip()
    }
    for words in free.values():
        assert words in shown, "it stands in its box"
    with as_owner():
        assert Event.objects.count() == before


def more_of_everything(number, steward):
    priya = cast.serving(f"Priya Hallam {number}", Role.PEER, at=f"Group {number}")
    trace = cast.person(f"Tracey Hallam {number}")
    same(trace, priya)
    on_its_way(priya, trace, state="failed", trouble="It broke.")
    full_house(trace)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("steward_home", {}),
        ("steward_people", {"q": "hall"}),
        ("steward_same", {}),
        ("steward_organisations", {}),
        ("steward_broken", {}),
    ],
)
def test_a_list_asks_the_database_as_often_for_one_as_for_eight(client, steward, page, query):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(page), query).status_code == 200
        return len(asked)

    more_of_everything(0, steward)
    statements()
    few = statements()
    for number in range(1, 8):
        more_of_everything(number, steward)
    assert statements() == few
    assert few <= 30


@pytest.mark.parametrize("verb", ["agree", "undo"])
def test_two_records_are_answered_by_a_press_and_never_by_a_look(client, steward, trace, verb):
    found = same(trace, cast.serving("Ruth Collier", Role.STEWARD))
    where = reverse(f"steward_{verb}_same", args=[found.pk])
    assert client.get(where).status_code == 405
    assert events(f"people.{verb}_same") == []
    first = client.post(where, follow=True).content.decode()
    again = client.post(where, follow=True).content.decode()
    assert ("Agreed." if verb == "agree" else "Undone.") in first
    assert ("answered this already" if verb == "agree" else "undone already") in again
    assert len(events(f"people.{verb}_same")) == 1
