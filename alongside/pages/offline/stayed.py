"""A moment that stayed on its writer's phone: shown to them again, and put where they say it belongs."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.kernel import clock
from alongside.kernel.policy import Denied, signed_in
from alongside.kernel.request import Request
from alongside.pages.offline import arriving
from alongside.pages.offline.clocks import a_time
from alongside.pages.offline.forms import BelongsForm
from alongside.pages.offline.sealed import Draft, KeyGone, Refused, opened
from alongside.people.models import Person


@signed_in()
@require_POST
def stayed(request: Request) -> HttpResponse:
    """The words are their writer's: they read them, say whose page they go on, or put them away knowingly."""
    viewer: Person = request.viewer
    try:
        client_id = UUID(request.POST.get("client_id", ""))
    except ValueError:
        sentence = _("This is not a moment from a phone.")
        return render(request, "design/error.html", {"sentence": sentence}, status=400)
    try:
        draft = opened(viewer, client_id, request.POST.get("envelope", ""))
    except Refused as refusal:
        context = {"sentence": refusal.args[0], "client_id": client_id, "wait": isinstance(refusal, KeyGone)}
        return render(request, "pages/offline/not_opened.html", context, status=400)
    return _opened(request, viewer, client_id, draft)


# Signed out meanwhile, nothing is given back but the way to sign in: the words are on the phone, sealed.
stayed.keeps_words = True  # type: ignore[attr-defined]


def _opened(request: Request, viewer: Person, client_id: UUID, draft: Draft) -> HttpResponse:
    people = arriving.walked_with(viewer)
    asked = "keep" in request.POST
    begun: dict[str, Any] = {"day": draft.day, "person": draft.person, "client_id": client_id}
    begun |= {"envelope": request.POST["envelope"]}
    form = BelongsForm(request.POST if asked else None, people=people, initial=begun)
    if asked and form.is_valid() and _kept(viewer, client_id, draft, form):
        return redirect(f"{reverse('offline')}?arrived=yes")
    context = {"draft": draft, "form": form, "client_id": client_id, "people": people}
    return render(request, "pages/offline/opened.html", context)


def _kept(viewer: Person, client_id: UUID, draft: Draft, form: BelongsForm) -> bool:
    """Whether it stands on a page now; a slip is said beside what was asked."""
    said: dict[str, Any] = form.cleaned_data
    belongs = arriving.placed(draft, form.chosen(), said["day"])
    try:
        arriving.belongs(viewer, client_id, belongs, _phone_now(said["clock"], draft))
    except (Refused, Denied, ValueError) as slip:
        form.add_error("person", str(slip.args[0]))
        return False
    return True


def _phone_now(said: str, draft: Draft) -> dt.datetime:
    """The phone's clock as its page says; else as wrong as it was when the place last heard of it."""
    try:
        return a_time(said)
    except ValueError:
        return clock.now() + (draft.phone_then - draft.place_then)
