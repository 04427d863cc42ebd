"""People I walk with, finding people, and the one exact question beyond."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.consent import finding
from alongside.kernel.policy import signed_in
from alongside.pages.people import finders
from alongside.pages.people.forms import AskAfterForm
from alongside.people.forms import posted
from alongside.people.models import Person
from alongside.people.policies import check_serves


@signed_in()
def people(request: HttpRequest) -> HttpResponse:
    """Those whose page is open to me, each with why and since when; and a search by part of a name."""
    me: Person = request.viewer  # type: ignore[attr-defined]
    words = request.GET.get("q", "")
    opened = finders.open_to(me)
    rows, found = finders.search(me, words, opened) if words.strip() else ([], None)
    context = {
        "words": words,
        "opened": opened,
        "rows": rows,
        "found": found,
        "serves": check_serves.allows(me),
        "may_ask": finding.check_can_ask_after.allows(me),
    }
    return render(request, "pages/people/people.html", context)


@signed_in(finding.check_can_ask_after)
def someone(request: HttpRequest) -> HttpResponse:
    """Whether anyone walks with somebody of exactly this name, and whom to ask. It is a look."""
    me: Person = request.viewer  # type: ignore[attr-defined]
    form = AskAfterForm(posted(request))
    told: list[Person] = []

    def ask() -> None:
        told.extend(finding.ask_after(by=me, name=form.cleaned_data["name"], why=form.cleaned_data["why"]))

    asked = form.is_bound and form.carried_out(ask)
    # What was typed is not said again: the answer for nobody is the same bytes, whoever was meant.
    shown = AskAfterForm() if asked else form
    return render(
        request, "pages/people/someone.html", {"form": shown, "asked": asked, "told": told, "me": me}
    )
