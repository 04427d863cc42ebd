"""One emergency afterwards: for the one whose page it was, the one who opened it, and whoever looks at it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.consent.emergencies import operations as emergencies
from alongside.consent.emergencies import policies, queries
from alongside.consent.looks import looked
from alongside.consent.models import Opening
from alongside.kernel.policy import guarded, signed_in
from alongside.kernel.request import Request
from alongside.messages import operations
from alongside.pages.emergencies import finders
from alongside.pages.emergencies.forms import ReviewForm, SayForm
from alongside.pages.emergencies.told import told as told_of
from alongside.people.models import Person
from alongside.people.policies import check_can_look_after_place


@guarded(policies.check_can_read_opening, find=queries.opening)
def opening(request: Request, opening: Opening) -> HttpResponse:
    """Why, what was read, whether they know, what another found, what they say of it, and whom to ring first."""
    return _page(request, opening)


def _page(request: Request, opening: Opening, **forms: Any) -> HttpResponse:
    viewer: Person = request.viewer
    context = finders.context_of(viewer, opening)
    if context["mine"] and context["open_now"] and (person := context["one"].person):
        looked(viewer, person, page="emergency")
        context["ring"] = finders.ToRing(
            queries.who_walks_with(viewer=viewer, person=person),
            queries.reach_in_an_emergency(viewer=viewer, person=person),
        )
    if context["may_review"]:
        context["review"] = forms.get("review") or ReviewForm()
    if context["may_say"]:
        context["say"] = forms.get("say") or SayForm()
    page = "mine" if context["own"] else "opening"
    return render(
        request, f"pages/emergencies/{page}.html", context | {"form": next(iter(forms.values()), None)}
    )


@require_POST
@guarded(policies.check_can_review, find=queries.opening)
def review(request: Request, opening: Opening) -> HttpResponse:
    """Whether it was right, in words; both of them are told."""
    form = ReviewForm(request.POST)
    by: Person = request.viewer

    def keep() -> None:
        operations.review_opening(by=by, opening=opening, **form.cleaned_data)

    if form.carried_out(keep):
        messages.success(request, _("Kept, with your name beside it. They can read it now."))
        return redirect("opening", opening=opening.pk)
    return _page(request, opening, review=form)


@require_POST
@guarded(policies.check_can_tell_of_opening, find=queries.opening)
def told(request: Request, opening: Opening) -> HttpResponse:
    """They know now."""
    emergencies.tell_of_opening(by=request.viewer, opening=opening)
    messages.success(request, _("Kept. Thank you for telling them."))
    return redirect("opening", opening=opening.pk)


@require_POST
@guarded(policies.check_can_close_opening, find=queries.opening)
def close(request: Request, opening: Opening) -> HttpResponse:
    """Nothing more is read by it."""
    emergencies.close_opening(by=request.viewer, opening=opening)
    messages.success(request, _("Closed. Nothing more is read by it."))
    return redirect("opening", opening=opening.pk)


@require_POST
@guarded(policies.check_can_say_of_opening, find=queries.opening)
def say(request: Request, opening: Opening) -> HttpResponse:
    """What the person says of it reaches a named human."""
    form = SayForm(request.POST)
    by: Person = request.viewer

    def keep() -> None:
        operations.say_of_opening(by=by, opening=opening, words=form.cleaned_data["words"])

    if form.carried_out(keep):
        messages.success(request, _("Kept as you said it, and brought to somebody."))
        return redirect("opening", opening=opening.pk)
    return _page(request, opening, say=form)


@signed_in(check_can_look_after_place)
def unseen(request: Request) -> HttpResponse:
    """Every emergency that nobody looked at or told of in time, with names and hours."""
    found = told_of(queries.waiting(viewer=request.viewer))
    return render(request, "pages/emergencies/unseen.html", {"waiting": found})
