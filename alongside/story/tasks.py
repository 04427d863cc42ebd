"""The job of this room: files that no upload knows are swept up every night."""

from procrastinate.contrib.django import app

from alongside.story import uploads


@app.periodic(cron="40 3 * * *", periodic_id="every night in story")
@app.task(name="story.sweep", queue="minute", queueing_lock="story.sweep")
def sweep(timestamp: int) -> None:
    """Remove what a rolled-back write left. Twice does no harm."""
    uploads.sweep()
