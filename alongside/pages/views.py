"""The front door, and the way out."""

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.acting import working_on
from alongside.kernel.policy import open_to_all
from alongside.messages import queries as messages
from alongside.messages.forms import HelloForm
from alongside.pages.queries import the_place
from alongside.people.models import Role
from alongside.people.policies import holds


@open_to_all("the front door stands open")
def home(request: HttpRequest) -> HttpResponse:
    """The door for a stranger; for the rest of us, our people, our place or our own page."""
    viewer = request.viewer
    if viewer is None:
        with working_on("hello"):
            context = {"form": HelloForm(), "door": messages.door(), "place": the_place()}
            return render(request, "pages/home.html", context)
    if holds(viewer, Role.STEWARD):
        return redirect("steward_home")
    if holds(viewer, *WALKING_ROLES):
        return redirect("today")
    if holds(viewer, Role.SPECIALIST):
        return redirect("people")
    # The Centre, members and learning partners come for the place; a resident's page is there for them too.
    return redirect("place" if holds(viewer) else "my_page")


@csrf_exempt
@open_to_all("leaving must never need anything")
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, to something harmless; a press signs out too, and shows nothing of it.

    A GET writes nothing, so an address that was typed or kept only leads away. The press is a POST, by the
    form or by its beacon. It asks for no proof from a form: whoever is fleeing must not meet "that page had
    been open too long", and another site cannot send it for them, since the session's cookie is SameSite=Lax
    and stays behind. The answer is a page that moves on by itself, and no redirect, because `form-action`
    lets no form of ours end at another house. Nothing is cleared from the browser's store: that takes
    seconds, and words sealed there wait to be sent; pages are never kept (`NothingStaysBehind`).
    """
    if request.method != "POST":
        return redirect(settings.QUICK_EXIT_URL)
    logout(request)
    return render(request, "design/left.html", {"quick_exit_url": settings.QUICK_EXIT_URL})
