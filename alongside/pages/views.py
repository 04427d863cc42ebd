"""Views of the combined pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.kernel.policy import open_to_all


@open_to_all("the front door stands open")
def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Alongside")


@open_to_all("leaving must never need anything")
def leave(request: HttpRequest) -> HttpResponse:
    """Away from here at once, to something harmless."""
    return redirect(settings.QUICK_EXIT_URL)
