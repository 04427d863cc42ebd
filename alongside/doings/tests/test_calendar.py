"""The calendar at a secret address: RFC 5545 to the letter, and what its owner may see at that moment."""

import datetime as dt

from django.urls import reverse
from hypothesis import given

from alongside.doings import calendar, operations
from alongside.doings.models import Promise
from alongside.doings.tests.world import OWNER, WALKER
from alongside.doings.told import ToldPromise
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from tests.examples import ANY_WORDS

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def unfolded(text):
    """The lines as whoever reads them puts them together again."""
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def plainly(words):
    """A text value as whoever reads it understands it."""
    out, signs = "", iter(words)
    for sign in signs:
        out += {"n": "\n", "N": "\n"}.get(after := next(signs, ""), after) if sign == "\\" else sign
    return out


@given(ANY_WORDS)
def test_words_come_back_as_they_went_in(words):
    line = f"SUMMARY:{calendar.escaped(words)}"
    text = calendar.folded(line)
    assert all(len(each.encode()) <= 75 for each in text.split("\r\n"))
    assert text.replace("\r\n ", "") == line
    kept = calendar.CONTROLS.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
    assert plainly(line.removeprefix("SUMMARY:")) == kept
    assert "\n" not in line


def secret_of(person, *, plain=True):
    with acting_as(person):
        return operations.make_calendar(by=person, plain=plain)[1]


def promised(by, person, **more):
    given = {"words": "Ring the vet; now, please", "day": clock.today() + dt.timedelta(days=1)} | more
    with acting_as(by):
        return operations.promise(by=by, person=person, **given)


def asked(client, secret):
    response = client.get(reverse("calendar_feed", args=[secret]))
    return response.status_code, unfolded(response.content.decode())


def test_a_calendar_shows_times_and_no_words_unless_asked(client, world):
    trace = world.trace
    promised(world.who[WALKER], trace, at_time=dt.time(14, 30), coming=True, where_words="The Kettle")
    status, lines = asked(client, secret_of(trace))
    assert status == 200
    assert "SUMMARY:Somebody is coming" in lines
    assert not [line for line in lines if "vet" in line or "Kettle" in line]
    _status, lines = asked(client, secret_of(trace, plain=False))
    assert "SUMMARY:Callum: Ring the vet\\; now\\, please" in lines
    assert "LOCATION:The Kettle" in lines


def test_it_is_gone_when_it_is_ended_or_made_anew(client, world):
    secret = secret_of(world.trace)
    assert asked(client, secret)[0] == 200
    newer = secret_of(world.trace)
    assert asked(client, secret)[0] == 404
    with acting_as(world.trace):
        feed = world.trace.calendar_feeds.get(ended_at=None)
        operations.end_calendar(by=world.trace, feed=feed)
    assert asked(client, newer)[0] == 404
    assert asked(client, "nobody-made-this")[0] == 404


def test_it_shows_what_they_may_see_at_this_moment_and_nothing_else(client, world):
    walker = world.who[WALKER]
    kept = promised(walker, world.trace)
    promised(world.trace, world.trace, words="Only mine")
    status, lines = asked(client, secret_of(walker, plain=False))
    uids = [line for line in lines if line.startswith("UID:")]
    assert (status, uids) == (200, [f"UID:{kept.pk}@alongside"])
    # Norah promised one thing, and sees that one.
    _status, lines = asked(client, secret_of(world.who[OWNER]))
    assert len([line for line in lines if line.startswith("UID:")]) == 0  # its day is long gone


def test_a_withdrawn_account_shows_nothing(client, world):
    from tests.database import as_owner

    secret = secret_of(world.trace)
    with as_owner() as cursor:
        cursor.execute(
            "UPDATE accounts_account SET is_active = false WHERE id = %s", [world.trace.account_id]
        )
    assert asked(client, secret)[0] == 404


def test_a_time_is_turned_to_utc_and_a_day_stays_a_day():
    day, at = dt.date(2026, 7, 6), NOW
    summer = Promise(words="Tea", day=day, at_time=dt.time(14, 30), at=at)
    whole = Promise(words="Tea", day=day, at=at)
    for one in (summer, whole):
        one._prefetched_objects_cache = {"steps": []}
    lines = unfolded(calendar.feed([ToldPromise(summer, "Callum", "")], plain=False, now=NOW))
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"DTSTART:20260706T133000Z", "DTEND:20260706T143000Z", "DTSTAMP:20260302T090000Z"} <= set(lines)
    lines = unfolded(calendar.feed([ToldPromise(whole, "Callum", "")], plain=False, now=NOW))
    assert {"DTSTART;VALUE=DATE:20260706", "DTEND;VALUE=DATE:20260707"} <= set(lines)
