"""The job of this room. It may run twice, or be cut short anywhere: a day is sealed once."""

from procrastinate.contrib.django import app

from alongside.audit import keeping


@app.periodic(cron="25 * * * *", periodic_id="the audit")
@app.task(name="audit.every_hour", queue="minute", queueing_lock="audit.every_hour")
def every_hour(timestamp: int) -> None:
    """Seal the days that are over, and take their seals off the machine."""
    keeping.every_hour()
