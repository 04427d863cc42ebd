"""What the database itself refuses, whoever writes: each constraint of the room broken by its owner's hand.

Serves F7 (a message is from somebody, to somebody), I11 (what is stuck says why) and I34 (words are all it takes).
"""

import datetime as dt
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.utils import timezone

from alongside.messages.models import Delivery, FullHouse, Hello, HelloAnswer, HelloWait, Message, WhyAsked
from tests.cast import person, serving
from tests.database import as_owner

from .rows import asked, on_its_way, said

pytestmark = pytest.mark.django_db

BROKEN = {
    "message_has_a_reference": (Message, {"reference": ""}),
    "message_is_to_somebody": (Message, {"to_person": None, "address": ""}),
    "delivery_sent_has_a_time": (Delivery, {"state": "sent", "sent_at": None}),
    "delivery_in_trouble_says_why": (Delivery, {"state": "failed", "trouble": ""}),
    "delivery_let_go_has_words": (Delivery, {"state": "let_go", "let_go_words": ""}),
    "hello_has_words": (Hello, {"words": ""}),
    "hello_by_neighbour_has_their_yes": (Hello, {"kind": "neighbour", "persons_yes": False}),
    "hello_for_another_says_who_wrote_it": (Hello, {"kind": "helper", "entered_by": None}),
    "hello_wished_walk_is_a_walk": (Hello, {"outcome": "simple", "wished_walk_with": F("named")}),
    "hello_answer_has_words": (HelloAnswer, {"words": ""}),
    "hello_wait_ends_later": (HelloWait, {"answer_by": F("said_at")}),
    "why_asked_of_another": (WhyAsked, {"person": F("looker")}),
    "why_answered_has_words_and_somebody": (
        WhyAsked,
        {"answered_at": dt.datetime(2026, 11, 20, tzinfo=dt.UTC)},
    ),
}
ONE_OF = "is_one_of_its_choices"
BROKEN |= {
    f"alongside_messages_hello_kind_{ONE_OF}": (Hello, {"kind": "drop_in", "entered_by": F("named")}),
    f"alongside_messages_hello_outcome_{ONE_OF}": (Hello, {"outcome": "passed_on"}),
    f"alongside_messages_message_channel_{ONE_OF}": (Message, {"channel": "pigeon"}),
    f"alongside_messages_message_asked_{ONE_OF}": (Message, {"asked": "pigeon"}),
    f"alongside_messages_delivery_channel_{ONE_OF}": (Delivery, {"channel": ""}),
    f"alongside_messages_delivery_state_{ONE_OF}": (Delivery, {"state": "lost"}),
}
# The same words again, with what must not be there twice.
TWICE = {
    "why_asked_once_a_look": (WhyAsked, {}),
    "messages_message_reference": (Message, {}),
    "messages_hello_code_digest": (Hello, {}),
    "messages_delivery_message_id": (Delivery, {}),
    "messages_hellowait_hello_id": (HelloWait, {}),
    "messages_fullhouse_wait_id": (FullHouse, {}),
}
# What is right in spite of looking near to it.
STILL_RIGHT = [
    (Message, {"to_person": None, "address": "trace@tynebank.example"}),
    (Delivery, {"state": "not_known", "trouble": "The line broke."}),
    (Delivery, {"state": "waiting", "trouble": ""}),
    (Hello, {"kind": "neighbour", "persons_yes": True, "entered_by": F("named")}),
    (Hello, {"outcome": "walk", "wished_walk_with": F("named")}),
    (
        WhyAsked,
        {"answered_at": dt.datetime(2026, 11, 20, tzinfo=dt.UTC), "answer": "x", "answered_by": F("looker")},
    ),
]


@pytest.fixture(autouse=True)
def rows():
    """One good row of each table."""
    priya, trace = serving("Priya Nair"), person()
    on_its_way(priya, trace)
    wait = said(priya)
    asked(priya, trace, None)
    with as_owner():
        FullHouse.objects.create(wait=wait, day=timezone.localdate())
        HelloAnswer.objects.create(hello=wait.hello, by=priya, words="x", at=timezone.now())


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_may_never_be(name):
    model, slip = BROKEN[name]
    with as_owner(), pytest.raises(IntegrityError, match=name), transaction.atomic():
        model.objects.update(**slip)


@pytest.mark.parametrize("state", Delivery.STUCK)
def test_nothing_is_stuck_without_a_sentence_that_says_why(state):
    with as_owner(), pytest.raises(IntegrityError, match="in_trouble_says_why"), transaction.atomic():
        Delivery.objects.update(state=state, trouble="")


@pytest.mark.parametrize("name", TWICE)
def test_what_is_there_once_is_not_written_twice(name):
    model, _slip = TWICE[name]
    with as_owner():
        again = model.objects.get()
        again.pk = uuid4()
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            again.save(force_insert=True)


@pytest.mark.parametrize(("model", "near"), STILL_RIGHT)
def test_what_is_right_is_let_through(model, near):
    with as_owner():
        assert model.objects.update(**near) == 1


def test_a_message_is_never_from_nobody():
    with as_owner(), pytest.raises(IntegrityError, match="sender_id"), transaction.atomic():
        Message.objects.update(sender=None)


def test_somebody_who_wrote_messages_is_not_taken_out_from_under_them():
    with as_owner():
        priya = Message.objects.get().sender
        with pytest.raises(ProtectedError):
            priya.delete()


def test_every_constraint_of_the_room_is_broken_here():
    named = {
        constraint.name for model in apps.get_app_config("alongside_messages").get_models()
        for constraint in model._meta.constraints
    }  # fmt: skip
    assert named
    assert named <= {*BROKEN, *TWICE}
