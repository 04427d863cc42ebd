"""Every operation of the room: who may and who is refused, what the audit keeps, and whole or not at all.

Serves F7 (nothing in anybody else's name), I5, I17 and R121: the audit holds digests, never the words.
"""

import pytest

from alongside.kernel.acting import acting_as
from alongside.messages import operations, telling
from alongside.messages.models import FullHouse
from alongside.people.models import Role
from tests.cast import person, serving
from tests.database import as_owner
from tests.each_operation import CANARY, may, recorded, undone_without_audit

from .rows import asked, looked, on_its_way, said

pytestmark = pytest.mark.django_db

EVERYBODY = ("trace", "george", "priya", "bev", "denise", "ruth", "dot")
LOOK_AFTER = ("denise", "ruth", "dot")


@pytest.fixture
def who():
    return {
        "trace": person(),
        "george": person("George Elliott"),
        "priya": serving("Priya Nair"),
        "bev": serving("Bev Ormerod"),
        "denise": serving("Denise Armstrong", Role.STEWARD),
        "ruth": serving("Ruth Collier", Role.TEAM_LEAD),
        "dot": serving("Dot Garrod", Role.DUTY_HUMAN),
    }


def mending(operation, **words):
    """Something done about a message of Priya's to Trace."""

    def arrange(who):
        delivery = on_its_way(who["priya"], who["trace"], state="failed", trouble="It broke.")
        return lambda by: operation(by=by, delivery=delivery, **words)

    return arrange


def of_a_hello(operation, *, no_room=False, **words):
    """Something done about a hello of Trace's, which George wrote down and Priya is named on."""

    def arrange(who):
        wait = said(
            who["priya"], person=who["trace"], entered_by=who["george"], kind="helper", no_room=no_room
        )
        return lambda by: operation(by=by, hello=wait.hello, **words)

    return arrange


def writing_down(who):
    hello = said(who["priya"], called=CANARY, how_to_reach="canary@tynebank.example").hello
    return lambda by: operations.write_down(by=by, hello=hello, name=CANARY)


def full_house(who):
    wait = said(who["priya"], no_room=True)
    with as_owner():
        day = FullHouse.objects.create(wait=wait, day=wait.said_at.date())
    return lambda by: operations.answer_full_house(by=by, full_house=day, words=CANARY)


def answering_why(who):
    why = asked(who["priya"], who["trace"], who["ruth"])
    return lambda by: operations.answer_why(by=by, asked=why, words=CANARY)


def asking_why(who):
    look = looked(who["priya"], who["trace"])
    return lambda by: operations.ask_why(by=by, look_id=look.pk, words=CANARY)


def saying_hello(who):
    return lambda by: operations.say_hello(
        by=by, words=CANARY, kind="neighbour", persons_yes=True, called=CANARY, how_to_reach=CANARY
    )


def sending(who):
    return lambda by: operations.send(by=by, to=who["trace"], words=CANARY, reference="kettle-1")


def opened(who):
    """Priya opened Trace's page in an emergency, and Ruth looks at it."""
    with acting_as(who["priya"]):
        opening = operations.open_in_an_emergency(by=who["priya"], words=CANARY, name=who["trace"].name)
    assert opening.reviewer == who["ruth"]
    return opening


def opening(who):
    return lambda by: operations.open_in_an_emergency(by=by, words=CANARY, name=who["trace"].name)


def reviewing(who):
    its = opened(who)
    return lambda by: operations.review_opening(by=by, opening=its, found="not_right", words=CANARY)


def saying_of_it(who):
    its = opened(who)
    return lambda by: operations.say_of_opening(by=by, opening=its, words=CANARY)


# What is done: (how, who may, who does it below, which fields the audit names, whom it is about)
DOINGS = {
    "messages.send": (sending, EVERYBODY, "priya", {"words", "channel"}, "trace"),
    "messages.tick_done": (mending(operations.tick_done), ["priya"], "priya", {"state"}, None),
    "messages.try_again": (
        mending(operations.try_again), ["priya", *LOOK_AFTER], "denise", {"state"}, None,
    ),
    "messages.let_go": (
        mending(operations.let_go, words=CANARY), ["priya", *LOOK_AFTER], "ruth", {"words"}, None,
    ),
    "messages.say_hello": (saying_hello, EVERYBODY, "george", {"kind", "no_room"}, None),
    "messages.answer_hello": (
        of_a_hello(operations.answer_hello, words=CANARY), ["priya"], "priya", {"words"}, "trace",
    ),
    "messages.add_words": (
        of_a_hello(operations.add_words, words=CANARY), ["trace", "george"], "george", {"words"}, "trace",
    ),
    "messages.choose_together": (
        of_a_hello(operations.choose_together, outcome="simple", words=CANARY),
        ["priya"], "priya", {"outcome", "words"}, "trace",
    ),
    "messages.write_down": (writing_down, ["priya"], "priya", {"name"}, "new"),
    "messages.answer_full_house": (full_house, LOOK_AFTER, "dot", {"words"}, None),
    "messages.ask_why": (asking_why, ["trace"], "trace", {"words"}, "trace"),
    "messages.open_in_an_emergency": (opening, ["priya", "bev", "ruth"], "bev", set(), "trace"),
    "messages.review_opening": (reviewing, ["ruth"], "ruth", set(), "trace"),
    "messages.say_of_opening": (saying_of_it, ["trace"], "trace", set(), "trace"),
    "messages.answer_why": (answering_why, ["priya", "ruth"], "priya", {"words"}, "trace"),
}  # fmt: skip
# Where nobody had room, the duty human answers too.
NO_ROOM = {
    "messages.answer_hello": of_a_hello(operations.answer_hello, no_room=True, words=CANARY),
    "messages.choose_together": of_a_hello(operations.choose_together, no_room=True, outcome="enough"),
}


@pytest.mark.parametrize("did", DOINGS)
@pytest.mark.parametrize("name", EVERYBODY)
def test_each_may_do_what_is_theirs_and_is_refused_the_rest_in_a_sentence(who, did, name):
    arrange, may_do, *_ = DOINGS[did]
    assert may(who[name], arrange(who)) == (name in may_do)


@pytest.mark.parametrize("did", NO_ROOM)
@pytest.mark.parametrize(
    ("name", "allowed"), [("dot", True), ("priya", True), ("bev", False), ("ruth", False)]
)
def test_where_nobody_had_room_the_duty_human_answers_too_and_nobody_else(who, did, name, allowed):
    assert may(who[name], NO_ROOM[did](who)) is allowed


@pytest.mark.parametrize("did", DOINGS)
def test_the_audit_keeps_who_and_which_fields_and_no_word(who, did):
    arrange, _may, by, fields, about = DOINGS[did]
    assert may(who[by], arrange(who))
    kept = recorded(did)
    assert kept["by"] == who[by].pk
    assert kept["fields"] == fields
    if about != "new":
        assert kept["about"] == (who[about].pk if about else None)


@pytest.mark.parametrize("did", DOINGS)
def test_nothing_is_done_when_the_audit_cannot_be_written(who, did, monkeypatch):
    arrange, _may, by, *_ = DOINGS[did]
    undone_without_audit(monkeypatch, who[by], arrange(who))


def test_every_operation_of_the_room_is_tried_here():
    named = {operations.__dict__[name].operation for name in operations.__all__ if name != "Said"}
    assert named == set(DOINGS)
    assert telling.alarm.operation == "messages.alarm"  # test_alarms.py
