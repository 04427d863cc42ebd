"""People I walk with, finding people, and the one exact question beyond."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.consent import finding
from alongside.consent.emergencies.policies import check_can_find_for_a_duty, check_can_open_in_an_emergency
from alongside.consent.looks import looked
from alongside.consent.operations import say_close
from alongside.consent.policies import check_can_open_page, check_can_write_for
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded, signed_in
from alongside.kernel.request import Request
from alongside.pages.people import finders
from alongside.pages.people.forms import AskAfterForm, KnowThemForm
from alongside.people.forms import ReachForm, posted
from alongside.people.models import Person
from alongside.people.operations import set_reach
from alongside.people.operations.people import ReachWords
from alongside.people.policies import check_serves
from alongside.people.queries import reach_of


@signed_in()
def people(request: Request) -> HttpResponse:
    """Those whose page is open to me, each with why and since when; and a search by part of a name."""
    me: Person = request.viewer
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
def someone(request: Request) -> HttpResponse:
    """Whether anyone walks with somebody of exactly this name, and whom to ask. It is a look."""
    me: Person = request.viewer
    form = AskAfterForm(posted(request))
    told: list[Person] = []

    def ask() -> None:
        told.extend(finding.ask_after(by=me, name=form.cleaned_data["name"], why=form.cleaned_data["why"]))

    asked = form.is_bound and form.carried_out(ask)
    # What was typed is not said again: the answer for nobody is the same bytes, whoever was meant.
    shown = AskAfterForm() if asked else form
    # In the answer alone: whoever knows them says so of the name they just asked after.
    name = form.cleaned_data["name"] if told else ""
    context = {"form": shown, "asked": asked, "told": told, "me": me, "name": name}
    context["may_open"] = check_can_open_in_an_emergency.allows(me)
    context["may_by_law"] = check_can_find_for_a_duty.allows(me)
    return render(request, "pages/people/someone.html", context)


@require_POST
@signed_in(finding.check_can_ask_after)
def know_someone(request: Request) -> HttpResponse:
    """I know them myself, said of the name just asked after. It says nothing back about anybody."""
    finding.say_i_know_them(by=request.viewer, name=request.POST.get("name", ""))
    messages.success(
        request, _("Thank you for saying so. You learn about them from them, and not from here.")
    )
    return redirect("people_someone")


@guarded(check_can_open_page, find=person_to_open)
def know_them(request: Request, person: Person) -> HttpResponse:
    """I know them myself: what the law opened is closed with one press, and only their own yes stands (I18)."""
    me: Person = request.viewer
    form = KnowThemForm(posted(request))
    words = form.data.get("words", "") or _("I know them myself")
    if form.is_bound and form.carried_out(lambda: say_close(by=me, person=person, other=me, words=words)):
        if check_can_open_page.allows(me, person):
            messages.success(request, _("Kept. You still read what they themself let you read."))
            return redirect("person", person=person.pk)
        messages.success(
            request, _("Kept, and the page is closed to you. It opens again if they let you in.")
        )
        return redirect("people")
    return render(request, "pages/people/know_them.html", {"form": form, "person": person})


@guarded(check_can_write_for, find=person_to_open)
def reach_for(request: Request, person: Person) -> HttpResponse:
    """How somebody is reached, read and written down by whoever walks with them (I33)."""
    me: Person = request.viewer
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
