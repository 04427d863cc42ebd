"""A refusal is a page: the sentence, and the human it ends in (I11)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from alongside.kernel.policy import Denied
from alongside.pages.errors import refused


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
        if not isinstance(exception, Denied):
            return None
        return refused(request, exception.sentence, exception.whom)
