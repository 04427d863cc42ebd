"""Load Tynebank into an empty installation; doing it twice is harmless."""

import datetime as dt
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Place
from alongside.accounts.place.operations import tell_of_place
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.pages.demo import cast as people_of
from alongside.pages.demo import easy_read
from alongside.pages.demo.door import hellos
from alongside.pages.demo.events import in_order
from alongside.pages.demo.lives import lives
from alongside.pages.demo.working import days_of_work

STORIES = Path(__file__).with_name("stories.yaml")
SLUG = "tynebank"
Progress = Callable[[int, int], None]


class NotHere(Exception):  # noqa: N818 - a refusal is a sentence
    """The demo was asked for in an installation that holds a real place."""


def read_stories() -> dict[str, Any]:
    """The six stories and the shared cast, as written."""
    told: dict[str, Any] = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    return told


def load(progress: Progress | None = None) -> bool:
    """Load the made-up place, its people and their year. Returns whether anything was loaded.

    Everything happens in one transaction, so that a broken load leaves nothing. `progress(done, of)` is
    called as it goes. Raises NotHere where the installation serves a real place.
    """
    with working_on("demo"):
        here = Place.objects.first()
    if here is not None:
        if here.slug != SLUG:
            raise NotHere(
                _("This installation serves %(place)s. The demo has its own.") % {"place": here.name}
            )
        return False
    with transaction.atomic():
        _load(read_stories(), timezone.localdate(), progress or (lambda done, of: None))
    return True


def _load(stories: dict[str, Any], today: dt.date, progress: Progress) -> None:
    with working_on("demo"):
        tell_of_place(by=None, told=stories["place"] | {"languages": ["en", "so", "ti", "pl"]})
    began = timezone.now() - dt.timedelta(days=people_of.LONG_SERVED)
    with clock.moved_to(began):
        cast = people_of.write_down(stories, today)
        easy_read.write(cast["st1"])
    events = in_order(chain(lives(stories, cast, today), hellos(cast), days_of_work(stories, cast, today)))
    for done, event in enumerate(events, start=1):
        with clock.moved_to(event.at):
            event.happen()
        progress(done, len(events))
