"""In the demo one signs in by picking a face: its people are invented and have no secrets."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from alongside.accounts import hooks, queries
from alongside.accounts.before import before_anyone_acts
from alongside.accounts.views.door import let_in, page


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise Http404


@before_anyone_acts("the demo's people are invented; this page is in no other place")
def faces(request: HttpRequest) -> HttpResponseBase:
    """Pick somebody to be."""
    _only_in_the_demo()
    if request.method == "POST":
        return _be(request)
    found = hooks.faces()
    residents = [one for one in found if not one.roles]
    return page(request, "faces", residents=residents, serving=[one for one in found if one.roles])


def _be(request: HttpRequest) -> HttpResponseBase:
    try:
        account = queries.face(UUID(request.POST.get("face", "")))
    except ValueError:
        account = None
    if account is None:
        raise Http404
    return let_in(request, account, "face")
