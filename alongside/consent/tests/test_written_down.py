"""What another writes down as somebody's yes: for whom, by whom, once, and not yet seen until its person answers.

Serves F8 and I5. Each rule is held by the policy, and by the database alone.
"""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from alongside.consent import operations, policies, queries
from alongside.consent.models import SaySo
from alongside.consent.tests.world import PART
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def trace():
    return cast.person("Tracey Hallam", called="Trace")


@pytest.fixture
def callum():
    return cast.serving("Callum Reay")


@pytest.fixture
def sam():
    return cast.serving("Sam Oduya", "peer_support")


def whole(by, person, to):
    with acting_as(by):
        return operations.give_say_so(
            by=by, person=person, given_to=to, for_what="walking with me", whole=True
        )


def by_hand(by, person, to, **more):
    """The same, past every policy: the row as it would be written."""
    kept = {
        "what": "it",
        "for_what": "it",
        "whole": True,
        "state": "given",
        "state_at": timezone.now(),
        **more,
    }
    row = SaySo(person=person, given_by=person, given_to=to, written_down_by=by, **kept)
    with acting_as(by), transaction.atomic():
        SaySo.objects.bulk_create([row])


def refused():
    return pytest.raises(DatabaseError, match="row-level security")


def test_the_first_walker_writes_it_down_for_themself_and_straight_after_for_their_cover(trace, callum, sam):
    assert whole(callum, trace, callum).seen_at is None
    assert whole(callum, trace, sam).written_down_by == callum
    for one in (callum, sam):
        with acting_as(one):
            assert policies.check_can_open_page.allows(one, trace)
    with acting_as(trace):
        assert [row.given_to for row in queries.to_answer(viewer=trace)] == [callum, sam]


def test_all_of_a_story_is_written_down_only_for_somebody_who_walks_with_people(trace, callum):
    cast.say_so(trace, callum)
    friend, nurse = cast.person("Gary Lisle"), cast.serving("Ann Bewick", "specialist")
    for one in (friend, nurse):
        with pytest.raises(Denied, match="does not walk with people here"):
            whole(callum, trace, one)
        with refused():
            by_hand(callum, trace, one)


def test_a_role_that_is_over_walks_with_nobody(trace, callum, sam):
    cast.say_so(trace, callum)
    with as_owner():
        sam.roles.update(to_day=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Denied, match="does not walk"):
        whole(callum, trace, sam)
    with refused():
        by_hand(callum, trace, sam)


def test_a_single_part_may_be_written_down_for_a_nurse(trace, callum):
    cast.say_so(trace, callum)
    nurse = cast.serving("Ann Bewick", "specialist")
    with acting_as(callum):
        given = operations.give_say_so(
            by=callum, person=trace, given_to=nurse, for_what="her back", parts=[PART]
        )
    assert given.seen_at is None


def test_the_person_opens_all_of_it_to_whom_they_like(trace):
    neighbour = cast.person("Sheila Bright")
    assert whole(trace, trace, neighbour).written_down_by is None
    with acting_as(trace):
        assert queries.to_answer(viewer=trace) == []


def test_the_question_is_the_persons_and_nobody_elses(trace, callum, sam):
    given = whole(callum, trace, callum)
    for one in (callum, sam):
        with acting_as(one):
            assert queries.to_answer(viewer=one) == []
    with acting_as(callum), pytest.raises(Denied, match="Only Trace can say"):
        operations.confirm_say_so(by=callum, say_so=given)
    sams = whole(callum, trace, sam)
    with acting_as(callum), pytest.raises(DatabaseError, match="only the person says"), transaction.atomic():
        SaySo.objects.filter(pk=sams.pk).update(seen_at=timezone.now())


def test_nobody_writes_it_down_as_seen(trace, callum, sam):
    cast.say_so(trace, callum)
    with refused():
        by_hand(callum, trace, sam, seen_at=timezone.now())


def test_a_yes_ends_the_question_and_a_second_is_refused(trace, callum):
    given = whole(callum, trace, callum)
    with acting_as(trace):
        operations.confirm_say_so(by=trace, say_so=given)
        assert queries.to_answer(viewer=trace) == []
        given.refresh_from_db()
        assert given.seen_at is not None
        with pytest.raises(Denied, match="said so already"):
            operations.confirm_say_so(by=trace, say_so=given)


def test_a_no_ends_it_at_once_and_the_same_walker_does_not_write_it_again(trace, callum):
    given = whole(callum, trace, callum)
    with acting_as(trace):
        operations.withdraw_say_so(by=trace, say_so=given)
        assert queries.to_answer(viewer=trace) == []
        with pytest.raises(Denied, match="already ended"):
            operations.confirm_say_so(by=trace, say_so=given)
    with acting_as(callum):
        assert not policies.check_can_open_page.allows(callum, trace)
    with pytest.raises(Denied, match="Trace said no to you before"):
        whole(callum, trace, callum)
    with refused():
        by_hand(callum, trace, callum)
    with acting_as(callum), pytest.raises(Denied, match="Only Trace"):
        operations.renew_say_so(by=callum, say_so=given)


def test_another_may_walk_with_them_after_a_no_to_the_first(trace, callum, sam):
    with acting_as(trace):
        operations.withdraw_say_so(by=trace, say_so=whole(callum, trace, callum))
    assert whole(sam, trace, sam).state == "given"


def test_a_plain_no_is_as_good_as_a_taken_back_yes(trace, callum):
    with acting_as(trace):
        operations.refuse_say_so(by=trace, person=trace, given_to=callum, what="my story", for_what="")
    with pytest.raises(Denied, match="said no to you"):
        whole(callum, trace, callum)


def test_a_walker_who_gave_it_up_themself_may_begin_again(trace, callum):
    given = whole(callum, trace, callum)
    with acting_as(callum):
        operations.withdraw_say_so(by=callum, say_so=given)
    assert whole(callum, trace, callum).state == "given"


def test_given_again_by_a_walker_it_is_theirs_and_to_be_seen_anew(trace, callum, sam):
    cast.say_so(trace, callum)
    given = whole(trace, trace, sam)
    with acting_as(callum):
        operations.renew_say_so(by=callum, say_so=given)
    with acting_as(trace):
        assert [(row.pk, row.written_down_by) for row in queries.to_answer(viewer=trace)] == [
            (given.pk, callum)
        ]


def test_given_again_by_the_person_it_is_seen(trace, callum):
    given = whole(callum, trace, callum)
    with acting_as(trace):
        operations.renew_say_so(by=trace, say_so=given)
        assert queries.to_answer(viewer=trace) == []


def test_a_duty_in_law_gives_nobodys_yes_again(trace, callum, sam):
    cast.say_so(trace, callum)
    given = whole(callum, trace, sam)
    megan = cast.serving("Megan Ashby", "social_worker")
    cast.by_law(megan, trace)
    with acting_as(trace):
        operations.withdraw_say_so(by=trace, say_so=given)
    with acting_as(megan), pytest.raises(Denied, match="Only Trace"):
        operations.renew_say_so(by=megan, say_so=given)
    with acting_as(megan):
        assert SaySo.objects.filter(pk=given.pk).update(state="given", written_down_by=megan) == 0


@pytest.mark.parametrize("more", [{"whole": False, "parts": [PART]}, {"for_what": "all"}, {"what": "all"}])
def test_what_a_say_so_opens_is_never_made_another(trace, callum, sam, more):
    cast.say_so(trace, callum)
    given = whole(callum, trace, sam)
    with acting_as(callum), pytest.raises(DatabaseError, match="more is a new one"), transaction.atomic():
        SaySo.objects.filter(pk=given.pk).update(**more)


def test_nobody_signs_for_it_with_anothers_name(trace, callum, sam):
    cast.say_so(trace, callum)
    given = whole(callum, trace, sam)
    with acting_as(callum), pytest.raises(DatabaseError, match="signs for it"), transaction.atomic():
        SaySo.objects.filter(pk=given.pk).update(written_down_by=sam)


def test_whoever_reads_by_law_cannot_take_back_what_the_person_gave():
    trace, callum = cast.person("Tracey Hallam"), cast.serving("Callum Reay")
    megan = cast.serving("Megan Ashby", "social_worker")
    given = cast.say_so(trace, callum).say_so
    cast.by_law(megan, trace)
    with acting_as(megan), pytest.raises(Denied, match="Only"):
        operations.withdraw_say_so(by=megan, say_so=given)


def test_what_a_person_said_comes_before_the_law_where_both_open_their_page():
    trace, bev = cast.person("Tracey Hallam"), cast.serving("Bev Ormerod")
    cast.by_law(bev, trace)
    cast.say_so(trace, bev)
    with acting_as(bev):
        assert policies.basis_for(bev, trace).kind == "say_so"
