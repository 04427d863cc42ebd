"""The job of this room: each morning's reminders. It may run twice, or be cut short, and nobody hears twice."""

from procrastinate.contrib.django import app

from alongside.doings import reminding


@app.periodic(cron="5,35 6-9 * * *", periodic_id="every morning in doings")
@app.task(name="doings.every_morning", queue="minute", queueing_lock="doings.every_morning")
def every_morning(timestamp: int) -> None:
    """Remind of what was promised for today, and say who is coming."""
    reminding.every_morning()
