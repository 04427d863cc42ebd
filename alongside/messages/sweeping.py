"""What the queue cannot see of itself: jobs whose worker died, and messages whose job is gone.

Called from a loop of its own beside the worker (`worker.py`), never from the queue, so that a queue that
stands still does not keep its own repair from running.
"""

import datetime as dt
import logging
from typing import cast
from uuid import UUID

from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages.models import Delivery
from alongside.messages.providers import Found, NotGone, provider_for
from alongside.messages.queueing import SEND, queue

logger = logging.getLogger("alongside.messages")

FORGOTTEN = dt.timedelta(minutes=2)
ASK_FOR = dt.timedelta(days=3)
KEEP_JOBS_HOURS = 24 * 7


def sweep_stalled(*, silent_for: float = 30) -> int:
    """Give jobs whose worker has been silent for so many seconds back to the queue. Returns how many."""
    stalled = list(async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=silent_for))
    for job in stalled:
        logger.warning("job %s (%s) was left by its worker and goes back to the queue", job.id, job.task_name)
        app.job_manager.retry_job_by_id(cast(int, job.id), retry_at=clock.now())
    return len(stalled)


def sweep_forgotten() -> int:
    """Queue messages that should have gone and have no job any more. Returns how many."""
    with working_on("messages.send"):
        late = clock.now() - FORGOTTEN
        waiting = Delivery.objects.filter(state=Delivery.State.WAITING, next_try__lt=late)
        sending = Delivery.objects.filter(state=Delivery.State.SENDING, sending_since__lt=late)
        lost = [key for key in _keys(waiting) + _keys(sending) if str(key) not in _queued()]
        for key in lost:
            queue(key)
    return len(lost)


def _keys(deliveries) -> list[UUID]:
    return list(deliveries.values_list("message_id", flat=True))


def _queued() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'message_id' FROM procrastinate_jobs"
            " WHERE task_name = %s AND status IN ('todo', 'doing')",
            [SEND],
        )
        return {row[0] for row in cursor.fetchall()}


def ask_how_it_went() -> int:
    """Ask whoever can be asked whether messages sent in the last days arrived. Returns how many answers."""
    from alongside.messages.sending import settle_came_back

    with working_on("messages.send"):
        open_ones = list(
            Delivery.objects.filter(
                state=Delivery.State.SENT, arrived_at__isnull=True, sent_at__gt=clock.now() - ASK_FOR
            )
            .exclude(their_reference="")
            .select_related("message", "sender")[:200]
        )
    return sum(_ask(delivery, settle_came_back) for delivery in open_ones)


def _ask(delivery: Delivery, settle_came_back) -> int:
    provider = provider_for(delivery.channel)
    try:
        found = provider.look_up(delivery.message.reference)[0] if provider else Found.CANNOT_TELL
    except NotGone:
        logger.warning("nobody could be asked how message %s went", delivery.message_id)
        return 0
    if found is Found.ARRIVED:
        with working_on("messages.send"):
            Delivery.objects.filter(pk=delivery.pk).update(arrived_at=clock.now())
        return 1
    if found is Found.CAME_BACK:
        settle_came_back(delivery)
        return 1
    return 0


def sweep() -> None:
    """All of it, once."""
    sweep_stalled()
    sweep_forgotten()
