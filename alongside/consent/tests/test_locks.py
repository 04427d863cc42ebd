"""Row-level security of say-so, law, Basis and closeness, way by way: who sees, adds and changes which row.

Serves I5, I17, I18, I19. Each condition of each lock is also broken, to see that this table would notice.
"""

import datetime as dt

import pytest
from django.utils import timezone

from alongside.consent import operations
from alongside.consent.models import Basis, Closeness, LegalReason, SaySo, SaySoStep
from alongside.consent.policies import WALKING_ROLES
from alongside.consent.tests.test_emergency_locks import of_an_emergency
from alongside.consent.tests.world import (
    EVERYBODY,
    NEIGHBOUR,
    PERSON,
    READER,
    SOCIAL,
    STEWARD,
    STRANGER,
    WALKER,
    around_trace,
)
from alongside.kernel.acting import acting_as
from alongside.people.models import Role
from tests import cast
from tests.database import as_owner
from tests.row_locks import unnoticed, wrong

pytestmark = pytest.mark.django_db

AN_HOUR_AGO = timezone.now() - dt.timedelta(hours=1)
WORKS = ["consent.end", "consent.tell", "messages.send"]
HOUSE = {"consent.end": "sc", "consent.tell": "sc"}
ANYONE = dict.fromkeys([*EVERYBODY, *WORKS, "nobody"], "s")

# The social worker came by law with the whole page open, so she reads it, and changes nothing that Trace said.
# Said twice: grants keep every hand from a step; a constraint keeps a say-so and a duty apart; and each role
# has a test of its own.
SAID_TWICE = {
    "say-so": {*(f"add without '{role}'" for role in WALKING_ROLES if role != Role.WORKER)},
    "step": {"change true", "remove true"},
    "basis": {"add without AND kind = 'say_so'"},
}

MAY = {
    "law": {"named": {**ANYONE, STEWARD: "sac", SOCIAL: "sac"}},
    "say-so": {
        "given to a reader": {**HOUSE, PERSON: "sac", WALKER: "sc", SOCIAL: "s", READER: "sc"},
        "written down by the walker": {**HOUSE, PERSON: "sac", WALKER: "sac", SOCIAL: "s"},
        "all of it, written down for one who walks with nobody": {
            **HOUSE,
            PERSON: "sac",
            WALKER: "sc",
            SOCIAL: "s",
            READER: "sc",
        },
        "written down as if it were seen": {**HOUSE, PERSON: "sac", WALKER: "sc", SOCIAL: "s"},
        # Written down by the first walker, while nobody walked with them yet.
        "of somebody nobody walks with": {**HOUSE, STRANGER: "sac"},
        "that a neighbour wrote down for themself": {**HOUSE, NEIGHBOUR: "sc"},
    },
    "step": {
        "the person's": {
            "consent.end": "s",
            "consent.tell": "s",
            PERSON: "sa",
            WALKER: "s",
            SOCIAL: "s",
            READER: "s",
        },
        "the reader's": {
            "consent.end": "s",
            "consent.tell": "s",
            PERSON: "s",
            WALKER: "s",
            SOCIAL: "s",
            READER: "sa",
        },
    },
    "basis": {
        "of the reader": {
            PERSON: "sac",
            WALKER: "sac",
            SOCIAL: "s",
            READER: "sc",
            STEWARD: "",
            "consent.end": "sc",
        },
        "that wants more": {
            PERSON: "sc",
            WALKER: "sc",
            SOCIAL: "s",
            STRANGER: "sc",
            "consent.end": "sc",
        },
        "by law": {PERSON: "sc", WALKER: "sc", SOCIAL: "sac", STEWARD: "a", "consent.end": "sc"},
    },
    "closeness": {
        "said by the person": {PERSON: "sac", WALKER: "a", SOCIAL: "a", NEIGHBOUR: "sa"},
        "said by the other": {PERSON: "sa", WALKER: "a", SOCIAL: "a", NEIGHBOUR: "sac"},
    },
}


def said_to(whose, to, by, **more):
    kept = {"what": "it", "for_what": "it", "state": "given", "state_at": timezone.now(), **more}
    return SaySo.objects.create(person=whose, given_by=whose, given_to=to, written_down_by=by, **kept)


@pytest.fixture
def house():
    w = around_trace()
    who = {**w.who, **{work: work for work in WORKS}, "nobody": None}
    trace, reader, norah = w.trace, w.who[READER], cast.person("Norah Bell")
    by_law = cast.by_law(w.who[SOCIAL], trace)
    with as_owner():
        more = Basis.objects.create(
            actor=w.who[STRANGER], person=trace, kind="say_so", why="x", say_so=w.given, whole=True,
            from_at=AN_HOUR_AGO, to_at=AN_HOUR_AGO,
        )  # fmt: skip
        rows = {
            "law": {"named": LegalReason.objects.get(code="s42")},
            "say-so": {
                "given to a reader": w.given,
                "written down by the walker": said_to(trace, w.asha, w.who[WALKER]),
                "all of it, written down for one who walks with nobody": said_to(
                    trace, reader, w.who[WALKER], whole=True
                ),
                "written down as if it were seen": said_to(
                    trace, w.asha, w.who[WALKER], seen_at=timezone.now()
                ),
                "of somebody nobody walks with": said_to(norah, w.who[STRANGER], w.who[STRANGER]),
                "that a neighbour wrote down for themself": said_to(
                    norah, w.who[NEIGHBOUR], w.who[NEIGHBOUR]
                ),
            },
            "step": {
                f"the {name}'s": SaySoStep.objects.create(
                    say_so=w.given, step="given", at=timezone.now(), by=by
                )
                for name, by in (("person", trace), ("reader", reader))
            },
            "basis": {
                "of the reader": w.given.bases.exclude(pk=more.pk).get(),
                "that wants more": more,
                "by law": by_law,
            },
            "closeness": {
                f"said by the {name}": Closeness.objects.create(
                    person=trace, other=w.who[NEIGHBOUR], words="kin", said_by=by, said_at=timezone.now()
                )
                for name, by in (("person", trace), ("other", w.who[NEIGHBOUR]))
            },
        }
    return rows, who


@pytest.mark.parametrize("table", MAY)
def test_each_may_exactly_what_is_theirs(house, table):
    rows, who = house
    assert "\n".join(wrong(rows[table], MAY[table], who)) == ""


@pytest.mark.parametrize("table", MAY)
def test_a_lock_that_lost_a_word_would_be_noticed(house, table):
    rows, who = house
    missed = set(unnoticed(rows[table], MAY[table], who)) - SAID_TWICE.get(table, set())
    # What an emergency opens has a table of its own (`test_emergency_locks`).
    assert [one for one in missed if not of_an_emergency(one)] == []


@pytest.mark.parametrize("role", WALKING_ROLES)
def test_every_role_that_walks_with_people_may_write_down_the_first_say_so(role):
    trace, walker = cast.person("Tracey Hallam"), cast.serving("Callum Reay", role)
    with acting_as(walker):
        given = operations.give_say_so(
            by=walker, person=trace, given_to=walker, for_what="walking", whole=True
        )
    assert given.written_down_by == walker
