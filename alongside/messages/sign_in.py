"""A link to sign in, by the way somebody asks for it."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages.models import Message
from alongside.messages.operations.outbox import send
from alongside.messages.policies import LinkWay, check_can_be_sent_link
from alongside.messages.reaching import leaves, reach_of, way_to
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Channel, Person


class LinkSent(NamedTuple):
    """By which way it went ("email" or "text"), and the message."""

    way: str
    message: Message


def send_link(
    *, account: Any, link_url: str, way: str = "", good_for: dt.timedelta = dt.timedelta(minutes=20)
) -> LinkSent:
    """Send a link to sign in to the person whose account this is, now, whatever the hour: they are waiting.

    `way` is "email" or "text" as they asked, or "" for whichever is theirs. A phone that others may pick up
    gets no link. Where it is not a way of theirs, raises Denied with the human who can print one. The link is
    not kept once it went.
    """
    with working_on("sign_in"):
        person = Person.objects.filter(account_id=account.pk).first()
        helper = somebody_at_the_door(but_not=person)
        channel = _channel(person, way) if person and helper else ""
        check_can_be_sent_link(person, LinkWay(channel, helper))
        assert person is not None and helper is not None  # noqa: S101, PT018  the line above has refused these
        message = send(
            by=helper,
            to=person,
            subject=_("Your link"),
            words=format_lazy(
                _("Here is the link you asked for. It works once, for {minutes} minutes: {link}"),
                minutes=int(good_for.total_seconds() // 60),
                link=link_url,
            ),
            reference=f"sign-in-{account.pk}-{clock.now():%Y%m%d%H%M%S%f}",
            about_type="sign_in",
            channel=channel,
            not_after=clock.now() + good_for,
            at_once=True,
        )
    return LinkSent(message.channel, message)


def _channel(person: Person, asked: str) -> str:
    with working_on("messages.send"):
        reach = reach_of(person)
        for wish in [asked] if asked else [Channel.EMAIL, Channel.TEXT]:
            way = way_to(person, now=clock.now(), asked=wish, at_once=True)
            if way.channel == wish and leaves(wish) and not (wish == Channel.TEXT and reach.who_may_answer):
                return wish
    return ""
