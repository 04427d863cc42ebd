"""Somebody says hello: one question, a human named, and never a dead end."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.messages import come_back, queries, telling, workdays
from alongside.messages.models import Delivery, FullHouse, Hello, HelloAnswer, HelloWait, Message
from alongside.messages.operations import (
    add_words,
    answer_full_house,
    answer_hello,
    choose_together,
    say_hello,
    write_down,
)
from alongside.people.models import Person, Reach, Role, Room
from tests.cast import person, serving
from tests.database import as_owner

pytestmark = pytest.mark.django_db
# A Wednesday at noon.
NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)


def with_room(name, *, room_for=1, languages=(), near=None, **more):
    worker = serving(name, **more)
    with as_owner():
        Room.objects.create(person=worker, room_for=room_for, languages=list(languages))
        if near is not None:
            worker.roles.get().neighbourhoods.add(near)
    return worker


def neighbourhood(name="The Staithes"):
    from alongside.accounts.models import Neighbourhood, Place

    with as_owner():
        here, _ = Place.objects.get_or_create(slug="tynebank", defaults={"name": "Tynebank"})
        return Neighbourhood.objects.create(
            place=here, kind="told", slug=name.lower().replace(" ", "-"), name=name, lat=54.9, lon=-1.6
        )


def everything(model):
    with as_owner():
        return list(model.objects.all())


def test_a_stranger_says_hello_with_words_alone_and_a_human_with_room_is_named():
    priya = with_room("Priya Nair")
    said = say_hello(by=None, words="I don't know where to start")
    assert said.hello.named == priya
    assert not said.hello.no_room
    assert len(said.key.split("-")) == 4


def test_the_named_human_is_told_at_once_and_no_word_of_it_leaves_the_house():
    priya = with_room("Priya Nair")
    say_hello(by=None, words="canary")
    (message,) = everything(Message)
    assert message.to_person_id == priya.pk
    assert "canary" not in message.words
    assert message.link == f"/hellos/{everything(Hello)[0].pk}/"


def test_without_words_there_is_a_sentence_and_nothing_is_kept():
    with pytest.raises(Denied, match="word or two"):
        say_hello(by=None, words="  ")
    assert everything(Hello) == []


def test_the_same_language_comes_first_and_never_leaves_nobody():
    with_room("Priya Nair", languages=["English"])
    hodan = with_room("Hodan Farah", languages=["English", "Somali"], room_for=2)
    assert say_hello(by=None, words="x", language="somali").hello.named == hodan
    assert say_hello(by=None, words="x", language="Tigrinya").hello.named is not None


def test_near_comes_before_far():
    near = neighbourhood()
    with_room("Bev Ormerod")
    priya = with_room("Priya Nair", near=near)
    assert say_hello(by=None, words="x", neighbourhood=near).hello.named == priya


def test_whoever_was_named_longest_ago_is_next():
    with_room("Priya Nair", room_for=5)
    with_room("Bev Ormerod", room_for=5)
    names = []
    for minute in range(4):
        with time_machine.travel(NOON + dt.timedelta(minutes=minute), tick=False):
            names.append(say_hello(by=None, words="x").hello.named.name)
    assert names[0] != names[1]
    assert names[:2] == names[2:]


def test_somebody_with_room_for_one_is_full_once_a_hello_waits_for_them():
    with_room("Priya Nair", room_for=1)
    duty = serving("Ruth Collier", Role.DUTY_HUMAN)
    say_hello(by=None, words="first")
    second = say_hello(by=None, words="second").hello
    assert (second.named, second.no_room) == (duty, True)


def test_when_all_are_full_the_duty_human_answers_and_the_place_has_it_to_answer_for():
    with_room("Callum Reay", room_for=0)
    duty, steward = serving("Ruth Collier", Role.DUTY_HUMAN), serving("Denise Armstrong", Role.STEWARD)
    said = say_hello(by=None, words="canary")
    assert (said.hello.named, said.hello.no_room) == (duty, True)
    assert len(everything(FullHouse)) == 1
    with acting_as(steward):
        assert len(queries.broken(viewer=steward).full_houses) == 1
        assert Hello.objects.count() == 0


def test_who_looks_after_the_place_says_what_was_done_about_a_full_house():
    duty = serving("Ruth Collier", Role.DUTY_HUMAN)
    say_hello(by=None, words="x")
    with acting_as(duty):
        (full,) = queries.broken(viewer=duty).full_houses
        with pytest.raises(Denied, match="few words"):
            answer_full_house(by=duty, full_house=full, words="")
        answer_full_house(by=duty, full_house=full, words="Bev takes one more from Monday.")
        assert queries.broken(viewer=duty).full_houses == []


def test_without_a_duty_human_somebody_of_the_house_is_named():
    lead = serving("Ruth Collier", Role.TEAM_LEAD)
    assert say_hello(by=None, words="x").hello.named == lead


def test_a_place_with_nobody_keeps_the_words():
    said = say_hello(by=None, words="x")
    assert said.hello.named is None
    assert len(everything(HelloWait)) == 1


def test_a_neighbour_needs_the_persons_yes():
    joan = person("Joan Hall")
    with acting_as(joan):
        with pytest.raises(Denied, match="Ask them first"):
            say_hello(by=joan, words="x", kind="neighbour")
        say_hello(by=joan, words="x", kind="neighbour", persons_yes=True)
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Hello.objects.update(persons_yes=False)


def test_a_stranger_cannot_speak_for_another():
    with pytest.raises(Denied, match="Sign in"):
        say_hello(by=None, words="x", kind="helper")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("named", True), ("entered", True), ("steward", False), ("other worker", False), ("duty", False)],
)
def test_a_hello_is_between_who_said_it_and_who_was_named(who, sees):
    bev = serving("Bev Ormerod", Role.MEMBER)
    people = {
        "named": with_room("Priya Nair"),
        "entered": bev,
        "steward": serving("Denise Armstrong", Role.STEWARD),
        "other worker": serving("Hodan Farah"),
        "duty": serving("Ruth Collier", Role.DUTY_HUMAN),
    }
    with acting_as(bev):
        say_hello(by=bev, words="x", kind="helper")
    with acting_as(people[who]):
        assert Hello.objects.exists() is sees


def test_the_steward_sees_that_it_waits():
    with_room("Priya Nair")
    steward = serving("Denise Armstrong", Role.STEWARD)
    say_hello(by=None, words="x")
    with acting_as(steward):
        assert HelloWait.objects.get().answered_at is None


def test_four_words_open_it_and_only_their_digest_is_kept():
    with_room("Priya Nair")
    said = say_hello(by=None, words="canary")
    assert said.key not in str(everything(Hello)[0].__dict__)
    with working_on("hello"):
        assert queries.hello_by_key(said.key.upper().replace("-", ", ")).words == "canary"
        assert queries.hello_by_key("apple-apple-apple-apple") is None


def test_four_words_open_nothing_after_sixty_days():
    with_room("Priya Nair")
    said = say_hello(by=None, words="x")
    with time_machine.travel(timezone.now() + dt.timedelta(days=61)), working_on("hello"):
        assert queries.hello_by_key(said.key) is None


def test_words_are_drawn_from_a_list_without_doubles():
    assert len(set(come_back.WORDS)) == len(come_back.WORDS) >= 256


def test_the_named_human_answers_and_nobody_else():
    priya, bev = with_room("Priya Nair"), serving("Bev Ormerod")
    hello = say_hello(by=None, words="x").hello
    with acting_as(bev), pytest.raises(Denied):
        answer_hello(by=bev, hello=hello, words="Me!")
    with acting_as(priya):
        answer_hello(by=priya, hello=hello, words="Come to the Kettle at ten.")
    assert everything(HelloWait)[0].answered_at


def test_an_answer_goes_to_the_address_they_left_when_the_human_says_so():
    priya = with_room("Priya Nair")
    hello = say_hello(by=None, words="x", how_to_reach="text me 07700 900 123 after six").hello
    with acting_as(priya):
        answer_hello(by=priya, hello=hello, words="Come at ten.", send_by="text")
        answer_hello(by=priya, hello=hello, words="Again", send_by="email")
    sent = [one for one in everything(Message) if one.to_person_id is None]
    assert [(one.address, one.channel) for one in sent] == [("07700900123", "text")]
    assert [answer.words for answer in everything(HelloAnswer)] == ["Come at ten.", "Again"], "both are kept"


def test_somebody_known_here_is_answered_by_their_own_reach():
    priya, trace = with_room("Priya Nair"), person()
    with as_owner():
        Reach.objects.create(person=trace, how="own_page")
    with acting_as(trace):
        hello = say_hello(by=trace, words="x").hello
    with acting_as(priya):
        answer_hello(by=priya, hello=hello, words="Come at ten.")
    with acting_as(trace):
        assert "Come at ten." in [one.words for one in queries.received(viewer=trace)]


def test_more_words_reach_the_named_human():
    priya = with_room("Priya Nair")
    said = say_hello(by=None, words="x")
    with pytest.raises(Denied, match="four words"):
        add_words(by=None, hello=said.hello, words="And the rent")
    with working_on("hello"):
        add_words(by=None, hello=queries.hello_by_key(said.key), words="And the rent")
    assert len([one for one in everything(Message) if one.to_person_id == priya.pk]) == 2


def test_what_it_becomes_is_chosen_together():
    priya = with_room("Priya Nair")
    hello = say_hello(by=None, words="x").hello
    with acting_as(priya):
        with pytest.raises(Denied, match="few words"):
            choose_together(by=priya, hello=hello, outcome="simple")
        choose_together(by=priya, hello=hello, outcome="walk", words="She would like that")
    assert everything(Hello)[0].wished_walk_with_id == priya.pk


def test_a_stranger_is_written_down_with_their_yes():
    priya = with_room("Priya Nair")
    hello = say_hello(by=None, words="x").hello
    with acting_as(priya):
        write_down(by=priya, hello=hello, name="Tracey Hallam")
        with pytest.raises(Denied, match="already"):
            write_down(by=priya, hello=hello, name="Tracey Hallam")
    assert "Tracey Hallam" in [one.name for one in everything(Person)]


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("2026-11-18 12:00", "2026-11-19 12:00"),  # Wednesday noon: Thursday noon
        ("2026-11-20 15:00", "2026-11-23 15:00"),  # Friday: Monday
        ("2026-11-21 10:00", "2026-11-23 17:00"),  # Saturday: by the end of Monday
        ("2026-11-18 08:00", "2026-11-18 17:00"),  # before opening: by the end of that day
        ("2026-12-24 15:00", "2026-12-29 15:00"),  # Christmas, and Boxing Day moved to Monday
    ],
)
def test_one_working_day_knows_weekends_and_bank_holidays(said, due):
    def at(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())

    assert workdays.one_working_day_after(at(said)) == at(due)


def test_a_hello_left_alone_alarms_a_named_person_once():
    with time_machine.travel(NOON, tick=False):
        with_room("Priya Nair")
        lead = serving("Ruth Collier", Role.TEAM_LEAD)
        say_hello(by=None, words="canary")
        assert telling.alarm_about_hellos() == 0
    with time_machine.travel(NOON + dt.timedelta(days=1, minutes=1), tick=False):
        assert telling.alarm_about_hellos() == 1
        assert telling.alarm_about_hellos() == 0
        with acting_as(lead):
            assert [wait.alarmed for wait in queries.broken(viewer=lead).hellos] == [lead]
    (alarm,) = [one for one in everything(Message) if one.to_person_id == lead.pk]
    assert "Priya was named" in alarm.words
    assert "canary" not in alarm.words


def test_a_hello_that_was_answered_alarms_nobody():
    with time_machine.travel(NOON, tick=False):
        priya = with_room("Priya Nair")
        hello = say_hello(by=None, words="x").hello
        with acting_as(priya):
            answer_hello(by=priya, hello=hello, words="Come at ten.")
    with time_machine.travel(NOON + dt.timedelta(days=2), tick=False):
        assert telling.alarm_about_hellos() == 0


def test_who_does_not_look_after_the_place_does_not_see_what_is_broken():
    bev = serving("Bev Ormerod")
    with acting_as(bev), pytest.raises(Denied):
        queries.broken(viewer=bev)


def test_nobody_at_the_door_is_broken_too():
    steward = serving("Denise Armstrong", Role.STEWARD)
    with acting_as(steward):
        assert queries.broken(viewer=steward).nobody_at_the_door


def test_deliveries_know_no_words():
    names = {field.name for field in Delivery._meta.get_fields()}
    assert not names & {"words", "subject", "address", "to_person"}
