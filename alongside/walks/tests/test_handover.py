"""A handover is meetings of three and the person's own choice; a gap in cover is heard by a human (I6, I7)."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from alongside.consent.policies import basis_for
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.messages.models import Message
from alongside.people.models import Role, Room
from alongside.walks import operations as walks
from alongside.walks.gaps import find_gaps
from alongside.walks.models import Company, CoverGap, Handover, Moment, SaidFull
from alongside.walks.tests.test_walk import _walking
from tests.cast import serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_handover_needs_a_meeting_of_three_and_the_persons_choice():
    bev, priya, micky, walk = _walking()
    hodan = serving("Hodan Farah")
    with acting_as(bev):
        handover = walks.propose_handover(by=bev, walk=walk, to=hodan, why="A baby on the way.")
        with pytest.raises(ValueError, match="Meet as three first"):
            walks.choose_handover(by=bev, handover=handover, chosen_by=micky, words="Aye.")
        walks.meet_as_three(by=bev, handover=handover, words="Tea at the Kettle.")
        with pytest.raises(Denied):
            walks.choose_handover(by=bev, handover=handover, chosen_by=priya, words="I choose for him.")
        walks.choose_handover(by=bev, handover=handover, chosen_by=micky, words="She'll do.")
    with as_owner():
        kept = {row.part: row.person_id for row in Company.objects.filter(walk=walk, to_at__isnull=True)}
        assert kept == {"walker": hodan.pk, "cover": priya.pk}
        assert Moment.objects.get(kind="handover").words == "She'll do."
    with acting_as(hodan):
        assert basis_for(hodan, micky).whole


def test_the_database_itself_refuses_a_handover_that_nobody_met_for():
    bev, priya, micky, walk = _walking()
    hodan = serving("Hodan Farah")
    with acting_as(bev):
        handover = walks.propose_handover(by=bev, walk=walk, to=hodan)
        moment = Moment(
            person=micky,
            walk=walk,
            words="x",
            by=micky,
            written_down_by=bev,
            at=clock.now(),
            kept_at=clock.now(),
        )
        moment.save(force_insert=True)
    with as_owner(), pytest.raises(IntegrityError, match="meeting of three"), transaction.atomic():
        Handover.objects.filter(pk=handover.pk).update(
            state="done", chosen_by=micky, new_cover=priya, moment=moment
        )


def test_walker_and_cover_may_change_places():
    bev, priya, micky, walk = _walking()
    with acting_as(bev):
        handover = walks.propose_handover(by=bev, walk=walk, to=priya)
        walks.meet_as_three(by=bev, handover=handover)
        walks.choose_handover(
            by=bev, handover=handover, chosen_by=micky, words="Priya, then.", stays_as_cover=True
        )
    with as_owner():
        kept = {row.part: row.person_id for row in Company.objects.filter(walk=walk, to_at__isnull=True)}
    assert kept == {"walker": priya.pk, "cover": bev.pk}


def test_a_cover_who_is_away_is_a_gap_that_a_lead_hears_of_once_until_it_is_mended():
    bev, priya, _micky, walk = _walking()
    ruth = serving("Ruth Collier", Role.TEAM_LEAD)
    tomorrow = clock.today() + dt.timedelta(days=1)
    with acting_as(priya):
        walks.say_away(by=priya, worker=priya, from_day=tomorrow, to_day=tomorrow + dt.timedelta(days=6))
    assert find_gaps() == 0
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        assert find_gaps() == 1
        assert find_gaps() == 0
        with as_owner():
            gap = CoverGap.objects.get(walk=walk)
            assert (gap.why, gap.alarmed_id) == ("cover_away", ruth.pk)
            assert set(Message.objects.values_list("to_person_id", flat=True)) == {bev.pk, ruth.pk}
            assert not Message.objects.filter(words__contains="Micky").exists()
        with acting_as(bev):
            walks.change_cover(by=bev, walk=walk, cover=serving("Hodan Farah"))
        assert find_gaps() == 0
        with as_owner():
            assert CoverGap.objects.get(walk=walk).mended_at is not None


def test_saying_full_is_one_tap_and_the_place_answers_for_it():
    bev, *_rest = _walking()
    ruth = serving("Ruth Collier", Role.TEAM_LEAD)
    with acting_as(bev):
        full = walks.say_full(by=bev)
        assert walks.say_full(by=bev).pk == full.pk
        assert Room.objects.get(person=bev).room_for == 0
        with pytest.raises(Denied):
            walks.answer_full(by=bev, full=full, words="No.")
    with acting_as(ruth):
        full = SaidFull.objects.get(pk=full.pk)
        walks.answer_full(by=ruth, full=full, words="Callum takes two from Monday.")
    with acting_as(bev):
        walks.have_room(by=bev, room_for=2)
        assert SaidFull.objects.get(pk=full.pk).over_at is not None
