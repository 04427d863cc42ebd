"""Roles from a day to a day, what ending one would break, room to walk with more, and organisations."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from alongside.audit.models import Event
from alongside.consent.models import Basis
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people import door, operations, policies, queries
from alongside.people.models import Organisation, Role, RoleHeld, Room
from alongside.people.problems import NotYet
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def steward():
    return cast.serving("Denise Armstrong", Role.STEWARD)


@pytest.fixture
def bev():
    return cast.serving("Bev Ormerod")


def her_role(person):
    with as_owner():
        return RoleHeld.objects.select_related("person").get(person=person)


def test_a_steward_gives_a_role_and_it_holds_from_today(steward):
    priya = cast.person("Priya Nair")
    with acting_as(steward):
        operations.hold_role(by=steward, person=priya, role=Role.WORKER, organisation=cast.organisation())
        assert policies.holds(priya, Role.WORKER)
        assert queries.roles_today([priya.pk])[priya.pk][0].organisation.name == "The Kettle"


@pytest.mark.parametrize("days", [(1, 30), (-30, -1)])
def test_a_role_is_not_held_before_its_first_day_or_after_its_last(steward, days):
    priya = cast.person("Priya Nair")
    first, last = (clock.today() + dt.timedelta(days=n) for n in days)
    with acting_as(steward):
        operations.hold_role(by=steward, person=priya, role=Role.WORKER, from_day=first, to_day=last)
        assert not policies.holds(priya, Role.WORKER)


def test_nobody_gives_themself_a_role(bev):
    with acting_as(bev), pytest.raises(Denied, match="steward"):
        operations.hold_role(by=bev, person=bev, role=Role.STEWARD)


def test_row_security_alone_keeps_a_worker_from_taking_a_role(bev):
    with acting_as(bev), pytest.raises(DatabaseError), transaction.atomic():
        RoleHeld(person=bev, role=Role.STEWARD, from_day=clock.today()).save(force_insert=True)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"role": "boss"}, "role"), ({"role": Role.WORKER, "to_day": dt.date(2020, 1, 1)}, "to_day")],
)
def test_a_slip_in_a_role_is_told_beside_it(steward, bev, said, field):
    with acting_as(steward), pytest.raises(ValidationError) as slip:
        operations.hold_role(by=steward, person=bev, **said)
    assert field in slip.value.message_dict


def test_the_first_steward_is_made_by_the_command_that_opens_the_place():
    with working_on("accounts.open"):
        denise = operations.write_down_person(by=None, name="Denise Armstrong")
        council = operations.add_organisation(by=None, name="Tynebank Council", kind="public", slug="council")
        operations.hold_role(by=None, person=denise, role=Role.STEWARD, organisation=council)
    assert policies.holds(denise, Role.STEWARD)


def test_a_role_that_leaves_nobody_ends_at_once(steward, bev):
    held = her_role(bev)
    with acting_as(steward):
        operations.end_role(by=steward, held=held, on=clock.today() - dt.timedelta(days=1))
        assert not policies.holds(bev)
        assert Event.objects.get(did="people.end_role").person_id == bev.pk


def test_a_role_that_would_leave_people_is_first_told_of_without_their_names(steward, bev):
    cast.say_so(cast.person("Micky Garrod"), bev)
    cast.say_so(cast.person("Norah Tully"), bev)
    held = her_role(bev)
    with acting_as(steward), pytest.raises(NotYet) as told:
        operations.end_role(by=steward, held=held)
    sentence = told.value.messages[0]
    assert sentence.startswith("Bev walks with 2 people, whose names are theirs to tell.")
    assert "Micky" not in sentence
    assert held.to_day is None


def test_the_steward_is_told_the_names_they_may_know(steward, bev):
    micky = cast.person("Micky Garrod")
    cast.say_so(micky, bev)
    cast.say_so(micky, steward)
    with acting_as(steward), pytest.raises(NotYet, match="Bev walks with Micky"):
        operations.end_role(by=steward, held=her_role(bev))


def test_having_read_it_the_steward_may_go_on_and_no_say_so_is_taken_away(steward, bev):
    basis = cast.say_so(cast.person("Micky Garrod"), bev)
    with acting_as(steward):
        operations.end_role(by=steward, held=her_role(bev), knowing=True)
    with as_owner():
        assert Basis.objects.get(pk=basis.pk).to_at is None


def test_one_of_two_roles_ends_without_a_question(steward, bev):
    cast.say_so(cast.person("Micky Garrod"), bev)
    held = her_role(bev)
    cast.hold(bev, Role.TEAM_LEAD)
    with acting_as(steward):
        assert operations.end_role(by=steward, held=held).to_day == clock.today()


def test_a_named_part_or_a_say_so_that_ended_is_nobody_left(steward, bev):
    cast.say_so(cast.person("Micky Garrod"), bev, until=clock.now() - dt.timedelta(hours=1))
    with acting_as(steward):
        assert queries.left_behind(viewer=steward, held=her_role(bev)) is None


def test_only_a_steward_is_told_whom_somebody_walks_with(bev):
    cast.say_so(cast.person("Micky Garrod"), bev)
    callum = cast.serving("Callum Reay")
    with acting_as(callum):
        assert queries.left_behind(viewer=callum, held=her_role(bev)) is None


def test_row_security_alone_tells_only_a_steward_whom_somebody_walks_with(bev):
    from django.db import connection

    cast.say_so(cast.person("Micky Garrod"), bev)
    callum = cast.serving("Callum Reay")
    with acting_as(callum), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM guard.left_behind(%s)", [bev.pk])
        assert cursor.fetchall() == []


def test_a_role_ends_no_earlier_than_it_began(steward, bev):
    with acting_as(steward), pytest.raises(ValidationError) as slip:
        operations.end_role(by=steward, held=her_role(bev), on=dt.date(2001, 1, 1))
    assert "on" in slip.value.message_dict


def test_somebody_says_they_are_full_in_one_word(bev):
    with acting_as(bev):
        operations.set_room(by=bev, person=bev, room_for=2, languages=["English", "BSL"], offers="a van")
        operations.set_room(by=bev, person=bev, room_for=0)
    room = queries.room_of(bev)
    assert (room.room_for, room.languages, room.offers) == (0, ["English", "BSL"], "a van")


def test_nobody_says_for_a_colleague_how_much_they_can_carry(bev):
    callum = cast.serving("Callum Reay")
    with acting_as(callum), pytest.raises(Denied, match="Bev"):
        operations.set_room(by=callum, person=bev, room_for=9)
    with acting_as(callum), pytest.raises(DatabaseError), transaction.atomic():
        Room(person=bev, room_for=9).save(force_insert=True)


def test_room_is_none_or_some_but_never_less(bev):
    with acting_as(bev), pytest.raises(ValidationError, match="0"):
        operations.set_room(by=bev, person=bev, room_for=-1)


def test_organisations_are_written_down_and_changed_by_stewards(steward):
    with acting_as(steward):
        kettle = operations.add_organisation(by=steward, name="The Kettle", note="open house")
        words = {"name": "The Kettle House", "note": ""}
        operations.change_organisation(by=steward, organisation=kettle, words=words)
        changed = queries.organisation_to_look_after(viewer=steward, slug="the-kettle")
    assert (changed.name, changed.note) == ("The Kettle House", "")


def test_one_organisation_is_not_written_down_twice(steward):
    with acting_as(steward):
        operations.add_organisation(by=steward, name="The Kettle")
        with pytest.raises(ValidationError, match="already"):
            operations.add_organisation(by=steward, name="the kettle")


def test_names_that_look_alike_in_an_address_each_get_their_own(steward):
    with acting_as(steward):
        first = operations.add_organisation(by=steward, name="The Kettle")
        second = operations.add_organisation(by=steward, name="The Kettle!")
        nameless = operations.add_organisation(by=steward, name="Ⲕ")
    assert (first.slug, second.slug, nameless.slug) == ("the-kettle", "the-kettle-2", "group")


@pytest.mark.parametrize("said", [{"name": ""}, {"kind": "quango"}])
def test_a_slip_in_an_organisation_is_told_beside_it(steward, said):
    with acting_as(steward), pytest.raises(ValidationError) as slip:
        operations.add_organisation(by=steward, **{"name": "The Kettle", **said})
    assert set(slip.value.message_dict) == set(said)


def test_a_resident_changes_no_organisation(steward):
    kettle, micky = cast.organisation(), cast.person("Micky Garrod")
    with acting_as(micky), pytest.raises(Denied):
        operations.change_organisation(by=micky, organisation=kettle, words={"name": "Mine"})
    with acting_as(micky):
        assert Organisation.objects.filter(pk=kettle.pk).update(name="Mine") == 0


def test_a_hard_stop_ends_in_whoever_is_at_the_door_also_for_a_stranger(steward):
    cast.serving("Bev Ormerod")
    assert door.somebody_at_the_door() == steward
    duty = cast.serving("Ruth Collier", Role.DUTY_HUMAN)
    assert door.somebody_at_the_door() == duty


def test_where_nobody_is_at_the_door_a_worker_is_found_for_the_house_and_not_told_to_a_stranger(db):
    priya = cast.serving("Priya Nair", Role.WORKER)
    with working_on("hello"):
        assert door.somebody_at_the_door() == priya
        assert door.somebody_at_the_door(but_not=priya) == priya
        duty = cast.serving("Ruth Collier", Role.DUTY_HUMAN)
        assert door.somebody_at_the_door() == duty
        assert door.somebody_at_the_door(but_not=duty) == priya
    with as_owner():
        duty.roles.update(to_day=clock.today() - dt.timedelta(days=1))
    assert door.somebody_at_the_door() is None


def test_who_holds_a_role_longest_comes_first():
    lately = cast.serving("Ann Abel", Role.DUTY_HUMAN)
    longest = cast.serving("Zoe Zander", Role.DUTY_HUMAN)
    with as_owner():
        lately.roles.update(from_day="2025-01-01")
        longest.roles.update(from_day="2020-01-01")
    assert door.somebody_at_the_door() == longest


def test_where_nobody_serves_yet_nobody_is_named():
    assert door.somebody_at_the_door() is None
