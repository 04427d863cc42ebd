"""Writing a message and its job in one transaction; and what a human does about one that is stuck."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import translation
from django.utils.functional import Promise

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import policies
from alongside.messages.models import Delivery, Message
from alongside.messages.queueing import queue
from alongside.messages.reaching import Way, leaves, never_at_all, spoken, way_to
from alongside.people.models import Channel, Person


@operation("messages.send")
def send(
    *,
    by: Person,
    to: Person | None = None,
    words: str | Promise,
    reference: str,
    subject: str | Promise = "",
    about: models.Model | None = None,
    about_type: str = "",
    address: str = "",
    channel: str = "",
    link: str = "",
    not_after: dt.datetime | None = None,
    at_once: bool = False,
) -> Message:
    """Send words from a human to somebody, by the way they asked to be reached.

    Nothing goes out here: message, delivery and job are written in the caller's transaction. The same
    `reference` is the same message, however often it is asked for. Translated (lazy) `words` are said in the
    language of the one they are to. Without `to`, `address` and `channel` (e-mail or text) are what
    somebody at the door left. `link` is the path of the page where it goes on. `at_once`: they are waiting
    for it, so their hours do not hold it. Raises ValueError where nobody is named as sender or nobody as
    the one it is to.
    """
    if by is None or (to is None and not (address and channel)):
        raise ValueError("a message is from a human, to a person or to an address with its channel")
    if (known := _known(reference)) is not None:
        record("messages.send_again", by=by, thing=known)
        return known
    way = _way(to, address, channel, at_once=at_once)
    message = _message(by, to, way, reference, words, subject, not_after)
    message.asked = channel if to is not None else ""
    message.about_type = about_type or (about._meta.label_lower if about is not None else "")
    message.about_id = about.pk if about is not None else None
    message.link = link
    if (earlier := _kept(message)) is not None:
        record("messages.send_again", by=by, thing=earlier)
        return earlier
    _start(message, way)
    record(
        "messages.send",
        by=by,
        thing=message,
        person_id=to.pk if to else None,
        fields={"words": message.words, "channel": message.channel},
    )
    return message


def _known(reference: str) -> Message | None:
    with working_on("messages.send"):
        return Message.objects.filter(reference=reference).first()


def _way(to: Person | None, address: str, channel: str, *, at_once: bool) -> Way:
    if to is None:
        return Way(channel=channel, address=address)
    with working_on("messages.send"):
        return way_to(to, now=clock.now(), asked=channel, at_once=at_once)


def _message(
    by: Person, to: Person | None, way: Way, reference: str, words: Any, subject: Any, not_after: Any
) -> Message:
    with translation.override(spoken(way.language)):
        words, subject = str(words), str(subject)
    return Message(
        sender=by,
        to_person=to,
        reference=reference,
        words=words,
        subject=subject[:200],
        channel=way.channel or Channel.IN_PERSON,
        address=way.address,
        language=way.language,
        only_ring=way.only_ring,
        not_before=way.not_before,
        not_after=not_after,
        written_at=clock.now(),
    )


def _kept(message: Message) -> Message | None:
    """Keep it, or give back the same one that another process wrote a moment ago."""
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        earlier = _known(message.reference)
        if earlier is None:
            raise
        return earlier
    return None


def _start(message: Message, way: Way) -> None:
    now = clock.now()
    delivery = Delivery(
        message=message,
        sender_id=message.sender_id,
        channel=message.channel,
        about_type=message.about_type,
        written_at=now,
        next_try=message.not_before or now,
    )
    if not way.channel:
        delivery.state, delivery.trouble = Delivery.State.KEPT_BACK, never_at_all()
    elif way.by_a_human:
        delivery.state = Delivery.State.FOR_A_HUMAN
    elif message.channel == Channel.OWN_PAGE:
        delivery.state, delivery.sent_at = Delivery.State.SENT, now
    delivery.save(force_insert=True)
    if leaves(message.channel):
        queue(message.pk, at=message.not_before)


@operation("messages.tick_done")
def tick_done(*, by: Person, delivery: Delivery) -> Delivery:
    """The sender rang, wrote or went themself. Raises Denied for anyone else."""
    policies.check_can_tick(by, delivery)
    policies.check_has_not_gone(by, delivery)
    delivery.state, delivery.sent_at, delivery.done_by = Delivery.State.SENT, clock.now(), by
    delivery.save(update_fields=["state", "sent_at", "done_by"])
    record("messages.tick_done", by=by, thing=delivery, fields={"state": delivery.state})
    return delivery


@operation("messages.try_again")
def try_again(*, by: Person, delivery: Delivery) -> Delivery:
    """Send a message that is stuck once more, because a human says so. Raises Denied."""
    policies.check_can_mend(by, delivery)
    policies.check_can_go_again(by, delivery)
    delivery.state, delivery.tries, delivery.next_try = Delivery.State.WAITING, 0, clock.now()
    delivery.save(update_fields=["state", "tries", "next_try"])
    queue(delivery.message_id)
    record("messages.try_again", by=by, thing=delivery, fields={"state": delivery.state})
    return delivery


@operation("messages.let_go")
def let_go(*, by: Person, delivery: Delivery, words: str) -> Delivery:
    """Do not send it after all, and say why. Raises Denied, also where there are no words."""
    policies.check_can_mend(by, delivery)
    policies.check_says_why_let_go(by, words)
    policies.check_has_not_gone(by, delivery)
    delivery.state, delivery.let_go_words = Delivery.State.LET_GO, words.strip()[:300]
    delivery.save(update_fields=["state", "let_go_words"])
    record("messages.let_go", by=by, thing=delivery, fields={"words": words})
    return delivery
