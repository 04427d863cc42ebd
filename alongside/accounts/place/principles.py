"""What the place holds to: the two rules, its own principles, how these came to be, and changing them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.accounts.models.place import Place
from alongside.kernel.policy import open_to_all, signed_in
from alongside.kernel.request import Request

from . import operations, policies, queries
from .forms import PrinciplesForm


def _the_place() -> Place:
    place = queries.the_place()
    if place is None:
        raise Http404
    return place


@require_GET
@open_to_all("what a place holds to, and how it came to, is for everybody to read")
def principles(request: Request) -> HttpResponse:
    """The two rules, the place's own principles, and every change of them in the open."""
    viewer = request.viewer
    context = {
        "place": _the_place(),
        "changes": queries.changes_of_principles(viewer=viewer),
        "may_change_principles": policies.check_can_change_principles.allows(viewer),
    }
    return render(request, "accounts/principles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in(policies.check_can_change_principles)
def change_principles(request: Request) -> HttpResponse:
    """Change the place's own principles, and say why; whoever wrote meanwhile is read first, and nothing is lost."""
    viewer, place = request.viewer, _the_place()
    shown = {"principles": place.principles, "said_by": viewer.name, "after": _latest(viewer)}
    form = PrinciplesForm(request.POST if request.method == "POST" else None, initial=shown)
    theirs = []
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_principles(by=viewer, **form.cleaned_data)
        except operations.ChangedMeanwhile as meanwhile:
            since = min(form.cleaned_data["after"], _latest(viewer) - 1)
            theirs = queries.changes_of_principles(viewer=viewer, since=since)
            form = _asked_again(request)
            form.add_error(None, str(meanwhile))
        except ValueError as slip:
            form.add_error(None, str(slip))
        else:
            messages.success(request, _("Kept, with why. It stands beside every walk from now on."))
            return redirect("place_principles")
    return render(
        request, "accounts/principles_change.html", {"form": form, "place": _the_place(), "theirs": theirs}
    )


def _latest(viewer: Any) -> int:
    """The number of the latest change; 0 before there is one."""
    return next((told.change.number for told in queries.changes_of_principles(viewer=viewer)), 0)


def _asked_again(request: Request) -> PrinciplesForm:
    """The same words in the form, now that its writer has what somebody else changed in front of them."""
    said = request.POST.copy()
    said["after"] = str(_latest(request.viewer))
    form = PrinciplesForm(said)
    form.is_valid()
    return form
