"""The pages of moments, as people meet them: read, keep, answer; and no word is ever lost."""

import datetime as dt
import html
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.audit.models import Look
from alongside.consent.models import Basis
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.walks import operations as walks
from alongside.walks.models import Draft, Moment, TimeWriting
from alongside.walks.tests.moments import (
    COVER,
    LEAD,
    LONG_AGO,
    NEIGHBOUR,
    OTHER,
    PAST,
    STEWARD,
    TOGETHER,
    WALKER,
    drafts,
    micky_and_his_moments,
    recorded,
)
from tests.by_post import words_of
from tests.cast import sign_in
from tests.database import as_owner
from tests.standing import standing

pytestmark = pytest.mark.django_db

PAGES = ["moments", "moment_new"]
OF_ONE = ["moment", "moment_answer", "moment_say_again", "moment_audience"]


def with_no_draft():
    found = micky_and_his_moments()
    with as_owner():
        Draft.objects.all().delete()
    return found


built, world = standing(with_no_draft)


def get(client, viewer, name, *keys, **query):
    sign_in(client, viewer)
    return client.get(reverse(name, args=keys), query)


def post(client, viewer, name, *keys, **data):
    sign_in(client, viewer)
    return client.post(reverse(name, args=keys), data)


def newest():
    with as_owner():
        return Moment.objects.select_related("by", "written_down_by").latest("kept_at")


def hidden(page, name):
    return re.search(f'name="{name}" value="([^"]*)"', page).group(1)


def test_what_happened_is_read_newest_first(client, world):
    page = words_of(get(client, world.micky, "moments", world.micky.pk))
    assert page.index("not going back") < page.index("a brew by the van") < page.index("about the yard")
    assert "40 minutes together" in page


def test_reading_it_is_written_down_and_the_reader_is_told(client, world):
    page = words_of(get(client, world.who[WALKER], "moments", world.micky.pk))
    assert "You may read this because" in page
    with as_owner():
        look = Look.objects.get()
    assert (look.page, len(look.parts)) == ("moments", 3)


def test_ones_own_page_writes_no_look(client, world):
    get(client, world.micky, "moments", world.micky.pk)
    with as_owner():
        assert not Look.objects.exists()


@pytest.mark.parametrize("who", [NEIGHBOUR, LEAD, STEWARD, OTHER, PAST, TOGETHER])
@pytest.mark.parametrize("name", PAGES + OF_ONE)
def test_to_everybody_else_there_is_no_such_page(client, who, name, world):
    keys = [world.micky.pk] + ([world.moment.pk] if name in OF_ONE else [])
    assert get(client, world.who[who], name, *keys).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(client, name, world):
    assert client.get(reverse(name, args=[world.micky.pk])).status_code == 302


def test_a_moment_of_one_page_does_not_open_under_anothers(client, world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    assert get(client, bev, "moment", denise.pk, world.moment.pk).status_code == 404


def test_words_are_all_it_asks_for(client, world):
    response = post(client, world.who[WALKER], "moment_new", world.micky.pk, words="He rang, first time.")
    moment = newest()
    assert response["Location"].endswith(f"/moments/#moment-{moment.pk}")
    assert (moment.kind, moment.by, moment.walk_id) == ("met", world.who[WALKER], world.walk.pk)


def test_the_page_to_record_on_asks_for_one_thing_and_no_more(client, world):
    page = words_of(get(client, world.who[WALKER], "moment_new", world.micky.pk))
    assert page.count(" required") <= 1
    assert "What happened with Micky?" in page


def test_time_kind_and_who_was_there_are_a_tap_each(client, world):
    denise = world.who[TOGETHER]
    post(
        client, world.who[WALKER], "moment_new", world.micky.pk, words="The allotment.", kind="together",
        minutes_together="other", minutes_other="95", there_too=[str(denise.pk)], opened=_ago(50),
    )  # fmt: skip
    moment = newest()
    assert (moment.kind, moment.minutes_together) == ("together", 95)
    with as_owner():
        assert [one.person for one in moment.with_them.all()] == [denise]
        assert 49 <= moment.time_writing.seconds <= 60
    assert "The allotment." in words_of(get(client, denise, "moments", denise.pk))


def _ago(seconds):
    return str(int(clock.now().timestamp()) - seconds)


@pytest.mark.parametrize("opened", ["", "x", "-5", "٤", "1e9", "99999999999999"])
def test_an_odd_clock_in_the_page_loses_no_words(client, opened, world):
    post(client, world.who[WALKER], "moment_new", world.micky.pk, words="Kept.", opened=opened)
    assert newest().words == "Kept."


def test_what_the_person_said_is_theirs_in_the_workers_hand(client, world):
    post(client, world.who[WALKER], "moment_new", world.micky.pk, words="I'm done.", kind="said")
    assert (newest().by, newest().written_down_by) == (world.micky, world.who[WALKER])


def test_a_person_says_something_on_their_own_page(client, world):
    assert get(client, world.micky, "my_say")["Location"] == reverse("moment_new", args=[world.micky.pk])
    post(client, world.micky, "moment_new", world.micky.pk, words="I went on my own.", audience="only_us")
    moment = newest()
    assert (moment.kind, moment.by, moment.audience) == ("said", world.micky, "only_us")
    with as_owner():
        assert not TimeWriting.objects.filter(moment=moment).exists()


def test_ones_own_page_asks_neither_kind_nor_minutes(client, world):
    page = words_of(get(client, world.micky, "moment_new", world.micky.pk))
    assert 'name="kind"' not in page
    assert 'name="minutes_together"' not in page


def test_another_day_is_kept_as_that_day(client, world):
    day = clock.today() - dt.timedelta(days=3)
    post(
        client, world.who[WALKER], "moment_new", world.micky.pk, words="On Thursday.",
        day_day=day.day, day_month=day.month, day_year=day.year,
    )  # fmt: skip
    assert newest().at.date() == day


def test_a_day_to_come_is_told_and_the_words_stay(client, world):
    response = post(
        client,
        world.who[WALKER],
        "moment_new",
        world.micky.pk,
        words="Tomorrow.",
        day_day=1,
        day_month=1,
        day_year=2999,
    )
    page = words_of(response)
    assert "still to come" in page
    assert "Tomorrow.</textarea>" in page


def test_no_words_is_told_in_a_sentence(client, world):
    page = words_of(post(client, world.who[WALKER], "moment_new", world.micky.pk, words=" "))
    assert "Nothing you wrote is lost" in page
    assert "Say a word or two" in page


def test_sent_twice_it_is_there_once(client, world):
    name = str(uuid4())
    for _each in range(3):
        response = post(
            client, world.who[WALKER], "moment_new", world.micky.pk, words="Once.", client_id=name
        )
        assert response.status_code == 302
    with as_owner():
        assert Moment.objects.filter(words="Once.").count() == 1


def test_other_words_under_one_name_stay_in_the_box_and_are_kept_the_next_time(client, world):
    bev, name = world.who[WALKER], str(uuid4())
    post(client, bev, "moment_new", world.micky.pk, words="One.", client_id=name)
    page = words_of(post(client, bev, "moment_new", world.micky.pk, words="Two.", client_id=name))
    assert "Two.</textarea>" in page
    assert "keep them as new" in page
    post(client, bev, "moment_new", world.micky.pk, words="Two.", client_id=hidden(page, "client_id"))
    with as_owner():
        assert Moment.objects.filter(words__in=["One.", "Two."]).count() == 2


def test_a_draft_is_kept_while_they_write_and_is_there_the_next_time(client, world):
    bev, name = world.who[WALKER], str(uuid4())
    kept = words_of(post(client, bev, "moment_draft", world.micky.pk, words="He said that", client_id=name))
    assert "Only you see it" in kept
    page = words_of(get(client, bev, "moment_new", world.micky.pk))
    assert "He said that</textarea>" in page
    assert hidden(page, "client_id") == name
    post(client, bev, "moment_new", world.micky.pk, words="He said that it hurts.", client_id=name)
    assert drafts() == set()


def test_a_draft_that_comes_late_does_not_come_back(client, world):
    bev, name = world.who[WALKER], str(uuid4())
    post(client, bev, "moment_new", world.micky.pk, words="Said.", client_id=name)
    post(client, bev, "moment_draft", world.micky.pk, words="Sai", client_id=name)
    assert drafts() == set()


def test_a_draft_never_stands_on_anothers_page_or_before_another_reader(client, world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    post(client, bev, "moment_draft", world.micky.pk, words="Only on Micky's.", client_id=str(uuid4()))
    assert "Only on Micky" not in words_of(get(client, bev, "moment_new", denise.pk))
    assert "Only on Micky" not in words_of(get(client, world.who[COVER], "moment_new", world.micky.pk))
    assert "Only on Micky" not in words_of(get(client, world.micky, "moment_new", world.micky.pk))


def test_two_pages_open_at_once_both_stay_and_either_can_be_gone_on_with(client, world):
    bev = world.who[WALKER]
    for words in ("The first page.", "The second page."):
        post(client, bev, "moment_draft", world.micky.pk, words=words, client_id=str(uuid4()))
    page = words_of(get(client, bev, "moment_new", world.micky.pk))
    assert "The second page.</textarea>" in page
    (other,) = re.findall(r'href="\?draft=([^"]+)"', page)
    assert "The first page.</textarea>" in words_of(
        get(client, bev, "moment_new", world.micky.pk, draft=other)
    )
    post(client, bev, "moment_draft_drop", world.micky.pk, other)
    assert {words for _by, _on, words in drafts()} == {"The second page."}


def test_nobody_else_lets_go_of_a_draft(client, world):
    with acting_as(world.who[WALKER]):
        draft = walks.keep_draft(by=world.who[WALKER], person=world.micky, words="Mine.")
    response = post(client, world.who[COVER], "moment_draft_drop", world.micky.pk, draft.pk)
    assert response.status_code == 404
    assert len(drafts()) == 1


def test_kept_for_later_without_a_script(client, world):
    response = post(client, world.who[WALKER], "moment_new", world.micky.pk, words="Half a", later="1")
    assert response["Location"] == reverse("moments", args=[world.micky.pk])
    assert drafts() == {("Bev", "Micky", "Half a")}


@pytest.mark.parametrize("name", ["moment_new", "moment_draft"])
def test_words_sent_after_the_sign_in_ran_out_wait_for_their_author(client, name, world):
    bev = world.who[WALKER]
    mark = hidden(words_of(get(client, bev, "moment_new", world.micky.pk)), "mark")
    client.logout()
    page = client.post(reverse(name, args=[world.micky.pk]), {"words": "In the stairwell.", "mark": mark})
    assert "In the stairwell" not in words_of(page), "nobody is signed in: whoever stands there reads nothing"
    assert drafts() == {("Bev", "Micky", "In the stairwell.")}
    assert "In the stairwell.</textarea>" in words_of(get(client, bev, "moment_new", world.micky.pk))


def test_an_answer_sent_after_the_sign_in_ran_out_waits_beneath_its_moment(client, world):
    keys = [world.micky.pk, world.moment.pk]
    mark = hidden(words_of(get(client, world.micky, "moment_answer", *keys)), "mark")
    client.logout()
    client.post(reverse("moment_answer", args=keys), {"words": "It was cold.", "mark": mark})
    assert "It was cold.</textarea>" in words_of(get(client, world.micky, "moment_answer", *keys))


@pytest.mark.parametrize("mark", ["", "x", "W10:1:x", "é"])
def test_without_the_mark_of_a_page_the_words_are_given_back_and_kept_for_nobody(client, mark, world):
    sent = {"words": "In the stairwell.", "mark": mark}
    page = words_of(client.post(reverse("moment_new", args=[world.micky.pk]), sent))
    assert "In the stairwell.</textarea>" in page
    assert "Copy these words" in words_of(client.post(reverse("moment_draft", args=[world.micky.pk]), sent))
    assert drafts() == set()


def test_a_mark_lets_nothing_in_once_the_page_is_closed_to_its_author(client, world):
    bev = world.who[WALKER]
    mark = hidden(words_of(get(client, bev, "moment_new", world.micky.pk)), "mark")
    client.logout()
    with as_owner():
        Basis.objects.filter(actor=bev).update(to_at=clock.now())
    client.post(reverse("moment_new", args=[world.micky.pk]), {"words": "Late.", "mark": mark})
    assert drafts() == set()


def test_an_answer_stands_beneath_and_in_its_own_language(client, world):
    post(client, world.micky, "moment_answer", world.micky.pk, world.moment.pk, words="It was cold.")
    page = words_of(get(client, world.who[WALKER], "moments", world.micky.pk))
    assert page.index("a brew by the van") < page.index("It was cold.")


def test_a_worker_writes_down_the_persons_answer(client, world):
    keys = [world.micky.pk, world.moment.pk]
    post(client, world.who[WALKER], "moment_answer", *keys, words="Aye.", said_by="them")
    assert "written down by Bev" in words_of(get(client, world.micky, "moment", *keys))


def test_said_again_by_two_at_once_both_stand_and_the_page_says_so(client, world):
    keys = [world.micky.pk, world.said.pk]
    for who, words in ((world.who[WALKER], "Not going back."), (world.micky, "Never said never.")):
        post(client, who, "moment_say_again", *keys, words=words, follows=0)
    page = words_of(get(client, world.micky, "moment", *keys))
    assert "Two of you wrote at the same time. Both are kept." in page
    assert "Not going back." in page
    assert "Never said never." in page
    assert "I'm not going back in there." in page


def test_the_person_says_whom_it_is_for(client, world):
    keys = [world.micky.pk, world.moment.pk]
    post(client, world.micky, "moment_audience", *keys, audience="only_us")
    assert get(client, world.who[COVER], "moment", *keys).status_code == 404
    assert get(client, world.who[WALKER], "moment_audience", *keys).status_code == 403


def test_a_setback_is_captioned_as_part_of_every_life(client, world):
    recorded(world.who[WALKER], world.micky, "He drank.", kind="setback")
    page = words_of(get(client, world.micky, "moments", world.micky.pk))
    assert page.count("a setback, as in every life</span>") == 1


def test_words_are_shown_in_their_own_language(client, world):
    recorded(world.who[WALKER], world.micky, "Diolch.", language="cy")
    assert 'lang="cy" dir="auto">Diolch.' in words_of(get(client, world.micky, "moments", world.micky.pk))


def test_what_somebody_types_is_words_and_never_a_part_of_the_page(client, world):
    recorded(world.who[WALKER], world.micky, "<script>alert(1)</script>")
    assert b"<script>alert" not in get(client, world.micky, "moments", world.micky.pk).content


def test_earlier_is_a_link_that_leads_to_the_rest(client, world):
    for number in range(30):
        recorded(
            world.who[WALKER], world.micky, f"Number {number}.", at=LONG_AGO + dt.timedelta(hours=number)
        )
    first = get(client, world.micky, "moments", world.micky.pk)
    link = re.search(r'class="button button--quiet" href="(\?after=[^"]+)"', first.content.decode()).group(1)
    second = client.get(reverse("moments", args=[world.micky.pk]) + html.unescape(link))
    found = [set(re.findall(r'id="moment-([0-9a-f-]{36})"', words_of(page))) for page in (first, second)]
    assert [len(page) for page in found] == [25, 8]
    assert not found[0] & found[1]
    assert "Back to the newest" in words_of(second)


@pytest.mark.parametrize(
    "query",
    [{"after": "x"}, {"after": "\x00"}, {"kind": "x"}, {"who": "x"}, {"who": str(uuid4())}, {"q": "%" * 500}],
)
def test_an_odd_address_is_a_page_and_never_a_fault(client, query, world):
    page = get(client, world.micky, "moments", world.micky.pk, **query)
    assert page.status_code == 200
    if "after" in query:
        assert "That link led nowhere" in words_of(page)
        assert "a brew by the van" in words_of(page)


def test_it_is_searched_and_narrowed(client, world):
    page = words_of(get(client, world.micky, "moments", world.micky.pk, q="brew", kind="met"))
    assert "a brew by the van" in page
    assert "not going back" not in page
    assert "Nothing was found" in words_of(get(client, world.micky, "moments", world.micky.pk, q="zebra"))


def test_whom_it_is_about_is_one_tap(client, world):
    page = words_of(get(client, world.who[WALKER], "moment_who"))
    assert reverse("moment_new", args=[world.micky.pk]) in page
    assert reverse("moment_new", args=[world.who[TOGETHER].pk]) in page
    assert "You walk with nobody yet" in words_of(get(client, world.who[NEIGHBOUR], "moment_who"))


def test_time_writing_is_told_to_that_worker_alone_in_words(client, world):
    with as_owner():
        TimeWriting.objects.update(seconds=240)
    page = words_of(get(client, world.who[WALKER], "time_writing"))
    assert "You wrote for about 4 minutes." in page
    assert "6 minutes of writing for each hour together." in page
    for other in (COVER, LEAD):
        assert "4 minutes" not in words_of(get(client, world.who[other], "time_writing"))
    assert get(client, world.micky, "time_writing").status_code == 403


def asks(client, viewer, name, *keys, **query):
    sign_in(client, viewer)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse(name, args=keys), query).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", [WALKER, None])
@pytest.mark.parametrize("name", ["moments", "moment_new", "moment", "moment_answer", "moment_who"])
def test_a_page_asks_the_database_as_often_for_many_as_for_few(client, name, who, world):
    viewer = world.who[who] if who else world.micky
    keys = {"moments": [world.micky.pk], "moment_new": [world.micky.pk], "moment_who": []}.get(
        name, [world.micky.pk, world.moment.pk]
    )
    _busier(world)
    few = asks(client, viewer, name, *keys)
    for _each in range(5):
        _busier(world)
    assert asks(client, viewer, name, *keys) == few


def _busier(world):
    bev, denise = world.who[WALKER], world.who[TOGETHER]
    recorded(bev, world.micky, "And again.", with_=[denise])
    with acting_as(world.micky):
        walks.answer_moment(by=world.micky, moment=world.moment, words="Aye.")
        walks.keep_draft(by=world.micky, person=world.micky, words="Half", client_id=uuid4())
    with acting_as(bev):
        walks.say_moment_again(by=bev, moment=world.moment, words="In other words.")
        walks.keep_draft(by=bev, person=world.micky, words="Half", client_id=uuid4())
