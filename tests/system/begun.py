"""Tynebank on a day when three of its stories are still to be lived: `python -m tests.system.begun`.

Each story is told up to last night and no further, so that a test lives the next day in a browser: Bev has seen
a name and may ring, Callum still walks with Trace, and what Megan must tell Kayleigh is not told yet.
"""

import datetime as dt
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.utils import timezone

from alongside.config.cli import demo, main

# Which day of each story it is today.
TODAY = {"van": 3, "dog": 224, "robin": 1}


def load() -> None:
    """Load Tynebank, with as much of each story as there was."""
    from alongside.pages.demo import loading

    loading.lives, loading.hellos, loading.days_of_work = as_far_as_last_night, _nothing, _nothing  # type: ignore[assignment]
    loading.load()


def as_far_as_last_night(stories: dict[str, Any], cast: Any, today: dt.date) -> Iterator[Any]:
    """The events of the three stories that were before today."""
    from alongside.pages.demo import lives
    from alongside.pages.demo.events import NOON, Calendar, Event
    from alongside.pages.demo.life import Life

    class Uncapped(Calendar):
        """Days as they come: what is still to come stays there, and is left out."""

        def moment(self, day: int, order: int = 0) -> dt.datetime:
            noon = dt.datetime.combine(self.first + dt.timedelta(days=day), NOON)
            return timezone.make_aware(noon) + dt.timedelta(minutes=order)

    offices = {entry["id"]: entry["name"] for entry in stories["shared"]["organisations"]}
    yield Event(
        Uncapped(max(TODAY.values()) + 30, today).moment(0), 0, partial(lives._name_the_law, cast["st1"])
    )
    for told in stories["stories"]:
        if told["id"] not in TODAY:
            continue
        life = Life(told | {"offices": offices, "start_days_ago": TODAY[told["id"]]}, cast, today)
        life.days = Uncapped(TODAY[told["id"]], today)
        this_morning = life.days.moment(TODAY[told["id"]]) - dt.timedelta(hours=12)
        for chapter in lives.CHAPTERS:
            # A walk that a test is to offer is not offered yet; promises near today are of the demo's own day.
            if chapter is lives.promises or (told["id"] == "van" and chapter is lives.walks):
                continue
            yield from (event for event in chapter(life) if event.at < this_morning)


def _nothing(*_told: Any) -> Iterator[Any]:
    return iter(())


if __name__ == "__main__":
    demo.load = load
    sys.exit(main(["demo", *sys.argv[1:]]))
