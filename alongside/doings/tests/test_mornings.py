"""Each morning, with the clock moved: whoever promised hears of it, once, from a human."""

import datetime as dt

import pytest

from alongside.doings import operations, reminding
from alongside.doings.tests.mornings import MORNING, a_morning, messages, promised
from alongside.doings.tests.world import OWNER, WALKER
from alongside.kernel.acting import acting_as
from alongside.people.models import Reach
from tests.database import as_owner


def test_whoever_promised_hears_of_it_on_the_day_once(world):
    promised(world, owner=world.who[OWNER])
    assert a_morning(MORNING - dt.timedelta(days=1)) == 0
    assert a_morning() == 1
    assert a_morning(MORNING + dt.timedelta(minutes=30)) == 0
    (message,) = messages()
    assert (message.to_person, message.sender) == (world.who[OWNER], world.who[WALKER])
    assert message.words == "Today: Ring the vet"


def test_who_is_coming_and_when_is_told_by_the_one_who_comes(world):
    promised(world, coming=True, at_time=dt.time(14, 30), where_words="The Kettle", words="Walk Bruno.")
    a_morning()
    coming = next(each for each in messages() if each.reference.startswith("coming-"))
    assert (coming.to_person, coming.sender) == (world.trace, world.who[WALKER])
    assert coming.words == "Callum is coming today, 2:30 p.m., at The Kettle. Walk Bruno."


def test_it_goes_by_the_way_they_asked_for(world):
    with as_owner():
        Reach.objects.create(person=world.who[OWNER], how="text", phone="07700 900123")
    promised(world, owner=world.who[OWNER])
    a_morning()
    assert messages()[0].channel == "text"


def test_nobody_is_reminded_of_what_was_kept_or_let_go(world):
    for state in ("kept", "let_go", "late"):
        one = promised(world)
        with acting_as(world.trace):
            operations.promise_settled(by=world.trace, promise=one, state=state, words="Aye.")
    assert a_morning() == 0
    assert messages() == []


def test_where_the_owner_is_nobody_here_whoever_wrote_it_down_is_reminded(world):
    promised(world, owner_words="the council")
    a_morning()
    assert messages()[0].to_person == world.who[WALKER]


def test_cut_short_it_is_told_by_the_next_run_and_nothing_twice(world, monkeypatch):
    promised(world)
    monkeypatch.setattr(reminding, "reminded", lambda **more: 1 / 0)
    with pytest.raises(RuntimeError, match="1 promises"):
        a_morning()
    assert messages() == []
    monkeypatch.undo()
    assert a_morning() == 1
    assert len(messages()) == 1
