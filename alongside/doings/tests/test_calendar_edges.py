"""Days on which the clock turns, long words, signs of every kind, and what a calendar shows once all is said."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from alongside.doings import calendar, operations
from alongside.doings.models import CalendarFeed, Promise
from alongside.doings.tests.world import DUTY, HELPER, NEIGHBOUR, OWNER, PERSON, STEWARD, WALKER
from alongside.doings.told import ToldPromise
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from tests import cast
from tests.database import as_owner

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def lines_of(promise, *, plain=False, owner="Callum"):
    promise._prefetched_objects_cache = {"steps": []}
    text = calendar.feed([ToldPromise(promise, owner, "")], plain=plain, now=NOW)
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def a_promise(day, time=None, **more):
    return Promise(words="Tea", day=day, at_time=time, at=NOW, **more)


@pytest.mark.parametrize(("day", "time", "begins", "ends"), [
    # The clock goes forward at one in the morning of the last Sunday in March, and back at two in October.
    (dt.date(2026, 3, 28), dt.time(14, 30), "20260328T143000Z", "20260328T153000Z"),
    (dt.date(2026, 3, 29), dt.time(0, 30), "20260329T003000Z", "20260329T013000Z"),
    (dt.date(2026, 3, 29), dt.time(14, 30), "20260329T133000Z", "20260329T143000Z"),
    (dt.date(2026, 10, 24), dt.time(14, 30), "20261024T133000Z", "20261024T143000Z"),
    (dt.date(2026, 10, 25), dt.time(14, 30), "20261025T143000Z", "20261025T153000Z"),
    (dt.date(2026, 12, 31), dt.time(23, 30), "20261231T233000Z", "20270101T003000Z"),
    (dt.date(2028, 2, 29), dt.time(9), "20280229T090000Z", "20280229T100000Z"),
])  # fmt: skip
def test_the_hour_on_the_wall_is_the_hour_in_the_calendar_also_where_the_clock_turns(day, time, begins, ends):
    lines = lines_of(a_promise(day, time))
    assert {f"DTSTART:{begins}", f"DTEND:{ends}"} <= set(lines)


def test_an_hour_that_there_is_not_on_that_day_still_stands_somewhere_on_it():
    (line,) = [
        each for each in lines_of(a_promise(dt.date(2026, 3, 29), dt.time(1, 30))) if "DTSTART" in each
    ]
    assert re.fullmatch(r"DTSTART:20260329T0[01]3000Z", line)


@pytest.mark.parametrize(("day", "after"), [
    (dt.date(2026, 3, 29), "20260330"), (dt.date(2026, 10, 25), "20261026"), (dt.date(2026, 12, 31), "20270101"),
    (dt.date(2028, 2, 28), "20280229"),
])  # fmt: skip
def test_a_whole_day_ends_with_the_next_and_takes_no_time(day, after):
    lines = lines_of(a_promise(day))
    assert {f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{after}", "TRANSP:TRANSPARENT"} <= set(
        lines
    )


@pytest.mark.parametrize("words", [
    "Tea; then, perhaps, cake", "back\\slash", "two\nlines", "carriage\r\nreturn", "ends with \\", ";,;,",
    "Śniadanie ☕",
    "مرحبا", "\u202ebackwards", "BEGIN:VEVENT\nSUMMARY:not yours",
])  # fmt: skip
def test_words_are_one_line_and_begin_nothing_of_their_own(words):
    promise = a_promise(dt.date(2026, 7, 6))
    promise.words = words
    lines = lines_of(promise)
    assert len([line for line in lines if line.startswith("SUMMARY:")]) == 1
    assert len([line for line in lines if line == "BEGIN:VEVENT"]) == 1
    assert not [line for line in lines if line.startswith("carriage") or "\n" in line]


@pytest.mark.parametrize("words", ["x" * 400, "ö" * 200, "☕" * 150, "👩‍👩‍👧" * 40, "a" * 66 + "ö" * 10])
def test_no_line_is_longer_than_it_may_be_and_no_letter_is_broken(words):
    text = calendar.folded(f"SUMMARY:{words}")
    parts = text.split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert text.replace("\r\n ", "") == f"SUMMARY:{words}"


@pytest.mark.parametrize("size", range(60, 75))
def test_what_fits_is_not_folded(size):
    assert calendar.folded("x" * size) == "x" * size


def test_a_calendar_without_a_promise_is_a_calendar():
    text = calendar.feed([], plain=True, now=NOW)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "VEVENT" not in text


def test_plain_it_names_neither_who_nor_what_nor_where():
    for coming, title in ((True, "SUMMARY:Somebody is coming"), (False, "SUMMARY:Something for today")):
        lines = lines_of(
            a_promise(dt.date(2026, 7, 6), dt.time(9), coming=coming, where_words="The Kettle"), plain=True
        )
        assert title in lines
        assert not [line for line in lines if "Tea" in line or "Callum" in line or "Kettle" in line]
        assert "CLASS:PRIVATE" in lines


def feed(client, secret):
    answer = client.get(reverse("calendar_feed", args=[secret]))
    return answer, answer.content.decode().replace("\r\n ", "").split("\r\n")


def secret_of(whom, **more):
    with acting_as(whom):
        return operations.make_calendar(by=whom, **more)[1]


def promised(by, about, **more):
    given = {"words": "Ring the vet", "day": clock.today() + dt.timedelta(days=1)} | more
    with acting_as(by):
        return operations.promise(by=by, person=about, **given)


def test_it_is_kept_by_nobody_on_the_way_and_found_by_no_search(client, world):
    answer, _lines = feed(client, secret_of(world.trace))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"


def test_settled_since_it_has_a_higher_number_and_let_go_it_is_gone(client, world):
    secret = secret_of(world.trace, plain=False)
    made = promised(world.who[WALKER], world.trace)
    assert "SEQUENCE:0" in feed(client, secret)[1]
    for state, numbers in (("late", ["SEQUENCE:1"]), ("let_go", [])):
        with acting_as(world.trace):
            operations.promise_settled(by=world.trace, promise=made, state=state, words="So it is.")
        assert [line for line in feed(client, secret)[1] if line.startswith("SEQUENCE")] == numbers


def test_a_month_ago_still_stands_and_what_was_before_does_not(client, world):
    secret, today = secret_of(world.trace), clock.today()
    for ago, stands in ((31, True), (32, False)):
        made = promised(world.who[WALKER], world.trace, day=today - dt.timedelta(days=ago))
        assert (f"UID:{made.pk}@alongside" in feed(client, secret)[1]) is stands


def test_what_is_kept_closer_is_gone_from_a_workers_calendar_at_the_next_asking(client, world):
    walker = world.who[WALKER]
    secret = secret_of(walker, plain=False)
    made = promised(walker, world.trace)
    assert f"UID:{made.pk}@alongside" in feed(client, secret)[1]
    with as_owner():
        Promise.objects.filter(pk=made.pk).update(owner=world.who[OWNER])
    assert f"UID:{made.pk}@alongside" not in feed(client, secret)[1]


def test_only_a_digest_of_the_address_is_kept(world):
    secret = secret_of(world.trace)
    with as_owner():
        kept = CalendarFeed.objects.get(person=world.trace, ended_at__isnull=True)
    assert secret not in kept.digest
    assert len(kept.digest) == 64


@pytest.mark.parametrize("token", ["x", "..", "%00", "a" * 500, "' OR 1=1 --", "☕"])
def test_an_address_that_nobody_made_shows_nothing(client, world, token):
    assert client.get(reverse("calendar_feed", args=[token])).status_code == 404


def test_nobody_ends_or_sees_a_calendar_of_another(world):
    with as_owner():
        own = CalendarFeed.objects.get(person=world.trace, ended_at__isnull=True)
    for who in (WALKER, OWNER, HELPER, DUTY, NEIGHBOUR, STEWARD):
        with acting_as(world.who[who]):
            assert not CalendarFeed.objects.filter(pk=own.pk).exists()


def test_ended_twice_by_two_taps_is_no_broken_page(client, world):
    cast.sign_in(client, world.who[PERSON])
    for _tap in range(2):
        assert client.post(reverse("end_calendar")).status_code == 302
    assert "End it" not in client.get(reverse("my_calendar")).content.decode()


def test_a_new_address_ends_the_one_before_it(client, world):
    cast.sign_in(client, world.who[PERSON])
    found = []
    for _time in range(2):
        page = client.post(reverse("my_calendar"), {"words": "on"}).content.decode()
        found.append(page.split('value="http://testserver')[1].split('"')[0])
    assert [client.get(address).status_code for address in found] == [404, 200]
