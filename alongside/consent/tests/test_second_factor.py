"""Who holds others' stories, and who may help whom to sign in."""

import datetime as dt

import pytest
from django.utils import timezone

from alongside.consent.second_factor import holds_others_stories, may_help_sign_in, may_open_accounts
from alongside.kernel.acting import acting_as
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


def holds(whoever):
    with acting_as(whoever):
        return holds_others_stories(whoever.account)


def test_a_resident_holds_only_their_own(trace):
    assert not holds(trace)


@pytest.mark.parametrize(
    "role", ["relational_worker", "elected_member", "place_steward", "centre", "duty_human"]
)
def test_whoever_holds_a_role_today_holds_others_stories(role, db):
    assert holds(cast.serving("Callum Reay", role))


def test_a_role_that_ended_yesterday_holds_nothing(trace):
    held = cast.hold(trace, "peer_support")
    with as_owner():
        held.to_day = timezone.localdate() - dt.timedelta(days=1)
        held.save()
    assert not holds(trace)


def test_one_part_given_by_a_neighbour_is_a_story_held(trace):
    dean = cast.person("Dean Pike")
    cast.say_so(trace, dean, parts=[trace])
    assert holds(dean)
    assert not holds(trace), "giving is not holding"


def test_a_say_so_that_ended_holds_nothing(trace):
    dean = cast.person("Dean Pike")
    cast.say_so(trace, dean, until=timezone.now() - dt.timedelta(minutes=1))
    assert not holds(dean)


def test_a_role_of_the_other_record_of_the_same_person_counts(trace):
    twin = cast.serving("Tracy Hallam", same_as=trace)
    with acting_as(trace):
        assert holds_others_stories(twin.account)


def helps(by, whoever):
    with acting_as(by):
        return may_help_sign_in(by, whoever.account)


def test_whoever_walks_with_somebody_may_help_them_in_and_a_reader_of_one_part_may_not(trace):
    walker, reader = cast.serving("Callum Reay"), cast.person("Dean Pike")
    cast.say_so(trace, walker)
    cast.say_so(trace, reader, parts=[trace])
    assert helps(walker, trace)
    assert not helps(reader, trace)


def test_a_steward_helps_in_those_who_serve_and_not_residents(trace):
    steward = cast.serving("Ruth Bell", "place_steward")
    assert helps(steward, cast.serving("Priya Nair"))
    assert not helps(steward, trace)


@pytest.mark.parametrize(
    ("role", "may"),
    [("relational_worker", True), ("place_steward", True), ("elected_member", False), ("centre", False)],
)
def test_those_who_help_people_open_accounts(role, may, db):
    by = cast.serving("Callum Reay", role)
    with acting_as(by):
        assert may_open_accounts(by) is may
