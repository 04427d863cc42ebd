"""Nothing ends over the head of a relationship: a role, an organisation, a way to sign in (I32).

The rooms that keep relationships stand above; here one is planted, which is all that this room ever sees of them.
"""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from alongside.accounts.models import Account
from alongside.audit.models import Event
from alongside.kernel import acting, clock
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people import endings, operations, queries
from alongside.people.endings import Relationship, before_ending
from alongside.people.models import Role, RoleHeld
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


class Planted:
    """A room above that keeps relationships, and hands them over."""

    def __init__(self):
        self.kept, self.asked = [], []

    def keeps(self, keeper, *people):
        self.kept += [Relationship(keeper.pk, person.pk) for person in people]

    def handed_over(self):
        self.kept.clear()

    def find(self, keepers):
        self.asked.append((list(keepers), acting.current().work))
        return [each for each in self.kept if each.keeper in keepers]


@pytest.fixture(autouse=True)
def room():
    planted = Planted()
    before_ending("planted", planted.find)
    yield planted
    endings.no_longer_asked("planted")


def role_of(person):
    with as_owner():
        return RoleHeld.objects.select_related("person", "organisation").filter(person=person).first()


def last_day(held):
    with as_owner():
        return RoleHeld.objects.get(pk=held.pk).to_day


def ends_role(steward, person, **more):
    with acting_as(steward):
        return operations.end_role(by=steward, held=role_of(person), **more)


def ends_organisation(steward, person, **more):
    with acting_as(steward):
        return operations.end_organisation(by=steward, organisation=role_of(person).organisation, **more)


def switches(steward, person, *, on=False):
    with acting_as(steward):
        return operations.switch_sign_in(by=steward, person=person, on=on)


ENDINGS = {"a role": ends_role, "a way to sign in": switches}


@pytest.fixture(params=ENDINGS)
def end(request):
    return ENDINGS[request.param]


def test_nothing_ends_while_a_relationship_has_no_handover(steward, bev, room, end):
    room.keeps(bev, cast.person("Micky Garrod"), cast.person("Norah Tully"))
    with pytest.raises(NotYet) as told:
        end(steward, bev)
    (sentence,) = told.value.messages
    assert "2 people, whose names are theirs to tell" in sentence
    assert "handed over" in sentence
    assert "Micky" not in sentence
    assert last_day(role_of(bev)) is None


def test_it_ends_once_each_is_handed_over(steward, bev, room, end):
    room.keeps(bev, cast.person("Micky Garrod"))
    with pytest.raises(NotYet):
        end(steward, bev)
    room.handed_over()
    end(steward, bev)


def test_the_steward_is_told_the_names_they_may_know_and_how_many_the_others_are(steward, bev, room, end):
    micky, norah = cast.person("Micky Garrod"), cast.person("Norah Tully")
    cast.say_so(micky, steward)
    room.keeps(bev, micky, norah)
    with pytest.raises(NotYet, match="2 people, Micky among them") as told:
        end(steward, bev)
    assert "Norah" not in str(told.value)


def test_knowing_of_it_is_no_handover(steward, bev, room):
    room.keeps(bev, cast.person("Micky Garrod"))
    with pytest.raises(NotYet):
        ends_role(steward, bev, knowing=True)
    assert last_day(role_of(bev)) is None


def test_a_refused_ending_leaves_no_trace_in_the_audit(steward, bev, room, end):
    room.keeps(bev, cast.person("Micky Garrod"))
    with pytest.raises(NotYet):
        end(steward, bev)
    with as_owner():
        assert not Event.objects.filter(did__in=["people.end_role", "people.switch_sign_in"]).exists()


def test_one_of_two_roles_ends_without_a_handover(steward, bev, room):
    room.keeps(bev, cast.person("Micky Garrod"))
    first = role_of(bev)
    cast.hold(bev, Role.TEAM_LEAD)
    with acting_as(steward):
        operations.end_role(by=steward, held=first)
    assert last_day(first) == clock.today()


def test_somebody_elses_relationships_hold_up_nobody(steward, bev, room, end):
    room.keeps(cast.serving("Callum Reay"), cast.person("Micky Garrod"))
    end(steward, bev)


def test_somebody_walked_with_by_two_is_counted_once(steward, bev, room):
    callum, micky = cast.serving("Callum Reay"), cast.person("Micky Garrod")
    room.keeps(bev, micky)
    room.keeps(callum, micky)
    with acting_as(steward):
        assert queries.to_hand_over(viewer=steward, keepers=[bev, callum]).count == 1


def test_rooms_are_asked_inside_their_own_work_and_only_about_somebody(steward, bev, room):
    with acting_as(steward):
        assert queries.to_hand_over(viewer=steward, keepers=[]) is None
        queries.to_hand_over(viewer=steward, keepers=[bev])
        assert acting.current().work == ""
    assert room.asked == [([bev.pk], "people.ending")]


def test_nobody_but_a_steward_is_told_whom_an_ending_would_leave(bev, room):
    room.keeps(bev, cast.person("Micky Garrod"))
    with acting_as(bev):
        assert queries.to_hand_over(viewer=bev, keepers=[bev]) is None
    assert room.asked == []


def test_the_house_itself_ends_nothing_over_their_heads_either(bev, room):
    room.keeps(bev, cast.person("Micky Garrod"))
    with working_on("accounts.open"), pytest.raises(NotYet, match="1 person, whose name is theirs"):
        operations.end_role(by=None, held=role_of(bev))


def test_two_rooms_are_both_asked_and_saying_it_again_replaces_it(steward, bev, room):
    other = Planted()
    other.keeps(bev, cast.person("Norah Tully"))
    room.keeps(bev, cast.person("Micky Garrod"))
    before_ending("another", other.find)
    try:
        with acting_as(steward):
            assert queries.to_hand_over(viewer=steward, keepers=[bev]).count == 2
            before_ending("another", lambda keepers: [])
            assert queries.to_hand_over(viewer=steward, keepers=[bev]).count == 1
    finally:
        endings.no_longer_asked("another")


def test_a_room_that_breaks_lets_nothing_end(steward, bev, end):
    def breaks(keepers):
        raise RuntimeError("the room above is broken")

    before_ending("planted", breaks)
    with pytest.raises(RuntimeError):
        end(steward, bev)
    assert last_day(role_of(bev)) is None


def test_an_organisation_that_stops_gives_every_role_there_its_last_day(steward, bev):
    callum = cast.serving("Callum Reay", at="The Kettle")
    dev = cast.serving("Dev Rao", at="The Kettle")
    assert ends_organisation(steward, callum) == 2
    assert [last_day(role_of(each)) for each in (callum, dev, bev)] == [clock.today(), clock.today(), None]


def test_an_organisation_does_not_stop_over_the_head_of_a_relationship(steward, room):
    callum = cast.serving("Callum Reay", at="The Kettle")
    room.keeps(callum, cast.person("Micky Garrod"))
    with pytest.raises(NotYet, match="1 person, whose name is theirs to tell"):
        ends_organisation(steward, callum)
    assert last_day(role_of(callum)) is None
    room.handed_over()
    assert ends_organisation(steward, callum) == 1


def test_who_also_serves_elsewhere_keeps_their_relationships_when_one_organisation_stops(steward, room):
    callum = cast.serving("Callum Reay", at="The Kettle")
    held = role_of(callum)
    cast.hold(callum, Role.WORKER, at="Tynebank Council")
    room.keeps(callum, cast.person("Micky Garrod"))
    with acting_as(steward):
        assert operations.end_organisation(by=steward, organisation=held.organisation) == 1
    assert last_day(held) == clock.today()


def test_an_organisation_at_which_nobody_serves_has_nothing_to_end(steward):
    kettle = cast.organisation()
    with acting_as(steward), pytest.raises(NotYet, match="Nobody holds a role there"):
        operations.end_organisation(by=steward, organisation=kettle)


def test_an_organisation_stops_no_earlier_than_its_people_began(steward):
    callum = cast.serving("Callum Reay", at="The Kettle")
    with pytest.raises(ValidationError) as slip:
        ends_organisation(steward, callum, on=dt.date(2001, 1, 1))
    assert "on" in slip.value.message_dict


@pytest.mark.parametrize("role", [None, Role.WORKER, Role.TEAM_LEAD, Role.CENTRE])
def test_only_a_steward_ends_an_organisation_or_switches_a_way_to_sign_in(bev, role):
    somebody = cast.serving("Helena Marsh", role) if role else cast.person("Helena Marsh")
    for ending in (ends_organisation, switches):
        with pytest.raises(Denied, match="steward"):
            ending(somebody, bev)
    with as_owner():
        assert Account.objects.get(pk=bev.account_id).is_active


def test_whose_way_is_switched_off_is_a_stranger_at_the_next_page_and_comes_back_when_it_is_on(
    client, steward, bev
):
    cast.sign_in(client, bev)
    assert client.get(reverse("hellos")).status_code == 200
    switches(steward, bev)
    assert client.get(reverse("hellos")).status_code == 302
    switches(steward, bev, on=True)
    cast.sign_in(client, bev)
    assert client.get(reverse("hellos")).status_code == 200


def test_nobody_takes_away_the_way_to_a_residents_own_page(steward):
    trace = cast.person()
    with pytest.raises(Denied, match="Tracey's own page is theirs"):
        switches(steward, trace)
    with as_owner():
        assert Account.objects.get(pk=trace.account_id).is_active


def test_no_steward_locks_themself_out(steward):
    with pytest.raises(Denied, match="Another place steward"):
        switches(steward, steward)


def test_who_cannot_sign_in_at_all_has_nothing_to_switch(steward):
    with pytest.raises(Denied):
        switches(steward, cast.serving("Old Tom", account=False))
