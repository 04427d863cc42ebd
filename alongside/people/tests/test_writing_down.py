"""Writing people down, naming them, and saying how they are reached."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from alongside.audit import recording
from alongside.audit.models import Event
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people import operations, queries
from alongside.people.models import Alias, Person, Reach, Role
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward():
    return cast.serving("Denise Armstrong", Role.STEWARD)


@pytest.fixture
def micky():
    return cast.person("Micky Garrod")


@pytest.fixture
def bev(micky):
    walker = cast.serving("Bev Ormerod")
    cast.say_so(micky, walker)
    return walker


def test_a_name_is_all_it_takes(steward):
    with acting_as(steward):
        written = operations.write_down_person(by=steward, name="  Norah   Tully ")
    assert (written.name, written.called) == ("Norah Tully", "Norah")
    with as_owner():
        assert not Reach.objects.filter(person=written).exists()


def test_everything_else_is_kept_when_it_is_said():
    bev = cast.serving("Bev Ormerod")
    with acting_as(bev):
        micky = operations.write_down_person(
            by=bev,
            name="Micky Garrod",
            called="Mick",
            aliases=["Michael Garrod", "Michael Garrod", "Micky Garrod", " "],
            reach={"how": "call", "never": ["letter"], "from_hour": dt.time(16), "to_hour": dt.time(20)},
            particulars={"age_words": "41", "pronouns": "he/him"},
        )
    with as_owner():
        assert list(Alias.objects.values_list("person_id", "name")) == [(micky.pk, "Michael Garrod")]
        assert micky.reach.never == ["letter"]
        assert micky.particulars.pronouns == "he/him"


def test_whoever_writes_somebody_down_reads_nothing_of_theirs():
    bev = cast.serving("Bev Ormerod")
    with acting_as(bev):
        norah = operations.write_down_person(by=bev, name="Norah Tully", reach={"phone": "0191 496 0000"})
        assert not Person.objects.filter(pk=norah.pk).exists()
        assert queries.reach_of(viewer=bev, person=norah) is None


def test_a_resident_is_asked_to_say_hello_for_them_instead(micky):
    with acting_as(micky), pytest.raises(Denied, match="front door"):
        operations.write_down_person(by=micky, name="Norah Tully")


def test_row_security_alone_keeps_a_resident_from_writing_people_down(micky):
    with acting_as(micky), pytest.raises(DatabaseError), transaction.atomic():
        Person(name="Norah Tully").save(force_insert=True)


def test_a_person_without_a_name_is_a_slip_told_beside_the_name(steward):
    with acting_as(steward), pytest.raises(ValidationError) as slip:
        operations.write_down_person(by=steward, name="   ")
    assert "name" in slip.value.message_dict


def test_what_is_written_is_audited_in_digests_never_in_words(steward):
    with acting_as(steward):
        norah = operations.write_down_person(by=steward, name="Norah Tully", aliases=["Nora T"])
        event = Event.objects.get(did="people.write_down_person")
    assert (event.by_id, event.person_id) == (steward.pk, norah.pk)
    assert "Norah" not in str(event.fields)
    assert "Nora T" not in str(event.fields)
    assert set(event.fields) == {"name", "called", "aliases"}


def test_nothing_is_written_when_the_audit_cannot_be(steward, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError("no audit today")

    monkeypatch.setattr("alongside.people.operations.people.record", broken)
    with pytest.raises(RuntimeError), acting_as(steward):
        operations.write_down_person(by=steward, name="Norah Tully")
    with as_owner():
        assert not Person.objects.filter(name="Norah Tully").exists()


def test_the_house_writes_people_down_only_while_it_works_on_something():
    with working_on("demo"):
        began = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
        norah = operations.write_down_person(by=None, name="Norah Tully", began_at=began)
        assert norah.began_at == began
    with pytest.raises(Denied):
        operations.write_down_person(by=None, name="Nobody's Doing")


@pytest.mark.parametrize("who", ["micky", "bev", "steward"])
def test_a_person_is_renamed_by_themself_by_who_walks_with_them_or_by_a_steward(who, micky, request):
    by = request.getfixturevalue(who)
    with acting_as(by):
        operations.rename(by=by, person=micky, name="Michael Garrod", called="Mick")
    with as_owner():
        micky.refresh_from_db()
    assert (micky.name, micky.called) == ("Michael Garrod", "Mick")


def test_a_worker_without_a_say_so_renames_nobody(micky):
    callum = cast.serving("Callum Reay")
    with acting_as(callum), pytest.raises(Denied, match="Micky"):
        operations.rename(by=callum, person=micky, name="Somebody Else")


def test_being_called_something_else_leaves_the_name_alone(micky):
    with acting_as(micky):
        operations.rename(by=micky, person=micky, called="Mick")
        assert (micky.name, micky.called) == ("Micky Garrod", "Mick")
        operations.rename(by=micky, person=micky, called="")
        assert micky.called == "Micky"


def test_another_name_is_kept_once_and_forgotten_when_asked(micky):
    with acting_as(micky):
        kept = operations.add_alias(by=micky, person=micky, name="Michael Garrod")
        assert operations.add_alias(by=micky, person=micky, name=" Michael  Garrod ") == kept
        assert operations.add_alias(by=micky, person=micky, name="Micky Garrod") is None
        assert [alias.name for alias in queries.aliases_of(viewer=micky, person=micky)] == ["Michael Garrod"]
        operations.remove_alias(by=micky, alias=kept)
        assert not queries.aliases_of(viewer=micky, person=micky)


def test_a_stranger_sees_no_other_names(micky):
    callum = cast.serving("Callum Reay")
    with as_owner():
        Alias.objects.create(person=micky, name="Michael Garrod")
    with acting_as(callum):
        assert not queries.aliases_of(viewer=callum, person=micky)
        assert not Alias.objects.exists()


@pytest.mark.parametrize("who", ["micky", "bev"])
def test_how_to_be_reached_is_said_by_the_person_or_who_walks_with_them(who, micky, request):
    by = request.getfixturevalue(who)
    with acting_as(by):
        operations.set_reach(by=by, person=micky, reach={"how": "call", "phone": "0191 496 0000"})
        operations.set_reach(by=by, person=micky, reach={"never": ["letter"]})
        reach = queries.reach_of(viewer=by, person=micky)
    assert (reach.how, reach.phone, reach.never) == ("call", "0191 496 0000", ["letter"])


def test_a_steward_does_not_say_how_somebody_is_reached(micky, steward):
    with acting_as(steward), pytest.raises(Denied):
        operations.set_reach(by=steward, person=micky, reach={"how": "call"})


def test_a_way_that_is_never_wanted_cannot_be_the_way(micky):
    with acting_as(micky), pytest.raises(ValidationError, match="never want"):
        operations.set_reach(by=micky, person=micky, reach={"how": "letter", "never": ["letter"]})


def test_one_hour_without_the_other_is_asked_about(micky):
    with acting_as(micky), pytest.raises(ValidationError) as slip:
        operations.set_reach(by=micky, person=micky, reach={"from_hour": dt.time(16)})
    assert "to_hour" in slip.value.message_dict


def test_particulars_are_said_one_by_one_and_none_is_needed(micky):
    with acting_as(micky):
        operations.set_particulars(by=micky, person=micky, particulars={"pronouns": "he/him"})
        operations.set_particulars(by=micky, person=micky, particulars={"where_words": "above the chippy"})
        said = queries.particulars_of(viewer=micky, person=micky)
    assert (said.pronouns, said.where_words, said.born_on) == ("he/him", "above the chippy", None)


def test_the_audit_of_reach_holds_field_names_only(micky):
    with acting_as(micky):
        operations.set_reach(by=micky, person=micky, reach={"safe_word": "kingfisher"})
        event = Event.objects.get(did="people.set_reach")
    assert list(event.fields) == ["safe_word"]
    assert "kingfisher" not in str(event.fields)
    salt = None
    with as_owner():
        salt = recording.salt_for(micky.pk)
    assert event.fields["safe_word"] == recording.digest(salt, "kingfisher")


@pytest.mark.parametrize(
    ("name", "called"),
    [("Cllr Alan Pugh", "Alan"), ("Dr Imran Sheikh", "Imran"), ("Mrs. Jones", "Jones"), ("Micky", "Micky")],
)
def test_nobody_is_called_by_what_stands_before_their_name(name, called):
    assert str(cast.person(name)) == called
