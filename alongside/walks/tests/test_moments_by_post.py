"""Every form of a moment, sent without a script and with odd things in it: refused in words, nothing lost (I16)."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from alongside.audit.models import Look
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.walks import operations
from alongside.walks.models import Draft, Moment, MomentAfter, SaidFull, TimeWriting
from alongside.walks.tests.moments import (
    COVER,
    EVERYBODY,
    LEAD,
    NEIGHBOUR,
    OTHER,
    PAST,
    PERSON,
    READER,
    STEWARD,
    TOGETHER,
    WALKER,
    WRITERS,
    micky_and_his_moments,
)
from tests import cast
from tests.by_post import by_post, words_of
from tests.database import as_owner
from tests.standing import standing

READ = WRITERS | {READER}
NUL = "before\x00after"


built, world = standing(micky_and_his_moments)


@pytest.fixture
def at(client, world):
    ask = by_post(client, world)

    def open_or_send(who, name, moment=None, /, **said):
        about = None if name in ("time_writing", "moment_who", "say_full") else world.micky
        return ask(who, name, about, moment, **said)

    return open_or_send


def after(moment):
    with as_owner():
        return list(MomentAfter.objects.filter(moment=moment).order_by("number"))


def moments():
    with as_owner():
        return Moment.objects.count()


FORMS = [
    ("moment_new", None, WRITERS),
    ("moment", "moment", READ),
    ("moment_answer", "moment", WRITERS),
    ("moment_say_again", "moment", {WALKER}),
    ("moment_say_again", "said", {PERSON, WALKER}),
    ("moment_audience", "moment", {PERSON}),
]


@pytest.mark.parametrize(
    ("name", "which", "may"), FORMS, ids=[f"{name}-{which}" for name, which, _may in FORMS]
)
def test_a_page_opens_for_those_whom_it_is_for_and_for_nobody_else(at, world, name, which, may):
    moment = getattr(world, which) if which else None
    assert {who for who in EVERYBODY if at(who, name, moment).status_code == 200} == may


@pytest.mark.parametrize("who", [NEIGHBOUR, LEAD, STEWARD, OTHER, PAST, TOGETHER, READER])
@pytest.mark.parametrize("name", ["moment_new", "moment_answer", "moment_say_again", "moment_audience"])
def test_whoever_may_not_sends_it_in_vain(at, world, who, name):
    before = moments()
    moment = None if name == "moment_new" else world.moment
    answer = at(who, name, moment, words="Mine now.", audience="only_us", client_id=str(uuid4()))
    assert answer.status_code in (403, 404)
    assert (moments(), after(world.moment)) == (before, [])


@pytest.mark.parametrize(("name", "back"), [
    ("moment_new", "moments"), ("moment", "moments"), ("moment_answer", "moment"), ("moment_say_again", "moment"),
    ("moment_audience", "moment"),
])  # fmt: skip
def test_there_is_a_way_back_from_every_page(at, world, name, back):
    who = PERSON if name == "moment_audience" else WALKER
    moment = None if name == "moment_new" else world.moment
    to = reverse(back, args=[world.micky.pk, *([world.moment.pk] if back == "moment" else [])])
    assert to in words_of(at(who, name, moment))


@pytest.mark.parametrize("name", ["moments", "moment"])
def test_it_is_looked_at_once_by_another_and_never_by_its_person(at, world, name):
    moment = world.moment if name == "moment" else None
    for who, looks in ((PERSON, 0), (WALKER, 1), (COVER, 1)):
        at(who, name, moment)
        with as_owner():
            found = Look.objects.filter(by_id=world.who[who].pk, page="moments", person_id=world.micky.pk)
            assert found.count() == looks


@pytest.mark.parametrize("name", ["moment_answer", "moment_say_again"])
@pytest.mark.parametrize(("typed", "sentence"), [
    ("   ", "Say a word or two. That is plenty."), ("x" * 20_001, "That is more than this box can hold."),
])  # fmt: skip
def test_a_slip_is_told_with_every_word_still_in_it(at, world, name, typed, sentence):
    page = words_of(at(WALKER, name, world.moment, words=typed, client_id=str(uuid4()), follows="0"))
    assert sentence in page
    assert typed.strip() in page
    assert after(world.moment) == []


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("minutes_other", "an hour", "Write the minutes as a number, like 45."),
    ("minutes_other", "0", "Write the minutes as a number, like 45."),
    ("minutes_other", "-5", "Write the minutes as a number, like 45."),
    ("minutes_other", "1441", "That is more than a day. Write it as two moments."),
    ("kind", "score", "is not one of the available choices"),
    ("audience", "everybody", "is not one of the available choices"),
    ("language", "tlh", "is not one of the available choices"),
    ("there_too", "somebody", "is not one of the available choices"),
])  # fmt: skip
def test_an_odd_answer_is_told_beside_its_box_and_the_words_stay(at, world, field, typed, sentence):
    before = moments()
    said = {"words": "We had a brew.", "minutes_together": "other", "client_id": str(uuid4())}
    page = words_of(at(WALKER, "moment_new", **(said | {field: typed})))
    assert sentence in page
    assert "We had a brew." in page
    assert moments() == before


@pytest.mark.parametrize("day", [("31", "2", "2026"), ("x", "3", "2026"), ("1", "13", "2026")])
def test_a_day_in_no_calendar_is_told_and_stays_as_it_was_typed(at, world, day):
    typed = dict(zip(("day_day", "day_month", "day_year"), day, strict=True))
    page = words_of(at(WALKER, "moment_new", words="We had a brew.", client_id=str(uuid4()), **typed))
    assert "That day is not in the calendar. Write it like 27 3 2027." in page
    assert all(f'value="{part}"' in page for part in day)
    assert "We had a brew." in page


def test_tomorrow_has_not_been_whatever_the_clock_says(at, world):
    with clock.moved_to(dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)):
        said = {"words": "New year.", "day_day": "1", "day_month": "1", "day_year": "2027"}
        page = words_of(at(WALKER, "moment_new", client_id=str(uuid4()), **said))
    assert "That day is still to come. Which day was it?" in page
    assert "New year." in page


@pytest.mark.parametrize("name", ["moment_new", "moment_answer", "moment_say_again"])
def test_a_sign_that_is_no_letter_is_told_and_breaks_no_page(at, world, name):
    moment = None if name == "moment_new" else world.moment
    answer = at(WALKER, name, moment, words=NUL, client_id=str(uuid4()), follows="0")
    assert answer.status_code == 200
    assert "after" in words_of(answer)


def test_a_draft_with_a_sign_that_is_no_letter_breaks_no_page(at, world):
    assert at(WALKER, "moment_draft", words=NUL, client_id=str(uuid4())).status_code == 200


def test_full_is_said_also_with_a_sign_that_is_no_letter(at, world):
    assert at(WALKER, "say_full", words=NUL).status_code == 302
    with as_owner():
        assert SaidFull.objects.filter(worker=world.who[WALKER], over_at__isnull=True).exists()


@pytest.mark.parametrize(
    "seen", ["", "x", "2026-03-02", "2026-03-02T09:00:00", "2026-13-45T99:00:00+00:00", NUL]
)
@pytest.mark.parametrize("client_id", ["", "x", "no-name"])
def test_a_draft_is_kept_however_odd_what_its_page_remembers(at, world, seen, client_id):
    with as_owner():
        Draft.objects.all().delete()
    answer = at(WALKER, "moment_draft", words="He said that he", client_id=client_id, seen=seen)
    assert answer.status_code == 200
    with as_owner():
        assert list(Draft.objects.values_list("words", flat=True)) == ["He said that he"]


@pytest.mark.parametrize("seen", ["2026-03-02", "2026-03-02T09:00:00", "9999-12-31T23:59:59", NUL])
def test_a_draft_that_is_there_already_is_kept_as_well(at, world, seen):
    page = str(uuid4())
    at(WALKER, "moment_draft", words="He said", client_id=page)
    assert at(WALKER, "moment_draft", words="He said that", client_id=page, seen=seen).status_code == 200
    with as_owner():
        assert "He said that" in set(Draft.objects.values_list("words", flat=True))


@pytest.mark.parametrize("follows", ["-1", "x", "99999999999999"])
def test_an_odd_count_of_what_was_read_loses_no_words(at, world, follows):
    answer = at(
        WALKER, "moment_answer", world.moment, words="Good brew.", follows=follows, client_id=str(uuid4())
    )
    assert answer.status_code in (200, 302)
    if answer.status_code == 200:
        assert "Good brew." in words_of(answer)
    else:
        assert [one.words for one in after(world.moment)] == ["Good brew."]


@pytest.mark.parametrize(("said_by", "whose"), [("me", WALKER), ("them", PERSON), ("", WALKER)])
def test_an_answer_is_the_writers_own_or_the_persons_in_their_hand(at, world, said_by, whose):
    at(
        WALKER,
        "moment_answer",
        world.moment,
        words="Aye.",
        said_by=said_by,
        follows="0",
        client_id=str(uuid4()),
    )
    (one,) = after(world.moment)
    assert (one.by, one.written_down_by) == (world.who[whose], world.who[WALKER])


def test_a_person_answers_for_nobody_but_themself(at, world):
    at(
        PERSON,
        "moment_answer",
        world.moment,
        words="Aye.",
        said_by="them",
        follows="0",
        client_id=str(uuid4()),
    )
    (one,) = after(world.moment)
    assert (one.by, one.written_down_by) == (world.micky, world.micky)


@pytest.mark.parametrize("audience", ["walkers", "named", "only_us"])
def test_the_person_says_whom_it_is_for_and_it_holds_from_the_next_page(at, world, audience):
    assert at(PERSON, "moment_audience", world.moment, audience=audience).status_code == 302
    opens = {
        who
        for who in (WALKER, COVER, READER, NEIGHBOUR)
        if at(who, "moment", world.moment).status_code == 200
    }
    assert (
        opens
        == {"walkers": {WALKER, COVER, READER}, "named": {WALKER, READER}, "only_us": {WALKER}}[audience]
    )


@pytest.mark.parametrize("audience", ["", "everybody"])
def test_nobody_in_particular_is_asked_about(at, world, audience):
    answer = at(PERSON, "moment_audience", world.moment, audience=audience)
    assert answer.status_code == 200
    with as_owner():
        assert Moment.objects.get(pk=world.moment.pk).audience == "walkers"


def test_the_database_lets_nobody_else_say_whom_it_is_for(world):
    for who in (WALKER, COVER, READER, LEAD):
        with acting_as(world.who[who]), connection.cursor() as cursor, transaction.atomic():
            cursor.execute("UPDATE walks_moment SET audience = 'only_us' WHERE id = %s", [world.moment.pk])
            assert cursor.rowcount == 0


@pytest.mark.parametrize("who", sorted(set(EVERYBODY) - {WALKER}))
def test_how_long_writing_took_is_on_nobody_elses_page(at, world, who):
    with as_owner():
        assert TimeWriting.objects.filter(worker=world.who[WALKER]).exists()
    answer = at(who, "time_writing")
    assert answer.status_code in (200, 403)
    assert "Bev" not in words_of(answer).replace(str(world.who[who]), "")


@pytest.mark.parametrize(
    "query", ["?q=%00", "?kind=score", "?who=x", "?after=%00", "?after=x.y", "?q=" + "x" * 201]
)
def test_an_odd_question_is_a_page_that_shows_what_there_is(client, world, query):
    cast.sign_in(client, world.micky)
    assert client.get(reverse("moments", args=[world.micky.pk]) + query).status_code == 200


def test_nothing_is_let_go_of_by_opening_an_address(client, world):
    cast.sign_in(client, world.who[WALKER])
    address = reverse("moment_draft_drop", args=[world.micky.pk, world.draft.pk])
    assert client.get(address).status_code == 405
    for status in (302, 404):
        assert client.post(address).status_code == status


@pytest.mark.parametrize("who", [PERSON, COVER, NEIGHBOUR, LEAD])
def test_a_draft_is_let_go_of_by_nobody_else(client, world, who):
    cast.sign_in(client, world.who[who])
    address = reverse("moment_draft_drop", args=[world.micky.pk, world.draft.pk])
    assert client.post(address).status_code in (403, 404)
    with as_owner():
        assert Draft.objects.filter(pk=world.draft.pk).exists()


def test_with_nothing_written_down_yet_the_page_says_so_kindly(client, db):
    jo = cast.person("Jo Marsh")
    cast.sign_in(client, jo)
    page = words_of(client.get(reverse("moments", args=[jo.pk])))
    assert "None" not in page.split("<main")[1].split("</main>")[0]
    assert reverse("moment_new", args=[jo.pk]) in page


def test_moments_of_one_minute_stand_in_one_order_on_every_reading(client, world):
    at = clock.now()
    with acting_as(world.who[WALKER]):
        for number in range(5):
            operations.record_moment(
                by=world.who[WALKER], person=world.micky, words=f"Thing {number}.", at=at
            )
    cast.sign_in(client, world.micky)
    address = reverse("moments", args=[world.micky.pk])

    def order():
        page = words_of(client.get(address))
        return sorted(range(5), key=lambda number: page.index(f"Thing {number}."))

    assert order() == order()
