"""The locks and constraints of what is opened in an emergency (ADR 14), way by way, each also broken."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.consent.emergencies import operations as emergencies
from alongside.consent.models import Basis, Closeness, Opening, OpeningWords
from alongside.consent.policies import WALKING_ROLES
from alongside.consent.tests.world import (
    EVERYBODY,
    NEIGHBOUR,
    PERSON,
    SOCIAL,
    STEWARD,
    STRANGER,
    WALKER,
    around_trace,
)
from alongside.kernel.acting import acting_as
from tests import cast
from tests.database import as_owner
from tests.row_locks import unnoticed, wrong

pytestmark = pytest.mark.django_db

TELLER, LEAD, HOUSE = "who tells her", "who was named to look at it", "consent.tell"
DAY = dt.timedelta(days=1)
# To whoever walks with people here, and is close to neither: of those, each signs for themself.
MAY = {
    "opening": {
        "that waits": {PERSON: "s", WALKER: "sc", STRANGER: "sac", STEWARD: "sc", HOUSE: "sc"},
        "named and in time": {
            PERSON: "s", WALKER: "sc", STRANGER: "sac", LEAD: "sc", TELLER: "sc", HOUSE: "sc",
        },
        "that names one close to her": {PERSON: "s", WALKER: "sc", STRANGER: "sc", NEIGHBOUR: "sc", HOUSE: "sc"},
        "looked at already": {PERSON: "s", WALKER: "sc", STRANGER: "sc", LEAD: "sc", HOUSE: "sc"},
        "of one close to her": {PERSON: "s", WALKER: "sc", NEIGHBOUR: "sc", STEWARD: "sc", HOUSE: "sc"},
    },
    "words": {
        "hers": {PERSON: "sa", WALKER: "s", STRANGER: "s", STEWARD: "s", HOUSE: "s"},
        "hers, as the walker heard": {PERSON: "s", WALKER: "sa", STRANGER: "s", STEWARD: "s", HOUSE: "s"},
        "of the opener": {PERSON: "s", WALKER: "s", STRANGER: "s", STEWARD: "s", HOUSE: "s"},
    },
    "basis": {
        "as it was said": {PERSON: "sc", WALKER: "sc", STRANGER: "sac", STEWARD: "sc", SOCIAL: "", "consent.end": "sc"},
        "of another opening": {PERSON: "sc", WALKER: "sc", STRANGER: "sc", LEAD: "sc", "consent.end": "sc"},
        "of more than is needed": {PERSON: "sc", WALKER: "sc", STRANGER: "sc", STEWARD: "sc", "consent.end": "sc"},
    },
}  # fmt: skip
# A role that walks with people is tried one by one below; a say-so's and a duty's Basis have a table of their own.
# Grants keep every hand from what was answered; a constraint holds that an emergency is never a whole page.
SAID_TWICE = {
    "opening": {*(f"add without '{role}'" for role in WALKING_ROLES if role != "relational_worker")},
    "words": {"change true", "remove true"},
    "basis": {"add without AND kind = 'emergency'", "add without AND NOT whole"},
}
ABOUT = ("emergency", "consent_opening", "bases_to_review", "NOT whole", "needed_in")
BY_DUTY = "add without (kind <> 'say_so'"


def of_an_emergency(broken):
    """Whether a broken word of a Basis's lock is about an emergency; the rest has a table of its own."""
    return any(word in broken for word in ABOUT) and not broken.startswith(BY_DUTY)


def opening(w, opener, **more):
    now = timezone.now()
    kept = {
        "person": w.trace, "by": opener, "words": "x", "at": now, "until": now + DAY, "review_by": now + DAY,
        "tells": opener, "tell_by": now + DAY, **more,
    }  # fmt: skip
    return Opening(**kept)


def kept(row):
    row.save(force_insert=True)
    return row


@pytest.fixture
def house():
    w = around_trace()
    who = {name: w.who[name] for name in EVERYBODY}
    who |= {TELLER: cast.person("Dev Rao"), LEAD: cast.serving("Bev Carr", "team_lead")}
    stranger, neighbour = who[STRANGER], who[NEIGHBOUR]
    cast.hold(neighbour, "relational_worker")
    with as_owner():
        Closeness.objects.create(
            person=w.trace, other=neighbour, words="kin", said_by=w.trace, said_at=timezone.now()
        )
        named = kept(opening(w, stranger, reviewer=who[LEAD], tells=who[TELLER]))
        emergency = {"actor": stranger, "person": w.trace, "kind": "emergency", "why": "x"}
        first = Basis.objects.get(opening=w.opening)
        rows = {
            "opening": {
                "that waits": w.opening,
                "named and in time": named,
                "that names one close to her": kept(opening(w, stranger, reviewer=neighbour)),
                "looked at already": kept(
                    opening(w, stranger, reviewer=who[LEAD], reviewed_at=named.at, found="right", review_words="x")
                ),
                "of one close to her": kept(opening(w, neighbour)),
            },
            "words": {
                f"{name}": kept(OpeningWords(opening=w.opening, by=by, words="x", at=timezone.now()))
                for name, by in (
                    ("hers", w.trace), ("hers, as the walker heard", who[WALKER]), ("of the opener", stranger),
                )
            },
            "basis": {
                "as it was said": first,
                "of another opening": kept(
                    Basis(opening=named, from_at=named.at - DAY, to_at=named.at, **emergency)
                ),
                "of more than is needed": kept(
                    Basis(opening=w.opening, from_at=w.opening.at, to_at=w.opening.until, parts=[w.trace.pk],
                          **emergency)
                ),
            },
        }  # fmt: skip
    return rows, {
        **who,
        HOUSE: HOUSE,
        "consent.end": "consent.end",
        "messages.send": "messages.send",
        "nobody": None,
    }


@pytest.mark.parametrize("table", MAY)
def test_each_may_exactly_what_is_theirs(house, table):
    rows, who = house
    assert "\n".join(wrong(rows[table], MAY[table], who)) == ""


@pytest.mark.parametrize("table", MAY)
def test_a_lock_that_lost_a_word_would_be_noticed(house, table):
    rows, who = house
    missed = set(unnoticed(rows[table], MAY[table], who)) - SAID_TWICE[table]
    assert [one for one in missed if table != "basis" or of_an_emergency(one)] == []


@pytest.mark.parametrize("role", WALKING_ROLES)
def test_every_role_that_walks_with_people_may_open_in_an_emergency(role):
    trace, walker = cast.person("Tracey Hallam"), cast.serving("Callum Reay", role)
    with acting_as(walker):
        assert emergencies.open_in_an_emergency(by=walker, words="x", name=trace.name) is not None


def asha(w, **more):
    return opening(w, w.asha, **more)


def basis(w, **more):
    its = w.opening
    sound = {"actor": w.asha, "person": w.trace, "kind": "emergency", "why": "x", "opening": its, "from_at": its.at,
             "to_at": its.until}  # fmt: skip
    return Basis(**{**sound, **more})


LATER = timezone.now() + dt.timedelta(days=40)
UNSOUND = {
    "opening_is_by_another": [lambda w: asha(w, by=w.trace)],
    "opening_says_why": [lambda w: asha(w, words="")],
    "opening_is_for_a_day": [lambda w: asha(w, until=LATER), lambda w: asha(w, at=LATER)],
    "opening_is_reviewed_by_another": [
        lambda w: asha(w, reviewer=w.asha),
        lambda w: asha(w, reviewer=w.trace),
    ],
    "opening_is_reviewed_within_a_day": [lambda w: asha(w, review_by=LATER)],
    "opening_review_has_a_name_and_words": [
        lambda w: asha(w, reviewed_at=LATER, found="right", review_words="x"),
        lambda w: asha(w, reviewed_at=LATER, found="right", reviewer=w.who[STEWARD]),
        lambda w: asha(w, reviewed_at=LATER, review_words="x", reviewer=w.who[STEWARD]),
        lambda w: asha(w, found="right"),
    ],
    "opening_is_told_within_a_day_or_says_why_not": [
        lambda w: asha(w, tell_by=LATER, not_told_why="x"),
        lambda w: asha(w, tell_by=timezone.now() + 2 * DAY),
    ],
    "opening_is_told_by_another": [lambda w: asha(w, tells=w.trace)],
    "consent_opening_found_is_one_of_its_choices": [
        lambda w: asha(w, reviewed_at=LATER, found="fine", review_words="x", reviewer=w.who[STEWARD])
    ],
    "opening_words_are_words": [
        lambda w: OpeningWords(opening=w.opening, by=w.trace, words="", at=timezone.now())
    ],
    "basis_is_say_so_or_legal_reason_never_both": [
        lambda w: basis(w, opening=None),
        lambda w: basis(w, legal_reason=w.law),
        lambda w: basis(w, say_so=w.given),
        lambda w: basis(w, kind="duty", legal_reason=w.law),
    ],
    "basis_of_an_emergency_is_parts_for_a_day": [
        lambda w: basis(w, whole=True),
        lambda w: basis(w, to_at=None),
        lambda w: basis(w, to_at=LATER),
    ],
}


@pytest.mark.parametrize("name", UNSOUND)
def test_the_database_refuses_it_by_name(name):
    w = around_trace()
    for make in UNSOUND[name]:
        with as_owner(), pytest.raises(IntegrityError, match=name), transaction.atomic():
            make(w).save(force_insert=True)
    with as_owner():
        asha(w).save(force_insert=True)
        basis(w).save(force_insert=True)


def test_every_constraint_is_tried():
    declared = {one.name for model in (Opening, OpeningWords) for one in model._meta.constraints}
    assert declared <= UNSOUND.keys()
