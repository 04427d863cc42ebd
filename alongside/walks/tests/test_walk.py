"""A walk goes on by what people say, and never by itself (I6, I32, F12)."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.consent.policies import basis_for
from alongside.kernel import clock
from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.people.models import Role
from alongside.walks import operations as walks
from alongside.walks.models import Company, Walk
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def _two_and_micky():
    return serving("Bev Ormerod"), serving("Priya Nair"), person("Micky Garrod")


def _walking():
    bev, priya, micky = _two_and_micky()
    with acting_as(bev):
        walk = walks.offer_walk(by=bev, people=[micky], cover=priya, words="I'd like to walk with you.")
        walks.begin_walk(by=bev, walk=walk, said_by=micky, words="Aye, go on then.")
    return bev, priya, micky, walk


def test_a_walk_begins_with_a_yes_and_two_who_may_read():
    bev, priya, micky, walk = _walking()
    assert walk.state == Walk.State.WALKING
    for keeper in (bev, priya):
        with acting_as(keeper):
            assert basis_for(keeper, micky).whole


def test_an_offer_opens_nothing():
    bev, priya, micky = _two_and_micky()
    with acting_as(bev):
        walks.offer_walk(by=bev, people=[micky], cover=priya)
        assert basis_for(bev, micky) is None


def test_a_walk_does_not_begin_without_somebody_else_who_covers():
    bev, _priya, micky = _two_and_micky()
    with acting_as(bev):
        walk = walks.offer_walk(by=bev, people=[micky])
        with pytest.raises(ValueError, match="Nobody is left with one person only"):
            walks.begin_walk(by=bev, walk=walk, said_by=micky)
        with pytest.raises(Denied):
            walks.begin_walk(by=bev, walk=walk, cover=bev, said_by=micky)


def _take_the_cover_away(walk):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM walks_company WHERE walk_id = %s AND part = 'cover'", [walk.pk])
        cursor.execute("UPDATE walks_walk SET state_at = state_at WHERE id = %s", [walk.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_itself_refuses_an_active_walk_without_cover():
    _bev, _priya, _micky, walk = _walking()
    with as_owner(), pytest.raises(IntegrityError, match="a different cover"), transaction.atomic():
        _take_the_cover_away(walk)


def test_no_named_work_of_the_house_moves_a_walk():
    bev, _priya, _micky, walk = _walking()
    with (
        working_on("walks.cover", person=bev),
        pytest.raises(IntegrityError, match="only people change what a walk is"),
        transaction.atomic(),
    ):
        Walk.objects.filter(pk=walk.pk).update(state="resting")


def test_resting_and_coming_back_is_one_tap_each_and_keeps_the_two():
    bev, priya, micky, walk = _walking()
    with acting_as(micky):
        walks.rest_walk(by=micky, walk=walk, words="I've got your number, Bev.")
        assert Walk.objects.get(pk=walk.pk).state == Walk.State.RESTING
        walks.come_back(by=micky, walk=walk)
        kept = {row.part: row.person_id for row in Company.objects.filter(walk=walk, to_at__isnull=True)}
    assert kept == {"walker": bev.pk, "cover": priya.pk}


def test_coming_back_after_both_have_left_names_two_who_are_here():
    bev, priya, micky, walk = _walking()
    hodan, callum = serving("Hodan Farah"), serving("Callum Reay", Role.PEER)
    with acting_as(micky):
        walks.rest_walk(by=micky, walk=walk)
    with as_owner():
        for gone in (bev, priya):
            gone.roles.update(to_day=clock.today() - dt.timedelta(days=1))
    with acting_as(micky):
        walks.come_back(by=micky, walk=walk)
    with as_owner():
        kept = {row.person_id for row in Company.objects.filter(walk=walk, to_at__isnull=True)}
    assert kept == {hodan.pk, callum.pk}


def test_a_worker_who_keeps_another_walk_is_turned_away():
    _bev, _priya, _micky, walk = _walking()
    hodan = serving("Hodan Farah")
    with acting_as(hodan), pytest.raises(Denied):
        walks.rest_walk(by=hodan, walk=walk)
    with acting_as(hodan):
        assert not Walk.objects.filter(pk=walk.pk).exists()


def test_whoever_left_reads_nobodys_page_when_one_of_several_comes_back_alone():
    bev, priya = serving("Bev Ormerod"), serving("Priya Nair")
    kayleigh, filmon = person("Kayleigh Stott"), person("Filmon Tesfay")
    with acting_as(bev):
        walk = walks.offer_walk(by=bev, people=[kayleigh, filmon], cover=priya)
    for one in (kayleigh, filmon):
        with acting_as(one):
            walks.begin_walk(by=one, walk=Walk.objects.get(pk=walk.pk), words="Yes.")
    with acting_as(kayleigh):
        walks.rest_walk(by=kayleigh, walk=Walk.objects.get(pk=walk.pk))
    serving("Hodan Farah"), serving("Callum Reay", Role.PEER)
    with as_owner():
        for gone in (bev, priya):
            gone.roles.update(to_day=clock.today() - dt.timedelta(days=1))
    with acting_as(kayleigh):
        walks.come_back(by=kayleigh, walk=Walk.objects.get(pk=walk.pk))
    for gone in (bev, priya):
        with acting_as(gone):
            assert basis_for(gone, kayleigh) is None
            assert basis_for(gone, filmon) is None


@pytest.mark.parametrize("declined", [False, True])
def test_coming_back_is_nobodys_way_to_a_yes_that_was_never_said(declined):
    bev, priya, micky = _two_and_micky()
    with acting_as(bev):
        walk = walks.offer_walk(by=bev, people=[micky], cover=priya)
        if declined:
            walks.decline_walk(by=bev, walk=walk, said_by=micky, words="Not now.")
        with pytest.raises(Denied, match="have not said yes"):
            walks.come_back(by=bev, walk=walk)
        assert basis_for(bev, micky) is None
    with acting_as(micky):
        walks.come_back(by=micky, walk=Walk.objects.get(pk=walk.pk))
    with acting_as(bev):
        assert basis_for(bev, micky).whole
