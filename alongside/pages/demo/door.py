"""A few hellos at Tynebank's door, so that it is as it is on a weekday: one put right, one waiting. Invented."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from alongside.kernel.acting import acting_as, working_on
from alongside.messages import operations as messages
from alongside.messages.models import Hello
from alongside.pages.demo.cast import Cast
from alongside.pages.demo.events import Event
from alongside.people.models import Person

LETTER = "My mam has a letter that says court. She can't read it and I don't get it either."
ANSWER = "Come to the library at ten, I'm by the window. We'll read it together, nobody is in trouble."
DONE = "Read it together. It was last year's, and paid. One call to revenues and it was gone."
CURTAINS = "The old lad at number nine has had his curtains shut all week. I knocked. He says come."


def _put_right() -> None:
    with working_on("hello"):
        said = messages.say_hello(by=None, words=LETTER, called="Shaz", how_to_reach="library, most mornings")
        named: Person = said.hello.named
    with acting_as(named):
        messages.answer_hello(by=named, hello=said.hello, words=ANSWER)
        messages.choose_together(by=named, hello=said.hello, outcome=Hello.Outcome.SIMPLE, words=DONE)


def _for_a_neighbour(neighbour: Person) -> None:
    with acting_as(neighbour):
        messages.say_hello(by=neighbour, words=CURTAINS, kind=Hello.Kind.NEIGHBOUR, persons_yes=True)


def hellos(cast: Cast) -> Iterator[Event]:
    """A stranger's hello of last week that was a simple thing, and a neighbour's of this hour."""
    now = timezone.now()
    yield Event(now - dt.timedelta(days=6), 0, _put_right)
    yield Event(now - dt.timedelta(minutes=50), 0, partial(_for_a_neighbour, cast["p_maxine"]))
