"""The one exact question, whether anyone walks with somebody: it tells only whom to ask."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.audit.models import Event, Look
from alongside.consent import finding
from alongside.consent.models import Closeness
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people.models import Alias, Person, Role, SamePerson
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
WHY = "She rang the desk and rang off."


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


def known_as(person, name):
    with as_owner():
        return Alias.objects.create(person=person, name=name)


def close(person, other, said_by=None):
    with as_owner():
        Closeness.objects.create(
            person=person, other=other, words="next door", said_by=said_by or person, said_at=clock.now()
        )


def asks(viewer, name, why=WHY):
    with acting_as(viewer):
        return [walker.name for walker in finding.ask_after(by=viewer, name=name, why=why)]


def test_it_tells_only_whom_to_ask(bev, callum):
    assert asks(callum, "Tracey Hallam") == ["Bev Ormerod"]


@pytest.mark.parametrize(
    "name", ["  tracey   HALLAM ", "Trácey Hallam", "TRACEY HALLAM", "Tracey\u00a0Hallam"]
)
def test_case_spaces_and_accents_make_no_difference(bev, callum, name):
    assert asks(callum, name) == ["Bev Ormerod"]


@pytest.mark.parametrize(
    "name", ["Tracey", "Hallam", "Trace", "racey Halla", "Tracey%", "Tracey Halla_", "Tracey  H"]
)
def test_part_of_a_name_is_not_exact(bev, callum, name):
    assert asks(callum, name) == []


def test_another_name_is_exact_too(trace, bev, callum):
    known_as(trace, "Tracey Ann O’Neill")
    assert asks(callum, "tracey ann o'neill") == ["Bev Ormerod"]


def test_the_person_reads_who_asked_after_them_and_why(trace, bev, callum):
    asks(callum, "Tracey Hallam")
    with acting_as(trace):
        look = Look.objects.get(person_id=trace.pk)
    assert (look.by_id, look.page, look.why) == (callum.pk, "exact search", WHY)


def test_nothing_told_is_no_look_but_the_question_is_audited(trace, callum):
    assert asks(callum, "Tracey Hallam") == []
    with as_owner():
        assert not Look.objects.exists()
        event = Event.objects.get(did="consent.ask_after")
    assert (event.by_id, set(event.fields)) == (callum.pk, {"name", "why"})
    assert "Hallam" not in str(event.fields)


def test_a_say_so_that_was_taken_back_or_only_opens_parts_tells_nothing(trace, callum):
    bev = cast.serving("Bev Ormerod")
    cast.say_so(trace, bev, until=clock.now())
    cast.say_so(trace, bev, parts=[trace.pk])
    cast.by_law(bev, trace)
    assert asks(callum, "Tracey Hallam") == []


def test_a_friend_with_a_say_so_is_not_somebody_to_ask(trace, callum):
    cast.say_so(trace, cast.person("Sheila Hallam"))
    assert asks(callum, "Tracey Hallam") == []


@pytest.mark.parametrize("way", ["she said", "he said"])
def test_a_neighbour_who_works_for_the_council_finds_nothing(trace, bev, callum, way):
    if way == "she said":
        close(trace, callum)
    else:
        close(callum, trace)
    assert asks(callum, "Tracey Hallam") == []
    with as_owner():
        assert not Look.objects.exists()


def test_a_closeness_that_is_over_hides_nothing(trace, bev, callum):
    close(trace, callum)
    with as_owner():
        Closeness.objects.update(over_at=clock.now())
    assert asks(callum, "Tracey Hallam") == ["Bev Ormerod"]


def test_closeness_said_on_one_of_two_records_holds_for_both(trace, bev, callum):
    other = cast.person("Trace Pugh", account=False)
    with as_owner():
        Person.objects.filter(pk=other.pk).update(same_as=trace)
    cast.say_so(other, bev)
    close(trace, callum)
    assert asks(callum, "Trace Pugh") == []


def test_a_second_record_tells_nothing_that_it_did_not_tell_before(trace, bev, callum):
    other = cast.person("Trace Pugh", account=False)
    with as_owner():
        Person.objects.filter(pk=other.pk).update(same_as=trace)
        assert not SamePerson.objects.exists()
    assert asks(callum, "Trace Pugh") == []


def test_unknown_unwalked_and_close_cannot_be_told_apart_by_the_work_done(trace, bev, callum):
    cast.person("Norah Tully")
    close(trace, callum)

    def statements(name):
        with acting_as(callum), CaptureQueriesContext(connection) as seen:
            assert finding.ask_after(by=callum, name=name, why=WHY) == []
        return [query["sql"].split(" ")[0] for query in seen]

    statements("Somebody Before")
    unknown = statements("Nobody Atall")
    assert statements("Norah Tully") == unknown
    assert statements("Tracey Hallam") == unknown


def test_nobody_finds_themself(trace, bev):
    cast.hold(trace, Role.PEER)
    assert asks(trace, "Tracey Hallam") == []


def test_where_two_walk_with_somebody_both_may_be_asked_and_it_is_one_look(trace, bev, callum):
    cast.say_so(trace, cast.serving("Priya Nair"))
    assert asks(callum, "Tracey Hallam") == ["Bev Ormerod", "Priya Nair"]
    with as_owner():
        assert Look.objects.filter(person_id=trace.pk).count() == 1


def test_two_people_of_one_name_each_have_their_own_to_ask(trace, bev, callum):
    ruth = cast.serving("Ruth Collier")
    cast.say_so(cast.person("tracey hallam"), ruth)
    assert asks(callum, "Tracey Hallam") == ["Bev Ormerod", "Ruth Collier"]


@pytest.mark.parametrize("role", [None, Role.CENTRE, Role.MEMBER, Role.LEARNING_PARTNER])
def test_those_whose_work_brings_them_to_nobodys_door_may_not_ask(bev, role):
    somebody = cast.serving("Helena Marsh", role) if role else cast.person("Helena Marsh")
    with acting_as(somebody), pytest.raises(Denied, match="front door"):
        finding.ask_after(by=somebody, name="Tracey Hallam", why=WHY)


def test_row_security_alone_answers_nobody_whose_work_it_is_not(bev):
    helena = cast.serving("Helena Marsh", Role.CENTRE)
    for viewer in (helena, cast.person("Norah Tully")):
        with acting_as(viewer), connection.cursor() as cursor:
            cursor.execute("SELECT * FROM guard.someone_walks_with('Tracey Hallam')")
            assert cursor.fetchall() == []


@pytest.mark.parametrize(("said", "slip"), [({"name": "T"}, "name"), ({"why": " "}, "why")])
def test_a_name_and_a_why_are_asked_for(callum, said, slip):
    with acting_as(callum), pytest.raises(ValidationError) as told:
        finding.ask_after(by=callum, **{"name": "Tracey Hallam", "why": WHY, **said})
    assert slip in told.value.message_dict


def test_a_list_of_names_is_not_gone_through(bev, callum, monkeypatch):
    monkeypatch.setattr(finding, "A_DAY", 3)
    for number in range(3):
        asks(callum, f"Somebody {number}")
    with acting_as(callum), pytest.raises(Denied, match="3 names today"):
        finding.ask_after(by=callum, name="Tracey Hallam", why=WHY)
    assert asks(cast.serving("Ruth Collier"), "Tracey Hallam") == ["Bev Ormerod"]
