"""Whoever carries a message out of the house, each behind the same three questions."""

from django.conf import settings

from alongside.messages.providers.console import Console
from alongside.messages.providers.kinds import Found, Letter, NotGone, NotKnown, Provider
from alongside.messages.providers.notify import Notify
from alongside.messages.providers.smtp import Smtp
from alongside.people.models import Channel

__all__ = ["Found", "Letter", "NotGone", "NotKnown", "Provider", "carries", "provider_for"]


def provider_for(channel: str) -> Provider | None:
    """Whoever carries this channel here; None where the place has nobody who does."""
    if settings.MAIL_BY == "console" and (settings.DEMO or settings.TESTING):
        return Console()
    if channel == Channel.EMAIL:
        if settings.MAIL_BY == "smtp":
            return Smtp()
        return Notify() if settings.NOTIFY_KEY and settings.NOTIFY_EMAIL_TEMPLATE else None
    if channel == Channel.TEXT and settings.NOTIFY_KEY and settings.NOTIFY_TEXT_TEMPLATE:
        return Notify()
    return None


def carries(channel: str) -> bool:
    """Whether a message by this channel can leave the house by itself."""
    return provider_for(channel) is not None
