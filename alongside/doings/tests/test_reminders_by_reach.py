"""Each morning, to each in the way they asked for: never by what they never want, in their hours and their language."""

import datetime as dt

import pytest
from django.utils import translation

from alongside.doings import operations
from alongside.doings.models import Promise
from alongside.doings.tests.mornings import DAY, MORNING, a_morning, messages, promised
from alongside.doings.tests.world import HELPER, NOW, OWNER, PERSON, STEWARD
from alongside.kernel.acting import acting_as
from alongside.messages.models import Message
from alongside.people.models import Reach
from tests.database import as_owner


def reached(person, **how):
    with as_owner():
        Reach.objects.update_or_create(person=person, defaults=how)


def test_by_default_it_waits_on_their_own_page(world):
    promised(world, owner=world.who[OWNER])
    a_morning()
    assert [message.channel for message in messages()] == ["own_page"]


@pytest.mark.parametrize("how", [
    {"how": "text", "phone": "07700 900123"}, {"how": "email", "email": "norah@example.org"},
    {"how": "own_page", "never": ["text", "email"]},
])  # fmt: skip
def test_it_goes_as_they_said_and_never_as_they_never_want(world, how):
    reached(world.who[OWNER], **how)
    promised(world, owner=world.who[OWNER])
    a_morning()
    (message,) = messages()
    assert message.channel == how["how"]
    assert message.channel not in how.get("never", [])


@pytest.mark.parametrize("how", ["text", "email"])
def test_without_a_number_or_an_address_it_is_never_lost(world, how):
    reached(world.who[OWNER], how=how)
    promised(world, owner=world.who[OWNER])
    assert a_morning() == 1
    (message,) = messages()
    assert message.to_person == world.who[OWNER]


def test_who_is_told_does_not_depend_on_the_language_of_whoever_runs_it(world):
    promised(world, owner=world.who[OWNER])
    with translation.override("cy"):
        a_morning()
    assert [message.to_person for message in messages()] == [world.who[OWNER]]
    assert "Ring the vet" in messages()[0].words


@pytest.mark.parametrize(("time", "where", "said"), [
    (None, "", "Today: Ring the vet"), (dt.time(9), "", "Today: Ring the vet, 9 a.m."),
    (None, "The Kettle", "Today: Ring the vet, at The Kettle"),
    (dt.time(0, 0), "", "Today: Ring the vet, midnight"), (dt.time(12, 0), "", "Today: Ring the vet, noon"),
    (dt.time(14, 5), "The Kettle", "Today: Ring the vet, 2:05 p.m., at The Kettle"),
])  # fmt: skip
def test_it_says_when_and_where_as_far_as_that_was_said(world, time, where, said):
    promised(world, owner=world.who[OWNER], at_time=time, where_words=where)
    a_morning()
    assert messages()[0].words == said


@pytest.mark.parametrize(("days", "reminds"), [(-30, 0), (-1, 0), (0, 1)])
def test_before_its_day_nobody_hears_of_it(world, days, reminds):
    promised(world, owner=world.who[OWNER])
    a_morning(MORNING + dt.timedelta(days=days))
    assert len(messages()) == reminds


def test_once_its_day_is_over_nobody_is_chased(world):
    promised(world, owner=world.who[OWNER])
    a_morning(MORNING + dt.timedelta(days=3))
    assert messages() == []


@pytest.mark.parametrize("state", ["kept", "late", "let_go"])
def test_what_was_settled_in_the_night_is_not_reminded_of(world, state):
    made = promised(world, owner=world.who[OWNER])
    with acting_as(world.who[OWNER]):
        operations.promise_settled(by=world.who[OWNER], promise=made, state=state, words="So it is.")
    assert a_morning() == 0
    assert messages() == []


def test_nobody_is_told_that_they_come_to_themself(world):
    promised(world, by=PERSON, coming=True)
    a_morning()
    assert [message.reference.split("-")[0] for message in messages()] == ["promise"]


def test_who_comes_and_is_nobody_here_is_named_in_the_words(world):
    promised(world, coming=True, owner_words="the nurse", at_time=dt.time(10))
    a_morning()
    coming = next(message for message in messages() if message.reference.startswith("coming-"))
    assert coming.to_person == world.trace
    assert coming.words.startswith("the nurse is coming today, 10 a.m.")


def test_a_promise_to_a_family_reminds_whoever_made_it_and_tells_nobody_that_somebody_comes(world):
    with acting_as(world.trace):
        operations.promise(
            by=world.trace,
            together=world.ours,
            words="Bring the van.",
            day=DAY,
            owner=world.who[OWNER],
            coming=True,
        )
    a_morning()
    assert [message.to_person for message in messages()] == [world.who[OWNER]]


def test_found_to_be_somebody_else_it_is_they_who_hear_of_it(world):
    promised(world, owner=world.who[OWNER])
    with as_owner():
        type(world.trace).objects.filter(pk=world.who[OWNER].pk).update(
            same_as=world.who[HELPER], account=None
        )
    a_morning()
    assert [message.to_person for message in messages()] == [world.who[HELPER]]


def test_many_on_one_morning_are_each_told_once_however_often_it_runs(world):
    for number in range(4):
        promised(world, words=f"Thing {number}", owner=world.who[OWNER])
    assert [a_morning(), a_morning(), a_morning(MORNING + dt.timedelta(hours=6))] == [4, 0, 0]
    assert len({message.reference for message in messages()}) == len(messages()) == 4


def test_nobody_else_sees_what_was_told(world):
    promised(world, owner=world.who[OWNER])
    a_morning()
    for who in (HELPER, STEWARD):
        with acting_as(world.who[who]):
            assert not Message.objects.exists()


def test_the_work_that_reminds_settles_nothing_and_changes_no_words(world):
    made = promised(world, owner=world.who[OWNER])
    a_morning()
    with as_owner():
        now = Promise.objects.get(pk=made.pk)
    assert (now.state, now.words, now.told_words, now.day) == ("open", "Ring the vet", "", DAY)
    assert now.reminded_at == MORNING
    assert NOW < MORNING
