"""A refusal is a page: the sentence, and the human it ends in (I11)."""

from collections.abc import Callable

from django.db import DataError
from django.http import HttpRequest, HttpResponse

from alongside.kernel.policy import Denied
from alongside.pages.errors import not_understood, refused


class Refusals:
    """Turns `Denied` into a page that a person can read, ending in somebody with a name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for a refusal; anything else goes on. However the view broke off, what it wrote is undone."""
        request.turned_away = True  # type: ignore[attr-defined]
        if _holds_nothing(exception):
            return not_understood(request, exception)
        if not isinstance(exception, Denied):
            return None
        return refused(request, exception.sentence, exception.whom)


def _holds_nothing(exception: Exception) -> bool:
    """Whether the database was given the letter that is none (NUL): nobody types it, and no fault of ours is in it."""
    return isinstance(exception, DataError) and "NUL" in str(exception)
