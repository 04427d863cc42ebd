"""The front door, and the way out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.acting import working_on
from alongside.kernel.policy import open_to_all
from alongside.messages.views.door import door_context
from alongside.pages.queries import the_place
from alongside.people.models import Role
from alongside.people.policies import holds


@open_to_all("the front door stands open")
def home(request: HttpRequest) -> HttpResponse:
    """The door for a stranger; for the rest of us, our people, our place or our own page."""
    viewer = request.viewer
    if viewer is None:
        with working_on("hello"):
            return render(request, "pages/home.html", door_context(request) | {"place": the_place()})
    if holds(viewer, Role.STEWARD):
        return redirect("steward_home")
    if holds(viewer, *WALKING_ROLES):
        return redirect("people")
    return redirect("my_page")


@open_to_all("leaving must never need anything")
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, to something harmless."""
    return redirect(settings.QUICK_EXIT_URL)
