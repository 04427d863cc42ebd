"""Somebody says hello, and a human is named and told at once."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from alongside.accounts.models import Neighbourhood
from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import come_back, policies, who_has_room
from alongside.messages.models import FullHouse, Hello, HelloWait
from alongside.messages.operations.outbox import send
from alongside.messages.workdays import day_and_time, one_working_day_after
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Person


class Said(NamedTuple):
    """A hello that is kept, and the words to come back with, which are told once and not kept."""

    hello: Hello
    key: str


@operation("messages.say_hello")
def say_hello(
    *,
    by: Person | None,
    words: str,
    called: str = "",
    how_to_reach: str = "",
    language: str = "",
    neighbourhood: Neighbourhood | None = None,
    kind: str = Hello.Kind.SELF,
    persons_yes: bool = False,
) -> Said:
    """Keep a hello, name a human who has room, and tell them at once.

    `by` is None for a stranger. Words are all that is required; a neighbour needs the person's yes. When
    nobody has room, the duty human is named and the place has that to answer for. Raises Denied with a
    sentence.
    """
    _check(by, words, kind, persons_yes)
    with working_on("hello", person=by):
        named = who_has_room.choose(language=language, neighbourhood=neighbourhood)
        key = come_back.new_key()
        hello = Hello(
            words=words.strip(), called=called.strip(), how_to_reach=how_to_reach.strip(), kind=kind,
            language=language.strip(), neighbourhood=neighbourhood, persons_yes=persons_yes,
            said_at=clock.now(),
            person=by if kind == Hello.Kind.SELF else None, named=named.person, no_room=named.no_room,
            entered_by=None if kind == Hello.Kind.SELF else by, code_digest=come_back.digest(key),
        )  # fmt: skip
        hello.save(force_insert=True)
        _tell(hello, _wait(hello))
        record(
            "messages.say_hello",
            by=by,
            thing=hello,
            person_id=hello.person_id,
            fields={"kind": kind, "no_room": named.no_room},
        )
    return Said(hello, key)


def _check(by: Person | None, words: str, kind: str, persons_yes: bool) -> None:
    policies.check_hello_has_words(by, words)
    if kind != Hello.Kind.SELF:
        policies.check_can_say_hello_for(by)
    policies.check_has_persons_yes(by, policies.Yes(kind, persons_yes))


def _wait(hello: Hello) -> HelloWait:
    wait = HelloWait(
        hello=hello,
        named_id=hello.named_id,
        said_at=hello.said_at,
        answer_by=one_working_day_after(hello.said_at),
    )
    wait.save(force_insert=True)
    if hello.no_room:
        FullHouse(wait=wait, day=clock.today()).save(force_insert=True)
    return wait


def _tell(hello: Hello, wait: HelloWait) -> None:
    """Tell the named human. No word of the hello goes by e-mail or text: they read it here."""
    if hello.named is None:
        return
    said = gettext_lazy("Somebody said hello, and your name is on the answer. Please answer by {day}.")
    send(
        by=hello.entered_by or hello.person or somebody_at_the_door() or hello.named,
        to=hello.named,
        subject=gettext_lazy("Somebody said hello"),
        words=format_lazy(said, day=day_and_time(wait.answer_by)),
        link=reverse("hello", args=[hello.pk]),
        reference=f"hello-{hello.pk}",
        about=hello,
    )


@operation("messages.answer_full_house")
def answer_full_house(*, by: Person, full_house: FullHouse, words: str) -> FullHouse:
    """Say what the place did about a day on which nobody had room. Raises Denied."""
    policies.check_can_look_after_messages(by)
    policies.check_says_what_the_place_did(by, words)
    full_house.words, full_house.answered_by, full_house.answered_at = words.strip(), by, clock.now()
    full_house.save(update_fields=["words", "answered_by", "answered_at"])
    record("messages.answer_full_house", by=by, thing=full_house, fields={"words": words})
    return full_house
