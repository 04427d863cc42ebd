"""What the database itself refuses about people, whoever writes: each constraint broken by its owner's hand.

Serves I34 (a name is all it takes, and it takes a name), I18 and I19 (two records are put together by two).
"""

import datetime as dt
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from alongside.people.models import (
    Alias,
    Organisation,
    Particulars,
    Person,
    Reach,
    RoleHeld,
    Room,
    SamePerson,
)
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db

BROKEN = {
    "person_has_a_name": (Person, {"name": ""}),
    "person_is_not_same_as_self": (Person, {"same_as": F("id")}),
    "reach_is_not_what_never_is": (Reach, {"how": "text", "never": ["call", "text"]}),
    "role_held_ends_after_it_began": (RoleHeld, {"to_day": F("from_day") - dt.timedelta(days=1)}),
    "same_person_is_two_records": (SamePerson, {"other": F("kept")}),
    "same_person_is_agreed_by_two": (SamePerson, {"agreed_by": F("proposed_by")}),
}
ONE_OF = "is_one_of_its_choices"
BROKEN |= {
    f"people_organisation_kind_{ONE_OF}": (Organisation, {"kind": "club"}),
    f"people_reach_how_{ONE_OF}": (Reach, {"how": "pigeon"}),
    f"people_reach_never_{ONE_OF}": (Reach, {"never": ["call", "pigeon"]}),
    f"people_roleheld_role_{ONE_OF}": (RoleHeld, {"role": "boss"}),
}
TWICE = {
    "alias_once_a_person": Alias,
    "people_reach_person_id": Reach,
    "people_particulars_person_id": Particulars,
    "people_room_person_id": Room,
    "people_organisation_slug": Organisation,
}
STILL_RIGHT = [
    (Reach, {"how": "text", "never": ["call"]}),
    (RoleHeld, {"to_day": F("from_day")}),
    (SamePerson, {"agreed_by": None}),
    (Room, {"room_for": 0}),
]


@pytest.fixture(autouse=True)
def rows():
    """One good row of each table."""
    trace, denise = person(), serving("Denise Armstrong", at="The Kettle")
    twin = person("Trace Hallam", account=False)
    with as_owner():
        for model in (Reach, Particulars, Room):
            model.objects.create(person=trace)
        Alias.objects.create(person=trace, name="Trace")
        SamePerson.objects.create(
            kept=trace, other=twin, why="x", proposed_by=denise, proposed_at=timezone.now()
        )


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_may_never_be(name):
    model, slip = BROKEN[name]
    with as_owner(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**slip)


@pytest.mark.parametrize("name", TWICE)
def test_what_is_there_once_is_not_written_twice(name):
    with as_owner():
        again = TWICE[name].objects.get()
        again.pk = uuid4()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again.save(force_insert=True)


@pytest.mark.parametrize(("model", "near"), STILL_RIGHT)
def test_what_is_right_is_let_through(model, near):
    with as_owner():
        assert model.objects.update(**near) == 1


def test_nobody_has_room_for_less_than_none():
    with as_owner(), pytest.raises(IntegrityError, match="room_for"), transaction.atomic():
        Room.objects.update(room_for=-1)


def test_one_account_is_one_person():
    with as_owner():
        trace = Person.objects.get(name="Tracey Hallam")
        twin = Person.objects.get(name="Trace Hallam")
        twin.account_id = trace.account_id
        with pytest.raises(IntegrityError, match="account_id"), transaction.atomic():
            twin.save()


def test_somebody_who_served_is_not_taken_out_of_the_past():
    with as_owner(), pytest.raises(ProtectedError):
        Person.objects.get(name="Denise Armstrong").delete()


def test_an_account_that_goes_leaves_the_person():
    with as_owner():
        trace = Person.objects.get(name="Tracey Hallam")
        trace.account.delete()
        trace.refresh_from_db()
        assert trace.account_id is None


def test_every_constraint_of_the_room_is_broken_here():
    named = {
        constraint.name for model in apps.get_app_config("people").get_models()
        for constraint in model._meta.constraints
    }  # fmt: skip
    assert named
    assert named <= {*BROKEN, *TWICE}
