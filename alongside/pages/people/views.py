"""People I walk with, finding people, and the one exact question beyond."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.consent import finding
from alongside.consent.looks import looked
from alongside.consent.policies import check_can_write_for
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded, signed_in
from alongside.pages.people import finders
from alongside.pages.people.forms import AskAfterForm
from alongside.people.forms import ReachForm, posted
from alongside.people.models import Person
from alongside.people.operations import set_reach
from alongside.people.operations.people import ReachWords
from alongside.people.policies import check_serves
from alongside.people.queries import reach_of


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


@guarded(check_can_write_for, find=person_to_open)
def reach_for(request: HttpRequest, person: Person) -> HttpResponse:
    """How somebody is reached, read and written down by whoever walks with them (I33)."""
    me: Person = request.viewer  # type: ignore[attr-defined]
    looked(me, person, page="reach")
    now = reach_of(viewer=me, person=person)
    initial = {name: getattr(now, name) for name in ReachForm.base_fields} if now else {"how": "own_page"}
    form = ReachForm(posted(request), initial=initial)
    if form.is_bound and form.carried_out(
        lambda: set_reach(by=me, person=person, reach=cast(ReachWords, form.cleaned_data))
    ):
        messages.success(request, _("Kept. From now on we go by this."))
        return redirect("reach_for", person=person.pk)
    return render(request, "pages/people/reach_for.html", {"form": form, "person": person})
