"""The arc and the map of one's life: drawn, changed and shown by the one they are about, and by nobody else."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction

from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.walks import operations as walks
from alongside.walks.models import ArcChoice, ArcLine, LifeMap, LifeMapPlace
from alongside.walks.policies import check_can_see_arc, check_can_see_life_map
from alongside.walks.tests.moments import EVERYBODY, micky_and_his_moments
from tests import deeds
from tests.database import as_owner
from tests.deeds import WORDS, deed
from tests.standing import standing

PERSON, WALKER = "the person", "the walker"
LAST_MONTH = dt.date(2026, 5, 17)


def own_world():
    """Around Micky, with his arc drawn, a line in it, and a place on the map of his life."""
    world = micky_and_his_moments()
    micky = world.micky
    with acting_as(micky):
        walks.draw_arc(by=micky, person=micky)
        world.line = walks.say_in_arc(by=micky, person=micky, month=LAST_MONTH, words="I rang her myself.")
        world.spot = walks.put_on_life_map(by=micky, person=micky, name="The yard")
        world.life_map = world.spot.life_map
    return world


OWN = [
    deed("walks.draw_arc", lambda by, w: walks.draw_arc(by=by, person=w.micky), {PERSON}, "seen_at"),
    deed("walks.show_arc", lambda by, w: walks.show_arc(by=by, person=w.micky), {PERSON}, "shown_at"),
    deed("walks.hide_arc", lambda by, w: walks.hide_arc(by=by, person=w.micky), {PERSON}, "shown_at"),
    deed("walks.put_arc_away", lambda by, w: walks.put_arc_away(by=by, person=w.micky), {PERSON}, "seen_at"),
    deed("walks.say_in_arc",
         lambda by, w: walks.say_in_arc(by=by, person=w.micky, month=LAST_MONTH, words=WORDS),
         {PERSON}, "words"),
    deed("walks.leave_out_of_arc",
         lambda by, w: walks.leave_out_of_arc(by=by, person=w.micky, month=LAST_MONTH, strand="around",
                                              what=w.moment.pk),
         {PERSON}, "leaves_out"),
    deed("walks.drop_arc_line", lambda by, w: walks.drop_arc_line(by=by, line=w.line), {PERSON}),
    deed("walks.put_on_life_map",
         lambda by, w: walks.put_on_life_map(by=by, person=w.micky, name="The river", words=WORDS),
         {PERSON}, "name words"),
    deed("walks.say_life_map_place_again",
         lambda by, w: walks.say_life_map_place_again(by=by, place=w.spot, words=WORDS), {PERSON}, "words"),
    deed("walks.take_off_life_map", lambda by, w: walks.take_off_life_map(by=by, place=w.spot), {PERSON},
         "taken_off_at"),
    deed("walks.show_life_map",
         lambda by, w: walks.show_life_map(by=by, life_map=w.life_map, shown=True), {PERSON}, "shown"),
]  # fmt: skip
# Nobody else finds an arc to show: the rows hide it, and the operation then says to look at it first.
BY_ROWS = [one for one in OWN if one.did != "walks.show_arc"]
WITH_WORDS = [one for one in OWN if "words" in one.fields]


built, world = standing(own_world)


@deeds.named(OWN)
def test_nobody_but_the_one_it_is_about_does_it_and_nothing_changes(deed, world):
    deeds.refused(deed, EVERYBODY, world, "walks")


@deeds.named(BY_ROWS)
def test_with_every_policy_switched_off_the_rows_still_refuse_it(deed, world):
    deeds.refused_by_the_database(deed, EVERYBODY, world, "walks")


@deeds.each(OWN)
def test_who_did_it_and_which_fields_is_written_down_and_no_word_of_it(deed, who, world):
    deeds.recorded(deed, who, world)


@deeds.named(WITH_WORDS)
def test_words_are_kept_as_a_digest_of_their_persons_own(deed, world):
    deeds.digested_for(deed, PERSON, world, world.micky)


@deeds.named(OWN)
def test_where_the_audit_cannot_be_written_nothing_is(deed, world):
    deeds.undone_without_audit(deed, PERSON, world, "walks")


def test_an_arc_is_seen_by_its_person_before_it_is_shown_to_anybody(world):
    micky = world.micky
    with acting_as(micky):
        walks.put_arc_away(by=micky, person=micky)
        with pytest.raises(ValueError, match="Look at it first"):
            walks.show_arc(by=micky, person=micky)
    with (
        as_owner(),
        pytest.raises(IntegrityError, match="arc_is_seen_by_its_person_first"),
        transaction.atomic(),
    ):
        ArcChoice.objects.filter(person=micky).update(seen_at=None, shown_at=clock.now())


def test_a_walker_sees_nothing_of_it_until_it_is_shown_and_nothing_again_once_it_is_hidden(world):
    micky, bev = world.micky, world.who[WALKER]

    def seen_by_bev():
        with acting_as(bev):
            rows = (
                ArcChoice.objects.filter(person=micky).exists(),
                ArcLine.objects.filter(person=micky).exists(),
            )
            return (*rows, check_can_see_arc.allows(bev, micky))

    assert seen_by_bev() == (False, False, False)
    with acting_as(micky):
        walks.show_arc(by=micky, person=micky)
    assert seen_by_bev() == (True, True, True)
    with acting_as(micky):
        walks.hide_arc(by=micky, person=micky)
    assert seen_by_bev() == (False, False, False)


def test_a_shown_arc_is_shown_to_whoever_walks_with_them_and_to_nobody_else(world):
    micky = world.micky
    with acting_as(micky):
        walks.show_arc(by=micky, person=micky)
        walks.show_life_map(by=micky, life_map=world.life_map, shown=True)
    may_see = {PERSON, WALKER, "the cover"}
    for check in (check_can_see_arc, check_can_see_life_map):
        for who, viewer in world.who.items():
            with acting_as(viewer):
                assert check.allows(viewer, micky) is (who in may_see), who


def test_leaving_the_same_event_out_twice_is_once_and_it_can_be_put_back(world):
    micky, what = world.micky, uuid4()
    with acting_as(micky):
        once = walks.leave_out_of_arc(by=micky, person=micky, month=LAST_MONTH, strand="mine", what=what)
        again = walks.leave_out_of_arc(by=micky, person=micky, month=LAST_MONTH, strand="mine", what=what)
        assert once == again
        walks.drop_arc_line(by=micky, line=again)
        assert not ArcLine.objects.filter(leaves_out=what).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "  "}, "a word or two"),
        ({"words": "x" * 301}, "fewer words"),
        ({"words": "I did", "month": dt.date(2999, 1, 1)}, "not come yet"),
        ({"words": "I did", "strand": "sideways"}, "around you, or yours"),
    ],
)
def test_what_cannot_stand_in_an_arc_is_told_in_a_sentence(world, given, said):
    with acting_as(world.micky), pytest.raises(ValueError, match=said):
        walks.say_in_arc(by=world.micky, person=world.micky, **{"month": LAST_MONTH, **given})


@pytest.mark.parametrize(("name", "said"), [(" ", "Give this place a name"), ("x" * 201, "shorter name")])
def test_a_place_on_the_map_has_a_name_of_a_bearable_length(world, name, said):
    with acting_as(world.micky), pytest.raises(ValueError, match=said):
        walks.put_on_life_map(by=world.micky, person=world.micky, name=name)


def test_a_place_said_again_stands_beside_what_was_said_before(world):
    micky = world.micky
    with acting_as(micky):
        walks.say_life_map_place_again(by=micky, place=world.spot, words="Quieter now.")
        places = LifeMapPlace.objects.filter(life_map=world.life_map).order_by("at")
        assert [(one.name, one.words, one.taken_off_at is None) for one in places] == [
            ("The yard", "", False),
            ("The yard", "Quieter now.", True),
        ]


def test_a_persons_map_is_one_however_many_places_are_on_it(world):
    micky = world.micky
    with acting_as(micky):
        walks.put_on_life_map(by=micky, person=micky, name="The river")
        assert LifeMap.objects.filter(person=micky).count() == 1


def test_nothing_that_is_kept_of_an_arc_or_a_map_is_a_number():
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    kept = [
        f"{model.__name__}.{field.name}"
        for model in (ArcChoice, ArcLine, LifeMap, LifeMapPlace)
        for field in model._meta.concrete_fields
        if isinstance(field, numbers)
    ]
    assert kept == []


def test_a_walker_may_not_say_it_for_them(world):
    with acting_as(world.who[WALKER]), pytest.raises(Denied, match="Only the one it is about"):
        walks.say_in_arc(by=world.who[WALKER], person=world.micky, month=LAST_MONTH, words="He did well.")
