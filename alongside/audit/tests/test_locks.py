"""The audit is added to and never changed, by nobody: I17; each lock, constraint and digest by itself."""

import datetime as dt
import hashlib
import hmac

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit.models import Carried, Event, Look, Question, Salt, Seal
from alongside.audit.recording import digest, look, record, salt_for
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.people.models import Person
from tests import cast
from tests.database import as_owner
from tests.examples import ANY_WORDS, undone
from tests.row_locks import unnoticed, wrong

pytestmark = pytest.mark.django_db

PERSON, WALKER, STEWARD, NEIGHBOUR, OTHER_SELF = "trace", "callum", "helen", "sheila", "her other record"
LEAD, DOOR = "jo", "dev"
EVERYBODY = (PERSON, WALKER, STEWARD, NEIGHBOUR, LEAD, DOOR)
SENDING, ENDING, SEALING, VERIFYING = "messages.send", "consent.end", "audit.seal", "audit.verify"
# A line of the audit is added by whoever did it, or by the named work that did it, and nobody else; it is read
# by who did it, whom it is about, and stewards. A look is read by the one looked at and the one who looked, and is
# added by the one who looks.
# A day is sealed and verified by a work that reads all of it; how far that came is read by those who look after
# the place. A question is read by whoever reads the look that it is, and asked by the steward who looked.
ALL = {SEALING: "s", VERIFYING: "s"}
MAY = {
    "event": {"about trace": {PERSON: "s", WALKER: "sa", STEWARD: "s", **ALL},
              "about her other record": {PERSON: "s", WALKER: "sa", STEWARD: "s", **ALL},
              "of what her other record did": {PERSON: "sa", STEWARD: "s", **ALL},
              "of a work of the house": {PERSON: "s", STEWARD: "s", SENDING: "a", **ALL},
              "of a work of the house, for somebody":
                  {PERSON: "s", WALKER: "s", STEWARD: "s", SENDING: "a", **ALL}},
    "look": {"at trace": {PERSON: "s", WALKER: "sa", **ALL}, "at her other record": {PERSON: "s", WALKER: "sa", **ALL},
             "at callum, with a question": {WALKER: "s", STEWARD: "sa", **ALL},
             "at callum, by a lead": {WALKER: "s", LEAD: "sa", **ALL},
             "at trace, by a steward": {PERSON: "s", STEWARD: "sa", **ALL}},
    "salt": {"of trace": dict.fromkeys([*EVERYBODY, SENDING, ENDING, SEALING, VERIFYING, "nobody"], "sa")},
    "seal": {"of yesterday": {SEALING: "sa", VERIFYING: "s"}},
    "carried": {"here": {STEWARD: "s", LEAD: "s", DOOR: "s", SEALING: "sac"}},
    "question": {"about callum": {WALKER: "s", STEWARD: "sa", **ALL},
                 "of somebody who is no steward": {WALKER: "s", LEAD: "s", **ALL},
                 "about somebody who does not serve": {PERSON: "s", STEWARD: "s", **ALL}},
}  # fmt: skip
# Grants keep every hand from an event and a look; a salt is never changed or removed, and is seen by whoever writes.
SAID_TWICE = {table: {"change true", "remove true"} for table in ("event", "look", "seal", "question")}
# Tried where there is an emergency to look at: consent/tests/test_in_an_emergency.py.
SAID_TWICE["look"].add("see without basis_id = ANY((SELECT guard.bases_to_review())::uuid[])")


@pytest.fixture
def house():
    trace, callum = cast.person("Tracey Hallam"), cast.serving("Callum Reay")
    twin = cast.person("T. Hallam", account=False, same_as=trace)
    who = {PERSON: trace, WALKER: callum, STEWARD: cast.serving("Helen Rutter", "place_steward"),
           NEIGHBOUR: cast.person("Sheila Bright"), LEAD: cast.serving("Jo Reed", "team_lead"),
           DOOR: cast.serving("Dev Rao", "duty_human"), SENDING: SENDING, ENDING: ENDING, SEALING: SEALING,
           VERIFYING: VERIFYING, "nobody": None}  # fmt: skip
    with acting_as(callum):
        events = {name: record("test.did", by=callum, thing=trace, person_id=one.pk)
                  for name, one in (("about trace", trace), ("about her other record", twin))}  # fmt: skip
        looks = {name: look(by=callum, person_id=one.pk, page="story", why="walking")
                 for name, one in (("at trace", trace), ("at her other record", twin))}  # fmt: skip
    with acting_as(trace):
        events["of what her other record did"] = record("test.did", by=twin, thing=trace, person_id=trace.pk)
    with working_on(SENDING):
        for name, by in (("of a work of the house", None), ("of a work of the house, for somebody", callum)):
            events[name] = record("test.did", by=by, thing=trace, person_id=trace.pk)
    for name, by, whom in (("at callum, with a question", STEWARD, callum), ("at callum, by a lead", LEAD, callum),
                           ("at trace, by a steward", STEWARD, trace)):  # fmt: skip
        with acting_as(who[by]):
            looks[name] = look(by=who[by], person_id=whom.pk, page="looks", why="asked")
    with as_owner():
        salts = {"of trace": Salt.objects.get(person_id=trace.pk)}
        days = {"from_at": timezone.now() - dt.timedelta(days=28), "to_at": timezone.now()}
        asked = {"about callum": looks["at callum, with a question"],
                 "of somebody who is no steward": looks["at callum, by a lead"],
                 "about somebody who does not serve": looks["at trace, by a steward"]}  # fmt: skip
        questions = {name: Question.objects.create(look=each, **days) for name, each in asked.items()}
        carried = {"here": Carried.objects.create(way=Carried.Way.HERE, tried_at=timezone.now())}
        yesterday = timezone.now() - dt.timedelta(days=1)
        seal = Seal.objects.create(day=yesterday.date(), events=0, looks=0, entries=b"", sealed_at=yesterday)
    rows = {"event": events, "look": looks, "salt": salts, "seal": {"of yesterday": seal}}
    return {**rows, "carried": carried, "question": questions}, who


@pytest.mark.parametrize("table", MAY)
def test_each_may_exactly_what_is_theirs(house, table):
    rows, who = house
    assert "\n".join(wrong(rows[table], MAY[table], who)) == ""


@pytest.mark.parametrize("table", MAY)
def test_a_lock_that_lost_a_word_would_be_noticed(house, table):
    rows, who = house
    assert "\n".join(set(unnoticed(rows[table], MAY[table], who)) - SAID_TWICE.get(table, set())) == ""


@pytest.mark.parametrize("table", ["audit_event", "audit_look", "audit_seal", "audit_question"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("whose", ["the house's", "its owner's"])
def test_no_hand_changes_what_was_recorded(house, table, verb, whose):
    if whose == "the house's":
        refused = pytest.raises(DatabaseError, match="permission denied")
        with connection.cursor() as cursor, refused, transaction.atomic():
            cursor.execute(verb.format(table))
    else:
        # What a row of another table hangs on cannot be emptied at all.
        refused = pytest.raises(
            DatabaseError, match=f"only ever added to .{table}|cannot (truncate|TRUNCATE)"
        )
        with as_owner() as cursor, refused, transaction.atomic():
            cursor.execute(verb.format(table))


UNSOUND = {
    "event_done_by_somebody": lambda a, b: Event(at=timezone.now(), did="x", thing="x"),
    "look_has_a_why": lambda a, b: Look(at=timezone.now(), person_id=a.pk, by_id=b.pk, page="x", why=""),
    "look_is_by_another": lambda a, b: Look(at=timezone.now(), person_id=a.pk, by_id=a.pk, page="x", why="x"),
    "audit_salt_person_id": lambda a, b: Salt(person_id=a.pk),
    "question_of_three_months": lambda a, b: Question(
        look_id=a.pk, from_at=timezone.now() - dt.timedelta(days=94), to_at=timezone.now()
    ),
    "audit_carried_way_is_one_of_its_choices": lambda a, b: Carried(way="pigeon", tried_at=timezone.now()),
    "audit_carried_way": lambda a, b: Carried(way="here", tried_at=timezone.now()),
    "audit_seal_day": lambda a, b: Seal(
        day=(timezone.now() - dt.timedelta(days=1)).date(),
        events=0,
        looks=0,
        entries=b"",
        sealed_at=timezone.now(),
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_the_database_refuses_it_by_name(house, name):
    _rows, who = house
    row = UNSOUND[name](who[PERSON], who[WALKER])
    with as_owner(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save(force_insert=True)


def test_every_constraint_is_tried():
    assert {
        one.name for model in (Event, Look, Carried, Question, Seal) for one in model._meta.constraints
    } <= UNSOUND.keys()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY_WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(value=VALUES, one=st.binary(min_size=32, max_size=32), two=st.binary(min_size=32, max_size=32))
def test_the_same_words_never_look_the_same_for_two_people(value, one, two):
    assert (digest(one, value) == digest(two, value)) is (one == two)
    assert len(digest(one, value)) == 64


@given(one=VALUES, two=VALUES)
def test_two_values_look_the_same_only_where_they_are_written_the_same(one, two):
    from alongside.audit.recording import _canonical

    assert (digest(b"salt", one) == digest(b"salt", two)) is (_canonical(one) == _canonical(two))


def test_a_digest_is_the_keyed_hash_that_the_reference_says():
    assert digest(b"salt", "é") == hmac.new(b"salt", '"é"'.encode(), hashlib.sha256).hexdigest()


@given(words=ANY_WORDS)
def test_no_words_whatever_are_found_in_the_audit(words):
    with undone():
        trace = cast.person("Tracey Hallam")
        with acting_as(trace):
            event = record("test.said", by=trace, thing=trace, person_id=trace.pk, fields={"words": words})
        with as_owner():
            kept = Event.objects.get(pk=event.pk)
        assert kept.fields == {"words": digest(salt_for(trace.pk), words)}
        assert set(kept.fields["words"]) <= set("0123456789abcdef")


def test_people_have_salts_of_their_own_and_keep_them(house):
    _rows, who = house
    salts = {salt_for(one.pk) for one in who.values() if isinstance(one, Person)}
    assert len(salts) == len(EVERYBODY)
    assert all(len(salt) == 32 for salt in salts)
    assert {salt_for(one.pk) for one in who.values() if isinstance(one, Person)} == salts


def test_the_moment_is_that_of_the_house_and_a_long_why_is_cut_and_not_lost():
    trace, callum = cast.person(), cast.serving("Callum Reay")
    then = timezone.now().replace(year=2026, month=5, day=4)
    with clock.moved_to(then), acting_as(callum):
        event = record("test.did", by=callum, thing=trace)
        kept = look(by=callum, person_id=trace.pk, page="story", why="w" * 400)
    assert (event.at, kept.at) == (then, then)
    assert (len(kept.why), kept.parts) == (300, [])
