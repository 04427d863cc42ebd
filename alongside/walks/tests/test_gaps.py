"""The morning's look finds every walk that nobody covers, whatever the reason, and moves none (I6, F12)."""

import datetime as dt

import pytest

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.messages.models import Message
from alongside.people.models import Role
from alongside.walks import operations as walks
from alongside.walks.gaps import find_gaps
from alongside.walks.models import CoverGap, Walk
from alongside.walks.tests.test_walk import _walking
from tests.cast import serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def _why(walk):
    with as_owner():
        return list(CoverGap.objects.filter(walk=walk, mended_at__isnull=True).values_list("why", flat=True))


def _away(worker, days=6):
    tomorrow = clock.today() + A_DAY
    with acting_as(worker):
        return walks.say_away(by=worker, worker=worker, from_day=tomorrow, to_day=tomorrow + days * A_DAY)


def _state(walk):
    with as_owner():
        return Walk.objects.get(pk=walk.pk).state


@pytest.mark.parametrize("part", ["walker", "cover"])
def test_somebody_whose_role_ended_is_a_gap_from_the_next_morning_on(part):
    bev, priya, _micky, walk = _walking()
    ruth = serving("Ruth Collier", Role.TEAM_LEAD)
    gone = {"walker": bev, "cover": priya}[part]
    with as_owner():
        gone.roles.update(to_day=clock.today())
    assert find_gaps() == 0
    with clock.moved_to(clock.now() + A_DAY):
        assert find_gaps() == 1
        assert find_gaps() == 0
    assert _why(walk) == ["left"]
    assert _state(walk) == "walking"
    with as_owner():
        assert ruth.pk in Message.objects.values_list("to_person_id", flat=True)


def test_both_away_is_said_as_both_and_over_when_they_are_back():
    bev, priya, _micky, walk = _walking()
    serving("Ruth Collier", Role.TEAM_LEAD)
    _away(bev)
    _away(priya)
    with clock.moved_to(clock.now() + A_DAY):
        find_gaps()
        assert _why(walk) == ["both_away"]
    with clock.moved_to(clock.now() + 10 * A_DAY):
        assert find_gaps() == 0
        assert _why(walk) == []


def test_a_walker_who_is_away_is_no_gap_while_the_cover_is_there():
    bev, _priya, _micky, walk = _walking()
    _away(bev)
    with clock.moved_to(clock.now() + A_DAY):
        assert find_gaps() == 0
    assert _why(walk) == []


def test_a_walk_that_rests_has_no_gap_and_one_found_before_is_over():
    _bev, priya, micky, walk = _walking()
    serving("Ruth Collier", Role.TEAM_LEAD)
    _away(priya, days=60)
    with clock.moved_to(clock.now() + A_DAY):
        assert find_gaps() == 1
        with acting_as(micky):
            walks.rest_walk(by=micky, walk=walk)
        assert find_gaps() == 0
        assert _why(walk) == []


def test_years_without_a_word_change_nothing():
    _bev, _priya, _micky, walk = _walking()
    with clock.moved_to(clock.now() + dt.timedelta(days=5 * 365)):
        find_gaps()
    assert _state(walk) == "walking"
