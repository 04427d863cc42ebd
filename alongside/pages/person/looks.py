"""Who looked: every read of a page, its why, and a way to ask."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from alongside.audit.models import Look
from alongside.consent import queries
from alongside.consent.emergencies.queries import openings_of
from alongside.consent.policies import check_is_own_page
from alongside.design.days import local_date
from alongside.kernel.policy import guarded
from alongside.pages.emergencies.told import told
from alongside.people.models import Person

A_PAGE = 30

# What the person reads for the name a page goes by in the audit.
PAGES = {
    "person": _("your page"),
    "story": _("your story"),
    "circle": _("your circle"),
    "moments": _("what happened"),
    "plan": _("your plan"),
    "walk": _("who walks with you"),
    "upload": _("a photo, drawing or voice note"),
    "one_page": _("one page about you"),
    "brief": _("what to know before a visit"),
    "say_so": _("who may read your page"),
    "reach": _("how to reach you"),
    "taken along offline": _("what to know before a visit, taken along for a day without signal"),
    "arc": _("your arc"),
    "life map": _("the map of your life"),
    "exact search": _("your name, in the search"),
    "emergency": _("how to reach you, in an emergency"),
    "looks": _("the list of pages you opened"),
}
# What was done, where it was something else than opening a page.
DONE = {
    "looks asked": _("asked whose pages you opened"),
    "name told": _("was told that it was your page somebody opened"),
}


@dataclass(frozen=True)
class Row:
    """One look: by whom, if they may still be named, and what they opened (or did), in the person's words."""

    look: Look
    by: Person | None
    page: Any

    @property
    def done(self) -> Any:
        """What they did, where they did not open a page."""
        return DONE.get(self.look.page)


@dataclass(frozen=True)
class Day:
    """A day and who looked in it, the latest first."""

    day: dt.date
    rows: list[Row]


@guarded(check_is_own_page, find=queries.person_to_open)
def who_looked(request: HttpRequest, person: Person) -> HttpResponse:
    """The person's own list, newest first, day by day, with names, whys and "ask why"."""
    viewer = request.viewer
    page = Paginator(queries.who_looked(viewer=viewer, person=person), A_PAGE).get_page(
        request.GET.get("page")
    )
    names = queries.names_of({look.by_id for look in page})
    openings = told(openings_of(viewer=viewer, person=person))
    context = {"person": person, "days": _by_day(page, names), "page": page, "openings": openings}
    return render(request, "pages/person/who_looked.html", context)


def _by_day(looks: Iterable[Look], names: dict[Any, Person]) -> list[Day]:
    rows = [Row(look, names.get(look.by_id), PAGES.get(look.page, look.page)) for look in looks]
    return [Day(day, list(those)) for day, those in groupby(rows, lambda row: local_date(row.look.at))]
