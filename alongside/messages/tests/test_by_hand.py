"""What a human does by hand about a message or a hello, and what is refused because it is done already.

Serves F7, I11 and I34: a message that went is not ticked off or let go, and nobody is written down twice.
"""

import pytest
from django.utils import timezone

from alongside.kernel.acting import acting_as, working_on
from alongside.kernel.policy import Denied
from alongside.messages.models import Delivery, Hello, HelloAnswer
from alongside.messages.operations import (
    add_words,
    answer_hello,
    choose_together,
    let_go,
    say_hello,
    tick_done,
    write_down,
)
from alongside.people.models import Person, Reach
from tests.cast import person, serving
from tests.database import as_owner

from .rows import on_its_way, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya():
    return serving("Priya Nair")


@pytest.mark.parametrize("operation", [tick_done, let_go])
@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("waiting", True), ("failed", True), ("not_known", True), ("kept_back", True), ("for_a_human", True),
        ("sent", False), ("sending", False),
    ],
)  # fmt: skip
def test_what_went_is_neither_ticked_off_nor_let_go(priya, operation, state, may):
    how = {"trouble": "x", "sent_at": timezone.now(), "sending_since": timezone.now()}
    delivery = on_its_way(priya, person(), state=state, **how)
    words = {"words": "I met her."} if operation is let_go else {}
    ends_in = {tick_done: "sent", let_go: "let_go"}[operation] if may else state
    with acting_as(priya):
        if may:
            operation(by=priya, delivery=delivery, **words)
        else:
            with pytest.raises(Denied, match="This has gone already"):
                operation(by=priya, delivery=delivery, **words)
    with as_owner():
        kept = Delivery.objects.get(pk=delivery.pk)
    assert kept.state == ends_in
    assert (kept.done_by_id == priya.pk) == (may and operation is tick_done)


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_words_of_spaces_are_no_words(priya, words):
    trace = person()
    hello = said(priya, person=trace).hello
    with acting_as(priya):
        with pytest.raises(Denied, match="a word or two"):
            answer_hello(by=priya, hello=hello, words=words)
        with pytest.raises(Denied, match="what was done"):
            choose_together(by=priya, hello=hello, outcome="simple", words=words)
        with pytest.raises(Denied, match="why it is let go"):
            let_go(by=priya, delivery=on_its_way(priya, trace), words=words)
    with pytest.raises(Denied, match="a word or two"):
        say_hello(by=None, words=words)
    with as_owner():
        assert not HelloAnswer.objects.exists()
        assert Hello.objects.count() == 1


def test_nobody_is_written_down_twice_and_nobody_without_a_name(priya):
    hello = said(priya, how_to_reach="07700 900123 or trace@tynebank.example", language="Polski").hello
    with acting_as(priya):
        with pytest.raises(Denied, match="a first name is plenty"):
            write_down(by=priya, hello=hello, name=" ")
        written = write_down(by=priya, hello=hello, name="Trace")
        with pytest.raises(Denied, match="written down already"):
            write_down(by=priya, hello=hello, name="Trace")
    with as_owner():
        assert Person.objects.filter(name="Trace").count() == 1
        reach = Reach.objects.get(person=written)
    assert (reach.phone, reach.email, reach.languages) == (
        "07700900123",
        "trace@tynebank.example",
        ["Polski"],
    )
    assert reach.how_words == "07700 900123 or trace@tynebank.example"


def test_a_stranger_adds_words_only_where_their_four_words_were_known(priya):
    hello = said(priya).hello
    with pytest.raises(Denied, match="Come back with your four words first"):
        add_words(by=None, hello=hello, words="And the bairn.")
    with acting_as(priya), pytest.raises(Denied, match="Only the one who said hello adds to it"):
        add_words(by=priya, hello=hello, words="And the bairn.")
    with working_on("hello"):
        assert add_words(by=None, hello=hello, words=" And the bairn. ").words == "And the bairn."


def test_a_hello_becomes_nothing_that_there_is_not(priya):
    hello = said(priya).hello
    with acting_as(priya), pytest.raises(ValueError, match="does not become"):
        choose_together(by=priya, hello=hello, outcome="closed", words="x")


@pytest.mark.parametrize(("outcome", "walks"), [("walk", True), ("simple", False), ("enough", False)])
def test_only_a_walk_names_somebody_to_walk_with(priya, outcome, walks):
    hello, bev = said(priya).hello, serving("Bev Ormerod")
    with acting_as(priya):
        chosen = choose_together(by=priya, hello=hello, outcome=outcome, words="x", walk_with=bev)
        assert chosen.wished_walk_with == (bev if walks else None)
        again = choose_together(by=priya, hello=hello, outcome=outcome, words="x")
    assert again.wished_walk_with == (priya if walks else None)


@pytest.mark.parametrize(
    ("left", "way", "goes"),
    [
        ("07700 900123", "text", True),
        ("07700 900123", "email", False),
        ("trace@tynebank.example", "email", True),
        ("the bench by the Staithes", "text", False),
        ("", "text", False),
    ],
)
def test_an_answer_goes_to_an_address_only_where_they_left_one(priya, left, way, goes):
    hello = said(priya, how_to_reach=left).hello
    with acting_as(priya):
        answer_hello(by=priya, hello=hello, words="Come at ten.", send_by=way)
    with as_owner():
        assert Delivery.objects.filter(channel=way).count() == (1 if goes else 0)
        assert HelloAnswer.objects.get().words == "Come at ten.", "what was written is never lost"
