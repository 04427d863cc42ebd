"""One transaction a request, in which the database knows who acts, and `request.viewer` is that person."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from alongside.kernel.acting import entering
from alongside.kernel.memo import remembering
from alongside.people.models import Person

GetResponse = Callable[[HttpRequest], HttpResponse]


class Entering:
    """Opens the request's transaction and lets the account in; a server error rolls everything back."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its transaction."""
        from django.db import transaction

        with remembering(), entering(request.session.get(SESSION_KEY, "")) as person_id:
            request.viewer_id = person_id  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class Viewer:
    """Puts the person who is looking on the request; None for a stranger."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the viewer and go on."""
        key = request.viewer_id  # type: ignore[attr-defined]
        request.viewer = Person.objects.filter(pk=key).first() if key else None  # type: ignore[attr-defined]
        return self.get_response(request)


class Language:
    """Speaks the person's language, or the one chosen at the door, or the browser's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate a language for this request."""
        code = request.session.get("language") or translation.get_language_from_request(request)
        with translation.override(code):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            return self.get_response(request)
