"""Two records put together and taken apart: every row of every table as it was, and nothing opened between.

Serves I18, I19 and T5: putting records together changes one field of one of them, and undoing it puts it back.
"""

import pytest
from django.core.exceptions import ValidationError

from alongside.consent.models import Basis
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.people import operations, queries
from alongside.people.models import Alias, Particulars, Person, Reach, Role, Room, SamePerson
from alongside.people.problems import NotYet
from tests.cast import by_law, hold, person, say_so, serving
from tests.database import as_owner
from tests.each_operation import everything

pytestmark = pytest.mark.django_db
# What is written when records are looked at together, and nothing else.
WRITES = {"people_sameperson", "audit_event", "audit_salt"}


@pytest.fixture
def stewards():
    return serving("Denise Armstrong", Role.STEWARD), serving("Ruth Collier", Role.STEWARD)


@pytest.fixture
def records():
    """Two records of Trace, each with everything a record can have, read by different people."""
    kept, other = person("Tracey Hallam"), person("Trace Hallam")
    bev, callum = serving("Bev Ormerod"), serving("Callum Reay", Role.SOCIAL_WORKER)
    for whose, reader in ((kept, bev), (other, callum)):
        hold(whose, Role.PEER)
        say_so(whose, reader)
        with as_owner():
            Reach.objects.create(person=whose, how="text", phone="07700 900123", safe_word="bluebell")
            Particulars.objects.create(person=whose, where_words="The Staithes")
            Room.objects.create(person=whose, room_for=2)
            Alias.objects.create(person=whose, name="T")
    by_law(callum, other)
    return kept, other


def propose(by, records, why="She told us both."):
    with acting_as(by):
        return operations.propose_same(by=by, kept=records[0], other=records[1], why=why)


def done(by, operation, same):
    with acting_as(by):
        return operation(by=by, same=queries.same_person(viewer=by, same=same.pk))


def changed(before):
    return {table for table, rows in everything().items() if rows != before[table]}


def test_put_together_and_taken_apart_every_row_is_as_it_was(stewards, records):
    before = everything()
    same = propose(stewards[0], records)
    done(stewards[1], operations.agree_same, same)
    done(stewards[0], operations.undo_same, same)
    assert changed(before) == WRITES


def test_putting_together_changes_one_field_of_one_record(stewards, records):
    with as_owner():
        before, rows = everything(), people()
    done(stewards[1], operations.agree_same, propose(stewards[0], records))
    assert changed(before) == WRITES | {"people_person"}
    with as_owner():
        after = people()
    fields = {(key, name) for key, row in after.items() for name in row if row[name] != rows[key][name]}
    assert fields == {(records[1].pk, "same_as_id")}


def people():
    return {row["id"]: row for row in Person.objects.values()}


def test_no_reader_gains_or_loses_a_record(stewards, records):
    with as_owner():
        readers = {basis.actor for basis in Basis.objects.select_related("actor")}
    before = {reader: sees(reader) for reader in readers}
    done(stewards[1], operations.agree_same, propose(stewards[0], records))
    assert {reader: sees(reader) for reader in readers} == before


def sees(reader):
    with acting_as(reader):
        return {
            (row.__class__, row.pk) for model in (Reach, Particulars, Alias) for row in model.objects.all()
        }


def test_the_person_has_both_while_they_are_one_and_not_after(stewards, records):
    def numbers():
        with acting_as(records[0]):
            return {reach.person_id for reach in Reach.objects.all()}

    assert numbers() == {records[0].pk}
    same = propose(stewards[0], records)
    assert numbers() == {records[0].pk}
    done(stewards[1], operations.agree_same, same)
    assert numbers() == {one.pk for one in records}
    done(stewards[0], operations.undo_same, same)
    assert numbers() == {records[0].pk}


@pytest.mark.parametrize("first", ["agree_same", "undo_same"])
def test_what_was_answered_is_not_answered_again(stewards, records, first):
    same = propose(stewards[0], records)
    done(stewards[1], getattr(operations, first), same)
    with pytest.raises(NotYet, match="answered this already"):
        done(stewards[1], operations.agree_same, same)


def test_taken_apart_twice_is_told(stewards, records):
    same = propose(stewards[0], records)
    done(stewards[1], operations.undo_same, same)
    with pytest.raises(NotYet, match="undone already"):
        done(stewards[1], operations.undo_same, same)


def test_it_can_be_found_again_after_it_was_undone(stewards, records):
    done(stewards[1], operations.undo_same, propose(stewards[0], records))
    done(stewards[1], operations.agree_same, propose(stewards[0], records))
    with as_owner():
        assert Person.objects.get(pk=records[1].pk).same_as_id == records[0].pk


@pytest.mark.parametrize("why", ["", "   ", "\n"])
def test_without_a_why_nothing_is_proposed(stewards, records, why):
    with pytest.raises(ValidationError, match="how you know"):
        propose(stewards[0], records, why)
    with as_owner():
        assert not SamePerson.objects.exists()


def test_one_record_is_not_itself_twice(stewards, records):
    with pytest.raises(ValidationError, match="one and the same record"):
        propose(stewards[0], (records[0], records[0]))


@pytest.mark.parametrize("which", ["kept is part", "other is part", "other has parts"])
def test_there_is_never_a_chain(stewards, records, which):
    third = person("T. Hallam", account=False)
    with as_owner():
        part, whole = {
            "kept is part": (records[0], third),
            "other is part": (records[1], third),
            "other has parts": (third, records[1]),
        }[which]
        Person.objects.filter(pk=part.pk).update(same_as=whole)
        fresh = [Person.objects.get(pk=one.pk) for one in records]
    with pytest.raises(ValidationError, match="part of another record already"):
        propose(stewards[0], fresh)


def test_a_chain_made_meanwhile_is_found_when_it_is_agreed(stewards, records):
    same = propose(stewards[0], records)
    third = person("T. Hallam", account=False)
    with as_owner():
        Person.objects.filter(pk=records[0].pk).update(same_as=third)
    with pytest.raises(ValidationError, match="part of another record already"):
        done(stewards[1], operations.agree_same, same)


@pytest.mark.parametrize("which", [0, 1])
def test_a_steward_does_not_agree_about_a_record_of_their_own(stewards, records, which):
    hold(records[which], Role.STEWARD)
    same = propose(stewards[0], records)
    with pytest.raises(Denied, match="One of these records is you"):
        done(records[which], operations.agree_same, same)
