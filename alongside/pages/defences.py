"""What every answer tells a browser, and what is too much to be read at all (docs/adr/0015)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.kernel.receiving import too_much
from alongside.pages.errors import more_than_fits

GetResponse = Callable[[HttpRequest], HttpResponse]

# A voice note is recorded here, and a passkey shown; nothing else of a phone is ever asked for.
PERMISSIONS = ", ".join(
    f"{feature}=(self)" if feature == "microphone" else f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")
)
EVERY_ANSWER = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
    # Told twice, for browsers that do not know `frame-ancestors`.
    "X-Frame-Options": "DENY",
}


class Told:
    """Every answer, files and refusals too, says what a page of ours may do and that nobody may frame it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, and tell."""
        response = self.get_response(request)
        for name, value in EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response


class NotTooMuch:
    """A request that says it is longer than we read is answered in a sentence, and not read.

    It stands before whoever reads a form: the check for a form's proof does, for a stranger's too.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, unless it is too much."""
        if too_much(str(request.META.get("CONTENT_LENGTH") or "")):
            return more_than_fits(request)
        return self.get_response(request)
