"""The jobs of this room. Each may run twice, or be cut short anywhere, and nobody is told a thing twice."""

from uuid import UUID

from procrastinate.contrib.django import app

from alongside.accounts.operations import sweep_links
from alongside.messages import seals, sending, sweeping, telling
from alongside.messages.queueing import SEND


@app.task(name=SEND, queue="messages")
def send_message(message_id: str) -> None:
    """Send one message."""
    sending.deliver(UUID(message_id))


@app.periodic(cron="* * * * *", periodic_id="every minute")
@app.task(name="messages.every_minute", queue="minute", queueing_lock="messages.every_minute")
def every_minute(timestamp: int) -> None:
    """Tell of say-sos that ended, alarm about hellos left alone, find messages without a job."""
    telling.every_minute()


@app.periodic(cron="7 * * * *", periodic_id="every hour")
@app.task(name="messages.every_hour", queue="minute", queueing_lock="messages.every_hour")
def every_hour(timestamp: int) -> None:
    """Ask whether what was sent arrived, and let old jobs go."""
    sweeping.ask_how_it_went()


@app.periodic(cron="35 * * * *", periodic_id="the seal of the audit")
@app.task(name="messages.seal", queue="minute", queueing_lock="messages.seal")
def seal_of_the_audit(timestamp: int) -> None:
    """The newest seal goes to stewards by e-mail, where the place named any."""
    seals.mail_the_seal()


@app.periodic(cron="40 3 * * *", periodic_id="old links")
@app.task(name="messages.old_links", queue="minute", queueing_lock="messages.old_links")
def old_links(timestamp: int) -> None:
    """Links to sign in that were used, taken back or ran out a month ago are let go."""
    sweep_links()


@app.periodic(cron="20 3 * * *", periodic_id="every night")
@app.task(
    name="messages.every_night", queue="minute", queueing_lock="messages.every_night", pass_context=True
)
async def every_night(context, timestamp: int) -> None:
    """Jobs that are done, or broke, are kept for a week."""
    await context.app.job_manager.delete_old_jobs(nb_hours=sweeping.KEEP_JOBS_HOURS, include_failed=True)
