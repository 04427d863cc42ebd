"""A story of Tynebank lived until one of its days, so that a test can stand in that day and look around."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from alongside.accounts.place.operations import tell_of_place
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.pages.demo import cast as people_of
from alongside.pages.demo.events import Calendar, in_order
from alongside.pages.demo.lives import lives
from alongside.pages.demo.loading import read_stories

LONG_AGO = dt.timedelta(days=people_of.LONG_SERVED)


def the_story(name: str) -> dict[str, Any]:
    """The stories with one of them left."""
    told = read_stories()
    return told | {"stories": [story for story in told["stories"] if story["id"] == name]}


@contextmanager
def lived(name: str, *, until: int) -> Iterator[SimpleNamespace]:
    """Everything of one story until the end of a day; and it is that evening. Gives its people by the stories' keys."""
    told, today = the_story(name), timezone.localdate()
    evening = Calendar(told["stories"][0]["start_days_ago"], today).moment(until) + dt.timedelta(hours=6)
    with working_on("demo"):
        tell_of_place(by=None, told=told["place"])
    with clock.moved_to(timezone.now() - LONG_AGO):
        cast = people_of.write_down(told, today)
    for event in in_order(lives(told, cast, today)):
        if event.at <= evening:
            with clock.moved_to(event.at):
                event.happen()
    with clock.moved_to(evening):
        yield SimpleNamespace(**{key: one for key, one in cast.items() if key.isidentifier()})
