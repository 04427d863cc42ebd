"""The one door to the queue: a job is put in by the same transaction as what it is for."""

import datetime as dt
from uuid import UUID

from procrastinate.contrib.django import app

SEND = "messages.send"


def queue(message_id: UUID, *, at: dt.datetime | None = None) -> None:
    """Ask for a message to be sent, now or at `at`. Doing it twice is harmless: sending is idempotent."""
    app.configure_task(SEND, queue="messages", schedule_at=at).defer(message_id=str(message_id))
