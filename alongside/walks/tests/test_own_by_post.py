"""A person's map and arc, sent without a script, by two taps at once and by other hands (I35, T6)."""

import uuid

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.kernel.acting import acting_as
from alongside.walks import operations
from alongside.walks.models import ArcChoice, ArcLine, LifeMap, LifeMapPlace
from alongside.walks.tests.moments import COVER, NEIGHBOUR, PERSON, TOGETHER, WALKER, micky_and_his_moments
from tests.by_post import by_post
from tests.database import as_owner
from tests.standing import standing

built, world = standing(micky_and_his_moments)


@pytest.fixture
def at(client, world):
    ask = by_post(client, world)
    return lambda who, name, /, **said: ask(who, name, world.micky, **said)


@pytest.fixture
def place(world):
    with acting_as(world.micky):
        return operations.put_on_life_map(by=world.micky, person=world.micky, name="The yard", words="Loud.")


def on_the_map():
    with as_owner():
        return list(LifeMapPlace.objects.filter(taken_off_at__isnull=True).values_list("name", "words"))


def test_a_place_said_again_by_two_taps_stands_once(at, place):
    for _tap in range(2):
        at(PERSON, "life_map_again", place=str(place.pk), words="Quiet now.")
    assert on_the_map() == [("The yard", "Quiet now.")]


def test_a_sign_that_is_no_letter_breaks_no_page(at, place):
    assert at(PERSON, "life_map_again", place=str(place.pk), words="Quiet\x00now.").status_code == 302
    ((name, words),) = on_the_map()
    assert (name, "Quiet" in words, "\x00" in words) == ("The yard", True, False)


def test_a_place_taken_off_by_two_taps_is_off_since_the_first(at, place):
    at(PERSON, "life_map_off", place=str(place.pk))
    with as_owner():
        first = LifeMapPlace.objects.get().taken_off_at
    at(PERSON, "life_map_off", place=str(place.pk))
    with as_owner():
        assert LifeMapPlace.objects.get().taken_off_at == first
    assert on_the_map() == []


def test_shown_and_hidden_again_is_one_press_each(at, place):
    for shown, opens in (("yes", True), ("no", False)):
        at(PERSON, "life_map_show", shown=shown)
        for who in (WALKER, COVER):
            assert ("Loud." in at(who, "life_map").content.decode()) is opens
        with as_owner():
            assert LifeMap.objects.get().shown is opens


def test_there_is_nothing_to_show_before_there_is_a_map(at, world):
    assert at(PERSON, "life_map_show", shown="yes").status_code == 404
    with as_owner():
        assert not LifeMap.objects.exists()


@pytest.mark.parametrize("name", ["life_map_put", "life_map_again", "life_map_off", "life_map_show"])
@pytest.mark.parametrize("who", [WALKER, COVER, TOGETHER, NEIGHBOUR])
def test_nobody_draws_on_somebody_elses_map(at, place, name, who):
    answer = at(who, name, place=str(place.pk), name="Home", words="Mine now.", shown="yes")
    assert answer.status_code in (403, 404)
    assert on_the_map() == [("The yard", "Loud.")]


def test_the_database_lets_nobody_draw_on_it_either(world, place):
    drawn = place.life_map_id
    with acting_as(world.who[WALKER]), connection.cursor() as cursor:
        for statement, values in (
            ("UPDATE walks_lifemap SET shown = true WHERE id = %s", [drawn]),
            ("UPDATE walks_lifemapplace SET taken_off_at = now() WHERE id = %s", [place.pk]),
            ("DELETE FROM walks_lifemapplace WHERE id = %s", [place.pk]),
        ):
            with transaction.atomic():
                cursor.execute(statement, values)
                assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM walks_lifemap")
        assert cursor.fetchone() == (0,), "not shown, there is none to see"


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000007"])
@pytest.mark.parametrize("name", ["life_map_again", "life_map_off"])
def test_a_place_that_is_none_is_not_found(at, place, name, key):
    assert at(PERSON, name, place=key, words="x").status_code == 404


def test_a_name_that_is_too_long_is_told_and_both_boxes_keep_their_words(at, world):
    page = at(PERSON, "life_map_put", name="n" * 201, words="It smells of rain.").content.decode()
    assert "200" in page
    assert "n" * 201 in page
    assert "It smells of rain." in page


MONTH = "2026-03"


def lines():
    with as_owner():
        return list(ArcLine.objects.values_list("strand", "words"))


@pytest.fixture
def drawn(world):
    with acting_as(world.micky):
        return operations.draw_arc(by=world.micky, person=world.micky)


@pytest.mark.parametrize("strand", ["around", "mine"])
def test_words_of_ones_own_are_put_in_a_month_and_taken_back(at, drawn, strand):
    sent = at(PERSON, "arc_say", month=MONTH, strand=strand, words="The dog came.")
    assert sent.url.endswith(f"?to={MONTH}&month={MONTH}#m-{MONTH}")
    assert lines() == [(strand, "The dog came.")]
    with as_owner():
        line = ArcLine.objects.get()
    at(PERSON, "arc_take_back", line=str(line.pk))
    assert lines() == []
    assert at(PERSON, "arc_take_back", line=str(line.pk)).status_code == 404


def test_a_strand_nobody_knows_is_ones_own(at, drawn):
    at(PERSON, "arc_say", month=MONTH, strand="score", words="The dog came.")
    assert lines() == [("mine", "The dog came.")]


@pytest.mark.parametrize("month", ["", "2026-13", "March", "2026", "99999-01"])
@pytest.mark.parametrize("name", ["arc_say", "arc_leave_out"])
def test_a_month_that_is_none_is_not_found_and_nothing_is_kept(at, drawn, name, month):
    assert at(PERSON, name, month=month, words="x", what=str(uuid.uuid4())).status_code == 404
    assert lines() == []


@pytest.mark.parametrize("what", ["", "x", "1"])
def test_what_is_left_out_is_named(at, drawn, what):
    assert at(PERSON, "arc_leave_out", month=MONTH, what=what).status_code == 404


def test_left_out_by_two_taps_is_left_out_once(at, world, drawn):
    for _tap in range(2):
        assert at(PERSON, "arc_leave_out", month=MONTH, what=str(world.moment.pk)).status_code == 302
    with as_owner():
        assert ArcLine.objects.get().leaves_out == world.moment.pk


def test_no_words_at_all_are_told_in_a_sentence(at, drawn):
    answer = at(PERSON, "arc_say", month=MONTH, words="  ")
    assert answer.status_code == 200
    assert lines() == []


@pytest.mark.parametrize(
    "name", ["arc_draw", "arc_show", "arc_hide", "arc_put_away", "arc_say", "arc_leave_out"]
)
@pytest.mark.parametrize("who", [WALKER, COVER, TOGETHER, NEIGHBOUR])
def test_nobody_draws_somebody_elses_arc(at, world, drawn, name, who):
    answer = at(who, name, month=MONTH, words="Mine now.", what=str(world.moment.pk), strand="mine")
    assert answer.status_code in (403, 404)
    assert lines() == []
    with as_owner():
        choice = ArcChoice.objects.get()
    assert (choice.seen_at is not None, choice.shown_at) == (True, None)


def test_shown_before_it_was_seen_is_told_in_a_sentence(client, at, world):
    sent = at(PERSON, "arc_show", yes="1")
    assert "Look at it first. Then say whether anybody else may." in client.get(sent.url).content.decode()
    with as_owner():
        assert not ArcChoice.objects.filter(shown_at__isnull=False).exists()


def test_put_away_nobody_sees_it_and_its_words_come_back_with_it(at, world, drawn):
    at(PERSON, "arc_say", month=MONTH, strand="mine", words="The dog came.")
    at(PERSON, "arc_show", yes="1")
    at(PERSON, "arc_put_away", yes="1")
    assert at(WALKER, "arc").status_code in (403, 404)
    at(PERSON, "arc_draw", yes="1")
    assert lines() == [("mine", "The dog came.")]


def test_a_shown_arc_is_looked_at_once_by_another_and_never_by_its_person(at, world, drawn):
    at(PERSON, "arc_show", yes="1")
    for who, looks in ((PERSON, 0), (WALKER, 1), (COVER, 1)):
        assert at(who, "arc").status_code == 200
        with as_owner():
            assert (
                Look.objects.filter(by_id=world.who[who].pk, page="arc", person_id=world.micky.pk).count()
                == looks
            )


def test_a_map_asks_as_often_for_many_places_as_for_one(client, at, world, place):
    def asked():
        with CaptureQueriesContext(connection) as asking:
            client.get(reverse("life_map", args=[world.micky.pk]))
        return len(asking)

    at(PERSON, "life_map")
    few = asked()
    with acting_as(world.micky):
        for number in range(6):
            operations.put_on_life_map(by=world.micky, person=world.micky, name=f"Place {number}")
    assert asked() == few
