"""Row-level security of people, way by way: who sees, adds, changes and removes which row, and nobody else.

Serves I17 to I19 and F1: a name is seen by its owner, by whom they let in, and by stewards; everything else
about somebody by themself and whoever walks with them. Each condition of each lock is also broken, to see
that this table of who may what would notice.
"""

import pytest
from django.utils import timezone

from alongside.accounts.models import Neighbourhood, Place
from alongside.kernel.acting import acting_as
from alongside.people.models import (
    Alias,
    Organisation,
    Particulars,
    Person,
    Reach,
    Role,
    RoleHeld,
    Room,
    SamePerson,
)
from alongside.people.policies import WELCOMING
from alongside.people.row_security import IN_AN_EMERGENCY, OPENED
from alongside.walks.operations import offer_walk
from tests.cast import person, say_so, serving
from tests.database import as_owner
from tests.row_locks import unnoticed, wrong

pytestmark = pytest.mark.django_db

WORKS = ("messages.send", "hello", "sign_in", "accounts.open", "demo", "consent.tell")
RESIDENTS = ("trace", "mum", "reader", "told", "micky")
# Those who may write somebody down, and two whose role lets them write nobody down.
HELPERS = tuple(str(role) for role in WELCOMING)
SIGNED_IN = (*RESIDENTS, *HELPERS, "place_steward", "elected_member")
EVERYBODY = (*SIGNED_IN, *WORKS, "nobody")


def each(who, verbs):
    return dict.fromkeys(who, verbs)


def together(*given):
    """Who may what by any of these."""
    names = {name for one in given for name in one}
    return {name: "".join(one.get(name, "") for one in given) for name in names}


OPENING = ("accounts.open", "demo")
STEWARD = ("place_steward",)
WRITES_DOWN = each((*HELPERS, *STEWARD, *OPENING), "a")
SEES_NAMES = each((*STEWARD, *WORKS[:-1]), "s")
NAMES = together(WRITES_DOWN, SEES_NAMES, each(["hello"], "a"), each((*STEWARD, *OPENING), "c"))
OF_THEIRS = together(WRITES_DOWN, {"trace": "sac", "mum": "sac"})
OF_HER_OTHER_RECORD = together(WRITES_DOWN, {"trace": "sac"})
REACHED = together(each(["messages.send", "sign_in"], "s"), each(["hello"], "a"))
PUBLIC = each(EVERYBODY, "s")

# What may be changed here is all that may be seen, and nobody changes what they cannot see.
SAID_TWICE = {"particulars": ["change true"], "same": ["change true"]}
# Tried where there is an emergency: consent/tests/test_in_an_emergency.py.
SAID_TWICE["person"] = [f"see without id = {OPENED}"]
SAID_TWICE["reach"] = [f"see without person_id = {IN_AN_EMERGENCY}"]

MAY = {
    "person": {
        "trace": together(NAMES, {"trace": "sc", "mum": "sc", "reader": "s"}),
        "her other record": together(NAMES, {"trace": "sc"}),
        "told": together(NAMES, {"told": "sc", "trace": "s"}),
        "micky": together(NAMES, {"micky": "sc"}),
        "offered a walk": together(NAMES, {"relational_worker": "s"}),
        "somebody who serves": together(NAMES, each(SIGNED_IN, "s"), {"elected_member": "c"}),
        "somebody at the door": together(
            NAMES, each((*SIGNED_IN, "nobody", "consent.tell"), "s"), {"duty_human": "c"}
        ),
    },
    "particulars": {"trace": OF_THEIRS, "her other record": OF_HER_OTHER_RECORD},
    "reach": {
        "trace": together(OF_THEIRS, REACHED),
        "her other record": together(OF_HER_OTHER_RECORD, REACHED),
    },
    "alias": {
        "trace": together(WRITES_DOWN, {"trace": "sar", "mum": "sa"}),
        "her other record": together(WRITES_DOWN, {"trace": "sar"}),
    },
    "organisation": {"the kettle": together(PUBLIC, each((*STEWARD, *OPENING), "ac"))},
    "role": {"a worker's": together(PUBLIC, each(STEWARD, "ac"), each(OPENING, "a"))},
    "where": {"a worker's": together(PUBLIC, each(STEWARD, "acr"), each(OPENING, "a"))},
    "room": {
        "a worker's": together(PUBLIC, each((*STEWARD, *OPENING, "relational_worker"), "ac")),
        "of her other record": together(PUBLIC, each((*STEWARD, *OPENING), "ac")),
    },
    "same": {"trace and her other record": each(STEWARD, "sac")},
}


def everybody():
    """Each with one thing that lets them in, and Micky with none."""
    trace = person()
    found = {"trace": trace} | {name: person(f"{name.title()} Hallam") for name in RESIDENTS[1:]}
    say_so(trace, found["mum"])
    say_so(trace, found["reader"], parts=[trace.pk])
    ended = say_so(trace, found["told"])
    with as_owner():
        type(ended).objects.filter(pk=ended.pk).update(to_at=timezone.now())
    for role in (*HELPERS, "place_steward", "elected_member"):
        found[role] = serving(f"{role} Hallam", role)
    return found | {work: work for work in WORKS} | {"nobody": None}


def near(role):
    """Where somebody's role is near to."""
    place = Place.objects.create(slug="tynebank", name="Tynebank")
    where = Neighbourhood.objects.create(place=place, kind="told", slug="s", name="x", lat=54.9, lon=-1.6)
    role.neighbourhoods.add(where)
    return RoleHeld.neighbourhoods.through.objects.get()


def two_of(model, trace, twin, **how):
    return {
        name: model.objects.create(person=one, **how)
        for name, one in (("trace", trace), ("her other record", twin))
    }


def offered_a_walk(worker):
    """Somebody a worker offered to walk with: the worker knows their name before anything of theirs is open."""
    ifrah = person("Ifrah Hallam", account=False)
    with acting_as(worker):
        offer_walk(by=worker, people=[ifrah])
    return ifrah


@pytest.fixture
def house():
    """One row of each kind, for each reason there is to see it."""
    who = everybody()
    trace, worker = who["trace"], who["relational_worker"]
    twin = person("Trace Hallam", account=False, same_as=trace)
    with as_owner():
        role = worker.roles.get()
        same = SamePerson.objects.create(
            kept=trace, other=twin, why="x", proposed_by=who["place_steward"], proposed_at=timezone.now()
        )
        rows = {
            "person": {
                "trace": trace,
                "her other record": twin,
                "told": who["told"],
                "micky": who["micky"],
                "offered a walk": offered_a_walk(worker),
                "somebody who serves": who["elected_member"],
                "somebody at the door": who["duty_human"],
            },
            "particulars": two_of(Particulars, trace, twin),
            "reach": two_of(Reach, trace, twin),
            "alias": two_of(Alias, trace, twin, name="Trace"),
            "organisation": {"the kettle": Organisation.objects.create(slug="the-kettle", name="The Kettle")},
            "role": {"a worker's": role},
            "where": {"a worker's": near(role)},
            "room": {
                "a worker's": Room.objects.create(person=worker),
                "of her other record": Room.objects.create(person=twin),
            },
            "same": {"trace and her other record": same},
        }
    return rows, who


@pytest.mark.parametrize("table", MAY)
def test_each_may_exactly_what_is_theirs(house, table):
    rows, who = house
    assert list(wrong(rows[table], MAY[table], who)) == []


@pytest.mark.parametrize("table", MAY)
def test_a_lock_that_lost_a_word_would_be_noticed(house, table):
    rows, who = house
    assert unnoticed(rows[table], MAY[table], who) == SAID_TWICE.get(table, [])


def test_the_roles_that_answer_at_the_door_are_named_to_strangers():
    """Three roles, each of which a stranger may be handed to; nobody else's name is told to one."""
    served = {role: serving(f"{role} Hallam", role) for role in Role.values}

    seen = set(Person.objects.values_list("pk", flat=True))
    assert seen == {served[role].pk for role in ("duty_human", "place_steward", "team_lead")}
