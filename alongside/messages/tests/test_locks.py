"""Row-level security of the room, way by way: who sees, adds and changes which row, and nobody else.

Serves F7 (every message has a human sender), I5 and I17 (a look and its why are for those it is about).
Each condition of each lock is also broken, to see that this table of who may what would notice.
"""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from alongside.messages.models import FullHouse, HelloAnswer
from alongside.people.models import Role
from tests.cast import person, serving
from tests.database import as_owner
from tests.row_locks import unnoticed, wrong

from .rows import asked, on_its_way, said

pytestmark = pytest.mark.django_db

HOUSE = {"messages.send": "a", "hello": "a", "sign_in": "a", "consent.tell": "a"}
LOOK_AFTER = {"denise": "sc", "ruth": "sc", "dot": "sc"}
WHY = {"priya": "sc", "ruth": "sc", "trace": "sa"}
# Trace reads what is to either of her two records; George wrote a hello down for her.
HELLO = {"trace": "s", "george": "s", "priya": "sc", "hello": "sac"}
WAITS = {"trace": "s", "george": "s", "priya": "sc", "denise": "s", "ruth": "s", "dot": "sc", "hello": "sac"}
SENT = {**HOUSE, "priya": "sa", "trace": "s", "messages.send": "sac"}
ON_ITS_WAY = {**SENT, **LOOK_AFTER, "priya": "sac"}

# In these works the parent row is seen already, and the lock on the child asks for it.
SAID_TWICE = {
    "delivery": {"see without ((SELECT guard.work()) IN ('messages.send'))", "see without 'messages.send'"},
    "answer": {"see without ((SELECT guard.work()) IN ('hello'))", "see without 'hello'"},
    "wait": {"see without ((SELECT guard.work()) IN ('hello'))", "see without 'hello'"},
}

MAY = {
    "message": {
        "to trace": SENT,
        "to her other record": SENT,
        "a link to sign in": {**SENT, "priya": "a"},
    },
    "delivery": {"to trace": ON_ITS_WAY, "to her other record": ON_ITS_WAY, "a link to sign in": ON_ITS_WAY},
    "hello": {
        "written down": HELLO,
        "of her other record": {who: verbs for who, verbs in HELLO.items() if who != "george"},
        "with nobody free": {"george": "s", "priya": "sc", "dot": "sc", "hello": "sac"},
        "by the duty human": {"dot": "s", "priya": "sc", "hello": "sac"},
    },
    "answer": {
        "priya's": {"trace": "s", "george": "s", "priya": "sa", "hello": "sa"},
        "trace's": {"trace": "sa", "george": "s", "priya": "s", "hello": "sa"},
        "bev's": {"trace": "s", "george": "s", "priya": "s", "hello": "sa"},
    },
    "wait": {
        "written down": WAITS,
        "of her other record": {who: verbs for who, verbs in WAITS.items() if who != "george"},
        "with nobody free": {who: verbs for who, verbs in WAITS.items() if who != "trace"},
        "by the duty human": {who: verbs for who, verbs in WAITS.items() if who not in ("trace", "george")},
    },
    "full house": {"that day": {**LOOK_AFTER, "hello": "sa"}},
    "why": {"trace asks": WHY, "of her other record": WHY},
}


def everybody():
    """Whoever may come near a message, each with one thing that lets them in, and two with none."""
    trace = person()
    found = {
        "trace": trace,
        "george": person("George Elliott"),
        "priya": serving("Priya Nair"),
        "bev": serving("Bev Ormerod"),
        "denise": serving("Denise Armstrong", Role.STEWARD),
        "ruth": serving("Ruth Collier", Role.TEAM_LEAD),
        "dot": serving("Dot Garrod", Role.DUTY_HUMAN),
        "nobody": None,
    }
    return found | {work: work for work in (*HOUSE, "accounts.open")}


@pytest.fixture
def house():
    """One row of each kind, for each reason there is to see it."""
    who = everybody()
    people = SimpleNamespace(**{name: one for name, one in who.items() if not isinstance(one, str)})
    twin = person("Trace Hallam", account=False, same_as=people.trace)
    with as_owner():
        sent = {
            "to trace": on_its_way(people.priya, people.trace),
            "to her other record": on_its_way(people.priya, twin),
            "a link to sign in": on_its_way(people.priya, people.trace, "sign_in"),
        }
        hellos = {
            "written down": said(people.priya, person=people.trace, entered_by=people.george, kind="helper"),
            "of her other record": said(people.priya, person=twin),
            "with nobody free": said(people.priya, no_room=True, entered_by=people.george, kind="helper"),
            "by the duty human": said(people.priya, entered_by=people.dot, kind="helper"),
        }
        first, late = hellos["written down"].hello, hellos["with nobody free"]
        answers = {
            f"{by}'s": HelloAnswer.objects.create(hello=first, by=who[by], words="x", at=timezone.now())
            for by in ("priya", "trace", "bev")
        }
        rows = {
            "message": {name: one.message for name, one in sent.items()},
            "delivery": sent,
            "hello": {name: wait.hello for name, wait in hellos.items()},
            "answer": answers,
            "wait": hellos,
            "full house": {"that day": FullHouse.objects.create(wait=late, day=timezone.localdate())},
            "why": {
                "trace asks": asked(people.priya, people.trace, people.ruth),
                "of her other record": asked(people.priya, twin, people.ruth),
            },
        }
    return rows, who


@pytest.mark.parametrize("table", MAY)
def test_each_may_exactly_what_is_theirs(house, table):
    rows, who = house
    assert list(wrong(rows[table], MAY[table], who)) == []


@pytest.mark.parametrize("table", MAY)
def test_a_lock_that_lost_a_word_would_be_noticed(house, table):
    rows, who = house
    assert set(unnoticed(rows[table], MAY[table], who)) == SAID_TWICE.get(table, set())
