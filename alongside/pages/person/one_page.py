"""One page about me: what the person chose, in large print, as a page and as paper to hand over."""

import datetime as dt
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.consent import policies, queries
from alongside.consent.looks import looked
from alongside.consent.models import Basis
from alongside.kernel.policy import guarded
from alongside.pages import paper
from alongside.pages.person.one_page_sheet import Sheet, sheet_of
from alongside.people.models import Person
from alongside.story import queries as stories


@guarded(policies.check_can_open_page, find=queries.person_to_open)
def one_page(request: HttpRequest, person: Person) -> HttpResponse:
    """The plain page: read aloud, printed from the browser, and in any letters the browser has."""
    sheet = _sheet(request, person)
    return _plain(request, sheet, paper.cannot_draw(sheet.texts()))


@guarded(policies.check_can_open_page, find=queries.person_to_open)
def one_page_pdf(request: HttpRequest, person: Person) -> HttpResponse:
    """The same as a tagged PDF; where this computer lacks letters, the plain page says so."""
    sheet = _sheet(request, person)
    try:
        made = paper.make("one_page", sheet.as_data(translation.get_language()))
    except paper.CannotDraw as lacks:
        return _plain(request, sheet, lacks.scripts)
    response = HttpResponse(made, content_type="application/pdf")
    name = slugify(_("About %(called)s") % {"called": person}) or "one-page"
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sheet(request: HttpRequest, person: Person) -> Sheet:
    viewer: Person = request.viewer
    page = stories.one_page(viewer=viewer, person=person)
    looked(viewer, person, page="one_page", parts=[thing.pk for thing in page.things])
    return sheet_of(page, whom_to_ask=_walks_with(person))


def _walks_with(person: Person) -> str:
    """Whoever has walked with them longest by their say-so, by name; "" where nobody does.

    A say-so given again began when it was first given: whoever covers does not come first by that.
    """
    by_say_so = [basis for basis in policies.who_can(person) if basis.whole and basis.kind == "say_so"]
    prefetch_related_objects(by_say_so, "say_so__steps")
    first = min(by_say_so, key=_began, default=None)
    return first.actor.name if first else ""


def _began(basis: Basis) -> dt.datetime:
    steps = basis.say_so.steps.all() if basis.say_so else ()
    return min((step.at for step in steps), default=basis.from_at)


def _plain(request: HttpRequest, sheet: Sheet, lacks: list[paper.Script]) -> HttpResponse:
    context: dict[str, Any] = {
        "person": sheet.person,
        "sheet": sheet,
        "lacks": lacks,
        "packages": sorted({script.package for script in lacks}),
        "may_choose": policies.check_can_write_for.allows(request.viewer, sheet.person),
        "own": policies.check_is_own_page.allows(request.viewer, sheet.person),
    }
    return render(request, "pages/person/one_page.html", context)
