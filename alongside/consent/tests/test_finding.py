"""Who may find whom, by part of a name, of what they are called, or of another name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.consent import finding
from alongside.consent.models import Closeness
from alongside.kernel import clock, policy
from alongside.kernel.acting import acting_as
from alongside.people.models import Alias, Person, Role
from alongside.people.names import FOLD
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def bev(trace):
    walker = cast.serving("Bev Ormerod")
    cast.say_so(trace, walker)
    return walker


@pytest.fixture
def callum():
    return cast.serving("Callum Reay")


@pytest.fixture
def steward():
    return cast.serving("Denise Armstrong", Role.STEWARD)


def known_as(person, name):
    with as_owner():
        return Alias.objects.create(person=person, name=name)


def close(person, other, said_by=None):
    with as_owner():
        Closeness.objects.create(
            person=person, other=other, words="next door", said_by=said_by or person, said_at=clock.now()
        )


def finds(viewer, words):
    with acting_as(viewer):
        return {person.name for person in finding.find_people(viewer=viewer, words=words).people}


def keys_found_by_the_database(viewer, words):
    with acting_as(viewer), connection.cursor() as cursor:
        cursor.execute("SELECT guard.find_people(%s, 50)", [words])
        return {key for (key,) in cursor.fetchall()}


@pytest.mark.parametrize(
    "words", ["Tracey", "cey", "hall", "TRACE", "trace", "Tr", " hallam ", "cey hal", "Ha"]
)
def test_a_worker_finds_somebody_they_walk_with_by_part_of_a_name(bev, words):
    assert finds(bev, words) == {"Tracey Hallam"}


def test_a_worker_finds_by_part_of_another_name(trace, bev):
    known_as(trace, "Tracey Ann Pugh")
    assert finds(bev, "ann pu") == {"Tracey Hallam"}


def test_a_worker_does_not_find_whom_they_have_no_basis_for(trace, callum):
    assert finds(callum, "Tracey") == set()


def test_what_was_opened_for_a_while_is_not_found_after_it_ended(trace, callum):
    cast.say_so(trace, callum, until=clock.now())
    assert finds(callum, "Tracey") == set()


def test_a_steward_finds_everybody_by_name(trace, steward):
    assert finds(steward, "hall") == {"Tracey Hallam"}
    assert finds(steward, "Trace") == {"Tracey Hallam"}


def test_a_steward_does_not_find_by_a_name_somebody_left_behind(trace, steward):
    known_as(trace, "Tracey Pugh")
    assert finds(steward, "Pugh") == set()


def test_a_resident_finds_those_who_serve_the_place(trace, callum):
    assert finds(trace, "callum") == {"Callum Reay"}


def test_a_resident_finds_whom_they_gave_a_say_so(trace):
    mam = cast.person("Sheila Hallam")
    cast.say_so(trace, mam, parts=[cast.person("x").pk])
    assert finds(trace, "sheila") == {"Sheila Hallam"}


def test_a_resident_finds_no_other_resident(trace):
    cast.person("Norah Tully")
    assert finds(trace, "Norah") == set()


def test_one_letter_finds_nobody_and_says_so(bev):
    with acting_as(bev):
        assert finding.find_people(viewer=bev, words=" T ").too_short


def test_two_letters_find_beginnings_only(bev):
    assert finds(bev, "ce") == set()
    assert finds(bev, "ac") == set()


@pytest.mark.parametrize(
    "words", ["%%", "__", "%a%", "T_acey", "Tr%y", "\\\\", "\\%", "'' OR 1=1", "--", "a\x00b", "🌱🌱"]
)
def test_signs_of_the_search_itself_are_only_letters(bev, steward, words):
    assert finds(bev, words) == set()
    assert finds(steward, words) == set()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("100% Sandra", "100%"),
        ("Under_score", "r_s"),
        ("Back\\slash Bob", "k\\s"),
        ("Siobhán O'Neill", "O'N"),
        ("سلام هايل", "سلام"),
        ("Łukasz Wójcik", "łukasz wó"),
    ],
)
def test_names_are_found_whatever_signs_are_in_them(steward, name, words):
    cast.person(name)
    cast.person("Somebody Else")
    assert finds(steward, words) == {name}


def test_only_so_many_are_shown_and_it_says_that_there_are_more(steward):
    for number in range(5):
        cast.person(f"Kim Dawson {number}")
    with acting_as(steward):
        found = finding.find_people(viewer=steward, words="dawson", up_to=3)
    assert ([person.name for person in found.people], found.more) == (
        ["Kim Dawson 0", "Kim Dawson 1", "Kim Dawson 2"],
        True,
    )


@pytest.mark.parametrize("who", ["bev", "steward", "trace"])
def test_the_number_of_statements_does_not_grow_with_the_people(who, request, trace, bev):
    viewer = request.getfixturevalue(who)

    def statements():
        with (
            acting_as(viewer),
            CaptureQueriesContext(
                connection,
            ) as seen,
        ):
            finding.find_people(viewer=viewer, words="Tra")
        return len(seen)

    few = statements()
    for number in range(12):
        cast.say_so(cast.person(f"Tracey {number}"), bev)
    assert statements() == few


def test_the_policy_alone_turns_away_when_row_security_does_not(trace, callum, bev):
    with acting_as(callum), as_owner():
        assert not policy.narrow(Person.objects.filter(pk=trace.pk), finding.may_find(callum)).exists()
    with acting_as(bev), as_owner():
        assert policy.narrow(Person.objects.filter(pk=trace.pk), finding.may_find(bev)).exists()


def test_row_security_alone_turns_away_when_the_policy_does_not(trace, callum, bev, monkeypatch):
    monkeypatch.setattr(finding, "narrow", lambda found, _condition: found)
    assert finds(callum, "Tracey") == set()
    assert finds(bev, "Tracey") == {"Tracey Hallam"}


def test_the_database_gives_no_key_to_whom_it_should_not(trace, callum, bev):
    assert keys_found_by_the_database(callum, "Tracey") == set()
    assert keys_found_by_the_database(bev, "Tracey") == {trace.pk}
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.find_people('Tracey', 50)")
        assert cursor.fetchall() == []


def test_closeness_takes_a_duty_away_from_the_search(trace, callum):
    cast.by_law(callum, trace)
    assert finds(callum, "Tracey") == {"Tracey Hallam"}
    close(trace, callum)
    assert finds(callum, "Tracey") == set()


@pytest.mark.parametrize(
    ("condition", "index"),
    [
        ("upper(name) LIKE '%HALL%'", "person_name_trgm"),
        ("upper(called) LIKE 'TR%'", "person_called_trgm"),
        (f"{FOLD.format('name')} = 'tracey hallam'", "person_name_folded"),
    ],
)
def test_every_search_has_its_index(condition, index):
    with as_owner() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexonlyscan = off")
        cursor.execute(f"EXPLAIN SELECT id FROM people_person WHERE {condition}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan
