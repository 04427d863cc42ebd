"""At every page: a session that ended is a stranger's, who holds others' stories has shown two things, and
no page stays behind on the computer it was read on."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from alongside.accounts import second_factor
from alongside.kernel.sent import words_sent

# What can always be reached: going away, another language.
STILL_OPEN = frozenset({"sign_out", "account_logout", "leave", "set_language"})


class NothingStaysBehind:
    """No page is kept by a browser or by anything between, unless its view says it may be.

    On a library's computer the Back button, pressed after signing out, must not show a story; a hello that
    was typed there must not be found in its cache. A page says otherwise by its own `Cache-Control`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request, and say that its answer is for now only."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class AtTheDoor:
    """Stands after `Viewer` and `MessageMiddleware`: it compares the account with the person it let in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Decide before the view runs; None lets it run."""
        viewer = request.viewer  # type: ignore[attr-defined]
        account = request.user
        if viewer is None and not account.is_authenticated:
            return _words_given_back(request, view)
        if viewer is not None and not account.is_authenticated:
            return _as_a_stranger(request)
        if request.resolver_match and request.resolver_match.url_name in STILL_OPEN:
            return None
        if viewer is None:
            return render(request, "accounts/nobody_yet.html", status=403)
        return None if getattr(view, "sets_up_sign_in", False) else _ask_for_second(request)


def _words_given_back(request: HttpRequest, view: Any) -> HttpResponse | None:
    """The session ended while somebody wrote: their words are shown to them, and never thrown away."""
    its_own = getattr(view, "keeps_words", False)  # a page that keeps them itself, for whoever opened it
    kept = [] if its_own or str(getattr(view, "access", "open")).startswith("open") else words_sent(request)
    if not kept:
        return None
    return render(request, "accounts/signed_out_meanwhile.html", {"kept": kept}, status=403)


def _as_a_stranger(request: HttpRequest) -> HttpResponseBase:
    """The password changed, or the account was closed: the session is worth nothing. Nothing was shown."""
    request.session.flush()
    return redirect(request.get_full_path() if request.method == "GET" else reverse("sign_in"))


def _ask_for_second(request: HttpRequest) -> HttpResponseBase | None:
    """Send somebody who holds others' stories to show their second factor, or to set one up."""
    account: Any = request.user
    if second_factor.shown(request) or not second_factor.needs_two(account):
        return None
    page = reverse(second_factor.page_to_show_it(account))
    return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
