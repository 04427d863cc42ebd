"""A hello that nobody answers alarms one named human, once, at the end of a working day (I11, I6).

And whoever asks why somebody looked is heard by the one who looked and by one other human (I17).
"""

import datetime as dt
import threading

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from alongside.audit.models import Event
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.messages import queries, telling
from alongside.messages.models import HelloWait, Message, WhyAsked
from alongside.messages.operations import answer_hello, answer_why, ask_why, say_hello
from alongside.people.models import Role, Room
from tests.cast import person, say_so, serving
from tests.database import as_owner

from .rows import asked, looked, said


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


@pytest.fixture
def priya(db):
    priya = serving("Priya Nair")
    with as_owner():
        Room.objects.create(person=priya, room_for=9)
    return priya


def alarms():
    with as_owner():
        return list(Message.objects.filter(reference__startswith="hello-alone-").select_related("to_person"))


@pytest.mark.parametrize(
    ("hello", "quiet", "loud"),
    [
        ("2026-11-18 12:00", "2026-11-19 11:59", "2026-11-19 12:00"),
        ("2026-11-20 16:00", "2026-11-23 15:59", "2026-11-23 16:00"),  # over a weekend
        ("2026-11-21 10:00", "2026-11-23 16:59", "2026-11-23 17:00"),  # said on a Saturday
        ("2026-04-02 15:00", "2026-04-07 14:59", "2026-04-07 15:00"),  # over Easter
        ("2026-12-24 16:00", "2026-12-29 15:59", "2026-12-29 16:00"),  # over Christmas
        ("2026-03-27 15:00", "2026-03-30 14:59", "2026-03-30 15:00"),  # over a clock change
    ],
)
def test_it_alarms_after_one_working_day_and_not_a_minute_before(priya, hello, quiet, loud):
    lead = serving("Ruth Collier", Role.TEAM_LEAD)
    with time_machine.travel(at(hello), tick=False):
        say_hello(by=None, words="canary")
    with time_machine.travel(at(quiet), tick=False):
        assert telling.alarm_about_hellos() == 0
    with time_machine.travel(at(loud), tick=False):
        assert [telling.alarm_about_hellos() for _ in range(3)] == [1, 0, 0]
    (alarm,) = alarms()
    assert alarm.to_person == lead
    assert "canary" not in alarm.words


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ([Role.TEAM_LEAD, Role.STEWARD, Role.DUTY_HUMAN], Role.TEAM_LEAD),
        ([Role.STEWARD, Role.DUTY_HUMAN], Role.STEWARD),
        ([Role.DUTY_HUMAN], Role.DUTY_HUMAN),
        ([], None),
    ],
)
def test_the_alarm_ends_in_one_human_with_a_name(priya, roles, told):
    people = {role: serving(f"{role} Hallam", role) for role in roles}
    overdue(said(priya))
    assert telling.alarm_about_hellos() == 1
    (alarm,) = alarms()
    # Where nobody leads, it is somebody of the house all the same.
    assert alarm.to_person == (people[told] if told else priya)
    with as_owner():
        assert HelloWait.objects.get().alarmed == alarm.to_person
        (event,) = Event.objects.filter(did="messages.alarm")
    assert (event.by_id, event.work, set(event.fields)) == (None, "hello", {"alarmed"})


def overdue(wait):
    with as_owner():
        HelloWait.objects.filter(pk=wait.pk).update(
            said_at=timezone.now() - dt.timedelta(days=3), answer_by=timezone.now() - dt.timedelta(minutes=1)
        )


def test_where_nobody_serves_nothing_falls_over_and_it_is_told_as_soon_as_somebody_does(db):
    overdue(said(None))
    assert telling.alarm_about_hellos() == 0
    serving("Ruth Collier", Role.TEAM_LEAD)
    assert telling.alarm_about_hellos() == 1


def test_an_answer_stops_the_alarm_and_a_second_one_changes_no_time(priya):
    wait = said(priya)
    times = set()
    for words in ("Come at ten.", "Or eleven."):
        with acting_as(priya):
            answer_hello(by=priya, hello=wait.hello, words=words)
        with as_owner():
            times.add(HelloWait.objects.get().answered_at)
    assert len(times) == 1
    overdue(wait)
    assert telling.alarm_about_hellos() == 0


def test_two_workers_at_one_minute_alarm_once(committed):
    priya = serving("Priya Nair")
    serving("Ruth Collier", Role.TEAM_LEAD)
    overdue(said(priya))
    start, told = threading.Barrier(2), []

    def run():
        start.wait(10)
        told.append(telling.alarm_about_hellos())
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == [0, 1]
    assert len(alarms()) == 1


def test_a_why_reaches_the_looker_and_one_other_and_its_answer_the_one_who_asked(priya):
    trace, lead = person(), serving("Ruth Collier", Role.TEAM_LEAD)
    say_so(trace, priya)
    look = looked(priya, trace)
    with acting_as(trace):
        why = ask_why(by=trace, look_id=look.pk, words="canary")
        assert ask_why(by=trace, look_id=look.pk, words="again") == why
    told = whys_told()
    assert {one.to_person for one in told} == {priya, lead}
    assert all("canary" not in one.words and one.sender == trace for one in told)
    with acting_as(priya):
        answer_why(by=priya, asked=why, words="I rang about the scan.")
    (answer,) = [one for one in whys_told() if one.to_person == trace]
    assert (answer.words, answer.sender) == ("I rang about the scan.", priya)
    with acting_as(trace):
        assert queries.my_whys(viewer=trace)[look.pk].answer == "I rang about the scan."


def whys_told():
    with as_owner():
        return list(
            Message.objects.filter(reference__startswith="why-").select_related("to_person", "sender")
        )


def test_where_the_looker_leads_another_is_told(db):
    trace, lead = person(), serving("Ruth Collier", Role.TEAM_LEAD)
    steward = serving("Denise Armstrong", Role.STEWARD)
    look = looked(lead, trace)
    with acting_as(trace):
        assert ask_why(by=trace, look_id=look.pk).also_told == steward


def test_a_look_at_her_other_record_may_be_asked_about_and_one_at_another_not(priya):
    trace, micky = person(), person("Micky Garrod")
    twin = person("Trace Hallam", account=False, same_as=trace)
    looks = {whose: looked(priya, whose) for whose in (twin, micky)}
    with acting_as(trace):
        assert ask_why(by=trace, look_id=looks[twin].pk).looker == priya
        with pytest.raises(Denied, match="looks at your own page"):
            ask_why(by=trace, look_id=looks[micky].pk)


@pytest.mark.parametrize("words", ["", "   "])
def test_a_why_is_answered_in_words(priya, words):
    why = asked(priya, person(), None)
    with acting_as(priya), pytest.raises(Denied, match="in your own words"):
        answer_why(by=priya, asked=why, words=words)
    with as_owner():
        assert WhyAsked.objects.get().answered_at is None


def test_those_asked_read_what_waits_first(priya):
    trace = person()
    now = timezone.now()
    done = asked(priya, trace, None, answer="x", answered_by=priya, answered_at=now)
    waits = asked(priya, trace, None)
    with acting_as(priya):
        assert [why.pk for why in queries.whys_for(viewer=priya)] == [waits.pk, done.pk]
    for other in (trace, serving("Bev Ormerod")):
        with acting_as(other):
            assert queries.whys_for(viewer=other) == []
