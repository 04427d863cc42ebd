"""The morning's look finds every walk that nobody covers, whatever the reason, and moves none (I6, F12)."""

import datetime as dt
from contextlib import contextmanager

import pytest
from django.urls import reverse

from alongside.audit.models import Event
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.messages.models import Message
from alongside.people.models import Role
from alongside.walks import operations as walks
from alongside.walks.gaps import find_gaps
from alongside.walks.models import CoverGap, Walk
from alongside.walks.tests.test_walk import _walking
from tests.by_post import words_of
from tests.cast import hold, person, serving, sign_in
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


def _uncovered(days=6):
    """Micky's walk on a morning on which its cover is away, and a lead heard of it."""
    bev, priya, micky, walk = _walking()
    ruth = serving("Ruth Collier", Role.TEAM_LEAD)
    away = _away(priya, days)
    return bev, priya, micky, walk, ruth, away


@contextmanager
def _the_next_morning():
    with clock.moved_to(clock.now() + A_DAY):
        find_gaps()
        yield


@pytest.mark.parametrize("by_whom", ["bev", "priya", "micky"])
def test_a_gap_is_over_at_once_when_somebody_else_covers_whoever_found_them(by_whom):
    bev, priya, micky, walk, _ruth, _away_days = _uncovered()
    finder = {"bev": bev, "priya": priya, "micky": micky}[by_whom]
    with _the_next_morning():
        assert _why(walk) == ["cover_away"]
        with acting_as(finder):
            walks.change_cover(by=finder, walk=walk, cover=serving("Hodan Farah"))
        assert _why(walk) == []
        with as_owner():
            event = Event.objects.get(did="walks.mend_gap")
        assert (event.by_id, event.work) == (finder.pk, "walks.cover")


def test_a_gap_stays_where_whoever_is_to_cover_is_away_too():
    bev, _priya, _micky, walk, _ruth, _away_days = _uncovered()
    hodan = serving("Hodan Farah")
    _away(hodan)
    with _the_next_morning():
        with acting_as(bev):
            walks.change_cover(by=bev, walk=walk, cover=hodan)
        assert _why(walk) == ["cover_away"]


def test_a_gap_is_over_at_once_when_a_lead_writes_that_they_are_here_after_all():
    _bev, _priya, _micky, walk, ruth, away = _uncovered()
    with _the_next_morning():
        with acting_as(ruth):
            walks.not_away(by=ruth, away=away)
        assert _why(walk) == []


def test_a_gap_is_over_at_once_when_the_walk_is_handed_over_to_two_who_are_here():
    bev, _priya, micky, walk, _ruth, _away_days = _uncovered()
    with _the_next_morning():
        with acting_as(bev):
            talked = walks.propose_handover(by=bev, walk=walk, to=serving("Hodan Farah"))
            walks.meet_as_three(by=bev, handover=talked)
            walks.choose_handover(
                by=bev, handover=talked, chosen_by=micky, words="Hodan, then.", stays_as_cover=True
            )
        assert _why(walk) == []


def test_a_gap_is_over_at_once_when_the_walk_rests_and_other_gaps_stay():
    bev, priya, micky, walk, _ruth, _away_days = _uncovered()
    sheila = person("Sheila Bright")
    with acting_as(bev):
        other = walks.offer_walk(by=bev, people=[sheila], cover=priya)
        walks.begin_walk(by=bev, walk=other, said_by=sheila)
    with _the_next_morning():
        with acting_as(micky):
            walks.rest_walk(by=micky, walk=walk)
        assert (_why(walk), _why(other)) == ([], ["cover_away"])


def test_a_gap_is_closed_by_the_house_alone():
    bev, _priya, _micky, walk, _ruth, _away_days = _uncovered()
    with _the_next_morning(), acting_as(bev):
        gap = CoverGap.objects.get(walk=walk)
        with pytest.raises(Denied):
            walks.mend_gap(by=bev, gap=gap)


def test_a_lead_is_told_whom_to_ring_and_who_has_room_and_opens_nobodys_page(client):
    _bev, priya, micky, walk, ruth, _away_days = _uncovered()
    serving("Hodan Farah")
    hodan, callum = serving("Hodan Khan"), serving("Callum Reay")
    for one in (hodan, callum, priya):
        with acting_as(one):
            walks.have_room(by=one)
    _away(callum)
    with _the_next_morning():
        sign_in(client, ruth)
        page = client.get(reverse("lead")).content.decode()
    assert "Ring Bev" in page
    assert "Hodan Khan" in page
    # Away today, or said nothing of room.
    assert page.count("Callum Reay") == 0
    assert "Hodan Farah" not in page
    assert reverse("walk_cover", args=[walk.pk]) not in page
    assert str(micky.pk) not in page


def test_a_lead_who_keeps_the_walk_says_there_and_then_who_covers(client):
    bev, _priya, _micky, walk, _ruth, _away_days = _uncovered()
    hold(bev, Role.TEAM_LEAD)
    with _the_next_morning():
        sign_in(client, bev)
        page = client.get(reverse("lead")).content.decode()
        way = reverse("walk_cover", args=[walk.pk])
        assert f'href="{way}"' in page
        assert "Nobody says they have room today." in page
        client.post(way, {"who": str(serving("Hodan Farah").pk), "do": "reads"})
        assert "Somebody is there for everyone today." in client.get(reverse("lead")).content.decode()


def test_with_nothing_in_the_way_the_leads_page_says_so(client, db):
    sign_in(client, serving("Ruth Collier", "team_lead"))
    page = words_of(client.get(reverse("lead")))
    for kindly in (
        "Somebody is there for everyone today.",
        "Nobody has said so.",
        "Nobody, as far as they said.",
    ):
        assert kindly in page
