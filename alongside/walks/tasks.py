"""The jobs of this room. They look and tell; none of them changes a walk (F12)."""

from procrastinate.contrib.django import app

from alongside.walks.gaps import find_gaps


@app.periodic(cron="30 6 * * *", periodic_id="walks without cover")
@app.task(name="walks.find_gaps", queue="minute", queueing_lock="walks.find_gaps")
def walks_without_cover(timestamp: int) -> None:
    """Find the walks that nobody covers today, and tell those who can mend it."""
    find_gaps()
