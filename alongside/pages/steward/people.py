"""Looking after people and roles: found by name, written down, given a role, and a role ended with care."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.place.queries import neighbourhoods
from alongside.consent.asked.policies import check_can_ask_whose_pages
from alongside.kernel import clock
from alongside.kernel.policy import guarded, signed_in
from alongside.pages.people import finders
from alongside.pages.steward.forms import EndRoleForm, HoldRoleForm
from alongside.people import operations, queries
from alongside.people.forms import NamesForm, posted
from alongside.people.models import Person, RoleHeld
from alongside.people.policies import check_can_look_after_place, check_can_switch_sign_in
from alongside.people.problems import NotYet


@signed_in(check_can_look_after_place)
def people(request: HttpRequest) -> HttpResponse:
    """Find somebody by part of their name. Names and roles only; a story needs their say-so."""
    words = request.GET.get("q", "")
    rows, found = finders.search(request.viewer, words, []) if words.strip() else ([], None)
    return render(request, "pages/steward/people.html", {"words": words, "rows": rows, "found": found})


@signed_in(check_can_look_after_place)
def write_down(request: HttpRequest) -> HttpResponse:
    """Write down somebody new: a name is all it takes."""
    form = NamesForm(posted(request), initial={"name": request.GET.get("name", "")})
    written: list[Person] = []
    if form.is_bound and form.carried_out(
        lambda: written.append(operations.write_down_person(by=request.viewer, **form.cleaned_data))
    ):
        messages.success(request, _("%(name)s is written down.") % {"name": written[0].name})
        return redirect("steward_person", person=written[0].pk)
    return render(request, "pages/steward/write_down.html", {"form": form})


@guarded(check_can_look_after_place, find=queries.person_to_look_after)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """Somebody's name and roles, for those who look after them."""
    context = {
        "person": person,
        "roles": queries.roles_of(person),
        "today": clock.today(),
        "may_ask": check_can_ask_whose_pages.allows(request.viewer, person),
        "may_switch": check_can_switch_sign_in.allows(request.viewer, person),
    }
    return render(request, "pages/steward/person.html", context)


@guarded(check_can_look_after_place, find=queries.person_to_look_after)
def rename(request: HttpRequest, person: Person) -> HttpResponse:
    """Put a name right."""
    now = {"name": person.name, "called": person.called}
    form = NamesForm(posted(request), initial=now)
    if form.is_bound and form.carried_out(
        lambda: operations.rename(by=request.viewer, person=person, **form.cleaned_data)
    ):
        messages.success(request, _("The name is put right."))
        return redirect("steward_person", person=person.pk)
    return render(request, "pages/steward/rename.html", {"form": form, "person": person})


@guarded(check_can_look_after_place, find=queries.person_to_look_after)
def hold_role(request: HttpRequest, person: Person) -> HttpResponse:
    """Give somebody a role, from a day to a day."""
    form = HoldRoleForm(posted(request), neighbourhoods=neighbourhoods(viewer=request.viewer))
    if form.is_bound and form.carried_out(
        lambda: operations.hold_role(by=request.viewer, person=person, **form.cleaned_data)
    ):
        messages.success(request, _("Kept. %(called)s holds this role.") % {"called": person})
        return redirect("steward_person", person=person.pk)
    return render(request, "pages/steward/hold_role.html", {"form": form, "person": person})


@guarded(check_can_look_after_place, find=queries.role_to_look_after)
def end_role(request: HttpRequest, held: RoleHeld) -> HttpResponse:
    """End a role, having first read whom it would leave (I32)."""
    left = queries.left_behind(viewer=request.viewer, held=held)
    form = EndRoleForm(posted(request))
    knowing = request.POST.get("knowing") == "yes"
    if form.is_bound and form.carried_out(
        lambda: operations.end_role(by=request.viewer, held=held, on=form.cleaned_data["on"], knowing=knowing)
    ):
        messages.success(request, _("That role has its last day. It stays in what was."))
        return redirect("steward_person", person=held.person_id)
    first = queries.to_hand_over(viewer=request.viewer, keepers=queries.last_served_by(held))
    context: dict[str, Any] = {"form": form, "held": held, "left": left, "first": first}
    return render(request, "pages/steward/end_role.html", context)


@guarded(check_can_switch_sign_in, find=queries.person_to_look_after)
def switch_sign_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Switch a way to sign in off, having first read whom it would leave; or on again (I32)."""
    on = queries.can_sign_in(viewer=request.viewer, person=person)
    if request.method == "POST":
        return _switch(request, person, on=request.POST.get("to") == "on")
    first = queries.to_hand_over(viewer=request.viewer, keepers=[person]) if on else None
    return render(request, "pages/steward/switch_sign_in.html", {"person": person, "on": on, "first": first})


def _switch(request: HttpRequest, person: Person, *, on: bool) -> HttpResponse:
    try:
        operations.switch_sign_in(by=request.viewer, person=person, on=on)
    except NotYet as slip:
        messages.warning(request, " ".join(slip.messages))
        return redirect("steward_switch_sign_in", person=person.pk)
    said = _("%(called)s can sign in again.") if on else _("%(called)s does not sign in any more.")
    messages.success(request, said % {"called": person})
    return redirect("steward_person", person=person.pk)
