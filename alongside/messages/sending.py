"""Sending one message so that it goes once: say that it is going, hand it over, say that it went.

Each of the three is committed by itself. A process that dies between them leaves `sending` behind; whoever
comes next asks the carrier by our reference before doing anything, or, where nobody can tell, leaves it to
a human. An advisory lock of the session keeps two processes from one message and goes when either dies.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.accounts.place.queries import the_place
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import humans
from alongside.messages.models import Delivery, Message
from alongside.messages.operations.outbox import send
from alongside.messages.providers import Found, Letter, NotGone, NotKnown, Provider, provider_for
from alongside.messages.queueing import queue
from alongside.messages.reaching import Way, leaves, never_at_all, spoken, way_to
from alongside.people.models import Channel

State = Delivery.State
# Minutes until the next try: eight tries over a good day, then a human.
WAITS = (1, 5, 15, 60, 180, 360, 720)


@dataclass(frozen=True)
class Attempt:
    """A message whose going out is committed; `cut_short` when an earlier attempt never came back."""

    letter: Letter
    cut_short: bool


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: a state, and a sentence where it is not well."""

    state: str
    their_reference: str = ""
    trouble: str = ""
    look_again: bool = False


def deliver(message_id: UUID) -> None:
    """Send a message if it is due and nobody else is at it. Safe to call at any time, any number of times."""
    with _alone(message_id) as alone:
        if not alone:
            return
        attempt = _begin(message_id)
        if attempt is None:
            return
        _finish(message_id, _hand_over(attempt))


@contextmanager
def _alone(message_id: UUID) -> Iterator[bool]:
    key = message_id.int >> 65
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        alone = cursor.fetchone()[0]
    try:
        yield alone
    finally:
        if alone and not connection.needs_rollback and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _begin(message_id: UUID) -> Attempt | None:
    """Commit that it is going out; None where there is nothing to do now."""
    with working_on("messages.send"):
        delivery = _locked().filter(message_id=message_id).first()
        if delivery is None or delivery.state not in (State.WAITING, State.SENDING):
            return None
        now = clock.now()
        if (due := _due(delivery)) > now:
            queue(message_id, at=due)
            return None
        message = Message.objects.select_related("sender", "to_person").get(pk=message_id)
        cut_short = delivery.state == State.SENDING
        if not cut_short and not _still_right(message, delivery, now):
            return None
        delivery.state, delivery.sending_since, delivery.tries = State.SENDING, now, delivery.tries + 1
        delivery.save(update_fields=["state", "sending_since", "tries"])
        return Attempt(letter=letter_of(message), cut_short=cut_short)


def _locked() -> QuerySet[Delivery]:
    return Delivery.objects.select_for_update(of=("self",))


def _due(delivery: Delivery) -> dt.datetime:
    if delivery.state == State.SENDING:
        since = delivery.sending_since or delivery.written_at
        return since + dt.timedelta(seconds=settings.MESSAGES_LOOK_AGAIN_AFTER)
    return delivery.next_try or delivery.written_at


def _still_right(message: Message, delivery: Delivery, now: dt.datetime) -> bool:
    """Whether it may go as planned: people change how they want to be reached while a message waits."""
    if message.not_after and now > message.not_after:
        _settle(delivery, State.LET_GO, words=_("It came too late to be of use."))
        return False
    if message.to_person is None or message.about_type == "sign_in":
        return True
    way = way_to(message.to_person, now=now, asked=message.asked)
    if way.channel == message.channel:
        message.address, message.only_ring = way.address, way.only_ring
        message.save(update_fields=["address", "only_ring"])
        if way.not_before is None:
            return True
        delivery.next_try = way.not_before
        delivery.save(update_fields=["next_try"])
        queue(message.pk, at=way.not_before)
        return False
    return _go_another_way(message, delivery, way)


def _go_another_way(message: Message, delivery: Delivery, way: Way) -> bool:
    channel = way.channel
    message.channel = delivery.channel = channel or Channel.IN_PERSON
    message.address, message.only_ring = way.address, way.only_ring
    message.save(update_fields=["channel", "address", "only_ring"])
    delivery.save(update_fields=["channel"])
    if leaves(channel):
        queue(message.pk)
    elif not channel:
        _settle(delivery, State.KEPT_BACK, trouble=never_at_all())
    elif channel == Channel.OWN_PAGE:
        _settle(delivery, State.SENT)
    else:
        _settle(delivery, State.FOR_A_HUMAN)
    return False


def letter_of(message: Message) -> Letter:
    """What goes out: the words and the human they are from; only the name where others may read it.

    What the house adds to them is said in the language of the one it is to, whoever's worker sends it.
    """
    with translation.override(spoken(message.language)):
        return _letter(message)


def _letter(message: Message) -> Letter:
    sender = message.sender.called
    place = str(the_place() or "Alongside")
    if message.only_ring:
        words, subject = _("Please ring %(name)s when you can.") % {"name": sender}, ""
    elif message.channel == Channel.TEXT:
        words, subject = f"{_with_link(message)}\n{sender}, {place}", ""
    else:
        signed = "\n".join(filter(None, [sender, humans.role_of(message.sender), place]))
        words, subject = f"{_with_link(message)}\n\n{signed}\n", message.subject or place
    return Letter(
        reference=message.reference,
        channel=message.channel,
        address=message.address,
        subject=subject,
        words=words,
        sender=sender,
    )


def _with_link(message: Message) -> str:
    return f"{message.words}\n{settings.BASE_URL}{message.link}" if message.link else message.words


def _hand_over(attempt: Attempt) -> Outcome:
    """Outside any transaction: give it to whoever carries it."""
    provider = provider_for(attempt.letter.channel)
    if provider is None:
        return Outcome(State.FOR_A_HUMAN, trouble=_("Nobody carries this kind of message here."))
    try:
        if attempt.cut_short and (known := _asked(provider, attempt.letter)):
            return known
        return Outcome(State.SENT, their_reference=provider.hand_over(attempt.letter))
    except NotGone as no:
        return Outcome(State.FAILED if no.for_good else State.WAITING, trouble=no.sentence)
    except NotKnown as unclear:
        return Outcome(State.NOT_KNOWN, trouble=unclear.sentence, look_again=True)


def _asked(provider: Provider, letter: Letter) -> Outcome | None:
    """What became of an attempt that was cut short; None when it surely never went."""
    try:
        found, theirs = provider.look_up(letter.reference)
    except NotGone as no:
        return Outcome(State.NOT_KNOWN, trouble=no.sentence, look_again=True)
    if found is Found.NOT_GONE:
        return None
    if found is Found.CANNOT_TELL:
        sentence = _("It was cut short while going out, and nobody can tell whether it went. Ask them first.")
        return Outcome(State.NOT_KNOWN, trouble=sentence)
    if found is Found.CAME_BACK:
        return Outcome(State.FAILED, theirs, trouble=_("It came back: the address did not take it."))
    return Outcome(State.SENT, their_reference=theirs)


def _finish(message_id: UUID, outcome: Outcome) -> None:
    """Commit what became of it, and the next try or the human it ends in."""
    with working_on("messages.send"):
        delivery = _locked().select_related("message").get(message_id=message_id)
        enough = delivery.tries > len(WAITS)
        delivery.their_reference = outcome.their_reference[:120]
        provider = provider_for(delivery.channel)
        if outcome.look_again and not enough and provider and provider.can_be_asked:
            delivery.trouble = outcome.trouble
            delivery.save(update_fields=["trouble"])
            queue(message_id, at=_due(delivery))
        elif outcome.state == State.WAITING and not enough:
            _wait(delivery, outcome.trouble)
        else:
            state = State.FAILED if outcome.state == State.WAITING else outcome.state
            _settle(delivery, state, trouble=outcome.trouble)


def _wait(delivery: Delivery, trouble: str) -> None:
    wait = WAITS[min(delivery.tries, len(WAITS)) - 1]
    delivery.state, delivery.trouble = State.WAITING, trouble
    delivery.next_try = clock.now() + dt.timedelta(minutes=wait)
    delivery.save(update_fields=["state", "trouble", "next_try"])
    queue(delivery.message_id, at=delivery.next_try)


def _settle(delivery: Delivery, state: str, *, trouble: str = "", words: str = "") -> None:
    delivery.state, delivery.trouble, delivery.let_go_words = state, trouble, words
    if state == State.SENT:
        delivery.sent_at = clock.now()
    delivery.save()
    if delivery.about_type == "sign_in":
        # A link that opens somebody's page is not kept once it went, nor when it will not.
        Message.objects.filter(pk=delivery.message_id).update(words="")
    if state in Delivery.STUCK:
        tell_that_stuck(delivery)


def tell_that_stuck(delivery: Delivery) -> None:
    """A named human hears of it, once: not the words, only that something is stuck and where to look."""
    whom = humans.to_alarm(but_not=delivery.sender)
    if whom is None or delivery.about_type == "stuck":
        return
    words = _(
        "A message from %(name)s has not got through: %(trouble)s It stands on the page of what is broken."
    )
    send(
        by=delivery.sender,
        to=whom,
        words=words % {"name": delivery.sender.called, "trouble": delivery.trouble},
        reference=f"stuck-{delivery.pk}-{delivery.tries}",
        about_type="stuck",
        channel=Channel.OWN_PAGE,
    )


def settle_came_back(delivery: Delivery) -> None:
    """A message that was taken, and came back later: as failed as any, and a human hears of it."""
    with working_on("messages.send"):
        _settle(delivery, State.FAILED, trouble=_("It came back: the address did not take it."))
