"""The named human answers a hello, and the two of them choose together what it becomes."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import policies
from alongside.messages.addresses import address_in
from alongside.messages.models import Hello, HelloAnswer, HelloWait
from alongside.messages.operations.outbox import send
from alongside.people.models import Person
from alongside.people.operations import write_down_person
from alongside.people.operations.people import ReachWords


@operation("messages.answer_hello")
def answer_hello(*, by: Person, hello: Hello, words: str, send_by: str = "") -> HelloAnswer:
    """Answer a hello in words. They stand where the other can come back and read them.

    Somebody who is known here is told by the way they asked for. For anyone else `send_by` ("email" or
    "text") also sends the words to the address they left; "" leaves it at the page, or at ringing them. Where
    no such address was left the words are kept all the same and nothing is sent. Raises Denied.
    """
    policies.check_can_answer_hello(by, hello)
    answer = _keep(hello, by, words)
    if hello.person_id:
        _tell_person(hello, by, answer)
    elif send_by and address_in(hello.how_to_reach, send_by):
        _send_to_address(hello, by, answer, send_by)
    wait = HelloWait.objects.get(hello=hello)
    if wait.answered_at is None:
        wait.answered_at = clock.now()
        wait.save(update_fields=["answered_at"])
    record("messages.answer_hello", by=by, thing=answer, person_id=hello.person_id, fields={"words": words})
    return answer


def _keep(hello: Hello, by: Person | None, words: str) -> HelloAnswer:
    policies.check_answer_has_words(by, words)
    answer = HelloAnswer(hello=hello, by=by, words=words.strip(), at=clock.now())
    answer.save(force_insert=True)
    return answer


def _tell_person(hello: Hello, by: Person, answer: HelloAnswer) -> None:
    with working_on("hello", person=by):
        to = Person.objects.get(hellos=hello)
    send(
        by=by,
        to=to,
        subject=gettext_lazy("About your hello"),
        words=answer.words,
        link=reverse("hello", args=[hello.pk]),
        reference=f"hello-answer-{answer.pk}",
        about=hello,
    )


def _send_to_address(hello: Hello, by: Person, answer: HelloAnswer, send_by: str) -> None:
    send(
        by=by,
        address=address_in(hello.how_to_reach, send_by),
        channel=send_by,
        subject=gettext_lazy("About your hello"),
        words=answer.words,
        reference=f"hello-answer-{answer.pk}",
        about=hello,
    )


@operation("messages.add_words")
def add_words(*, by: Person | None, hello: Hello, words: str) -> HelloAnswer:
    """More words from the one who said hello; the named human is told. `by` is None for a stranger.

    A stranger is known by their key: call inside `working_on("hello")`, which only the page of that key does.
    """
    policies.check_can_add_to_hello(by, hello)
    with working_on("hello", person=by):
        answer = _keep(hello, by, words)
        if hello.named is not None:
            send(
                by=by or hello.entered_by or hello.named,
                to=hello.named,
                subject=gettext_lazy("More words to a hello"),
                words=gettext_lazy("There are more words to a hello that you answer."),
                link=reverse("hello", args=[hello.pk]),
                reference=f"hello-more-{answer.pk}",
                about=hello,
            )
        record("messages.add_words", by=by, thing=answer, person_id=hello.person_id, fields={"words": words})
    return answer


@operation("messages.choose_together")
def choose_together(
    *, by: Person, hello: Hello, outcome: str, words: str = "", walk_with: Person | None = None
) -> Hello:
    """Keep what the two chose: a simple thing done now (in words), or somebody to walk alongside, and who.

    Raises Denied, or ValueError for an outcome that is none.
    """
    policies.check_can_answer_hello(by, hello)
    if outcome not in Hello.Outcome.values:
        raise ValueError(f"a hello does not become {outcome!r}")
    if outcome == Hello.Outcome.SIMPLE:
        policies.check_says_what_was_done(by, words)
    hello.outcome, hello.outcome_words = outcome, words.strip()
    hello.wished_walk_with = (walk_with or by) if outcome == Hello.Outcome.WALK else None
    hello.save(update_fields=["outcome", "outcome_words", "wished_walk_with"])
    fields = {"outcome": outcome, "words": words}
    record("messages.choose_together", by=by, thing=hello, person_id=hello.person_id, fields=fields)
    return hello


def _reach(hello: Hello) -> ReachWords:
    """What they said of how to reach them, so that nobody asks again."""
    phone, email = (address_in(hello.how_to_reach, way) for way in ("text", "email"))
    languages = [hello.language] if hello.language else []
    return ReachWords(how_words=hello.how_to_reach, phone=phone, email=email, languages=languages)


@operation("messages.write_down")
def write_down(*, by: Person, hello: Hello, name: str) -> Person:
    """Write down who said hello, with their yes, so that they can have a page of their own. Raises Denied."""
    policies.check_can_answer_hello(by, hello)
    policies.check_is_not_written_down_yet(by, hello)
    policies.check_has_a_name(by, name)
    with working_on("hello", person=by):
        person = write_down_person(by=by, name=name, called=hello.called, reach=_reach(hello))
        hello.person = person
        hello.save(update_fields=["person"])
    record("messages.write_down", by=by, thing=hello, person_id=person.pk, fields={"name": name})
    return person
