"""One transaction a request, in which the database knows who acts, and `request.viewer` is that person."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from alongside.kernel.acting import entering
from alongside.kernel.memo import remembering
from alongside.people.languages import language_for
from alongside.people.models import Person
from alongside.people.policies import remember

GetResponse = Callable[[HttpRequest], HttpResponse]


class Entering:
    """Opens the request's transaction and lets the account in; a refusal or an error rolls everything back.

    Also the look: it says what was shown, and where a request ends in a refusal (or in "not here") nothing was.
    A look at nothing would tell a person that they were read by somebody who was turned away. What was shown
    before, on the page where the button stood, has its own look.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its transaction."""
        from django.db import transaction

        with remembering(), entering(request.session.get(SESSION_KEY, "")) as entered:
            remember(entered)
            request.entered = entered  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "turned_away", False):
                transaction.set_rollback(True)
        return response


class Viewer:
    """Puts the person who is looking on the request; None for a stranger."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take the viewer as the database let them in, and go on."""
        request.viewer = _person(request.entered.row)  # type: ignore[attr-defined]
        return self.get_response(request)


def _person(row: dict[str, Any]) -> Person | None:
    """The person of this record, with the languages they speak; None for a stranger's, which is empty."""
    if row["id"] is None:
        return None
    held = [field.attname for field in Person._meta.concrete_fields if field.attname in row]
    person = Person.from_db(DEFAULT_DB_ALIAS, held, [row[name] for name in held])
    person.speaks = row["speaks"]  # type: ignore[attr-defined]
    return person


class Language:
    """Speaks the person's language, or the one chosen at the door, or the browser's: see `languages`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Activate a language for this request."""
        with translation.override(language_for(request, request.viewer)):  # type: ignore[attr-defined]
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            return self.get_response(request)
