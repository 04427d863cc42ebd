"""Who may do what, said once: checks that refuse in a sentence, and pages that cannot exist without one.

A check is `check_can_…(viewer, thing)`: it returns nothing or raises `Denied`. Its boolean is
`check_can_….allows(viewer, thing)`, derived here and never written twice. A view is wrapped by
`guarded`, `signed_in` or `open_to_all`; a house test fails on a URL that is not.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


class Denied(Exception):  # noqa: N818 - reads as the sentence it carries
    """A refusal: a sentence a person can read, and the human it ends in.

    `sentence` is translated text. `whom` is that human (anything with a `called`), or None where the
    page itself names the place's duty human.
    """

    def __init__(self, sentence: str, whom: Any = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.whom = whom


class Check(Protocol):
    """A policy: call it to be refused in words, or ask `allows` for the boolean."""

    __name__: str
    because: Any
    allows: Callable[..., bool]

    def __call__(self, viewer: Any, thing: Any = None) -> None: ...


CHECKS: dict[str, Check] = {}


def enforce(check: Callable[..., None], viewer: Any, thing: Any) -> None:
    """The one place where a check is run (the leak test turns it off to try row-level security alone)."""
    check(viewer, thing)


def policy(check: Callable[..., None] | None = None, *, because: Any = "") -> Any:
    """Register a check and derive its boolean.

    `because` cites the law or the harm that makes it a hard stop, in words a person can read; the page of
    hard stops and `docs/reference/hard-stops.md` are generated from it, and a house test wants one of each.
    """
    if check is None:
        return lambda function: policy(function, because=because)

    @wraps(check)
    def run(viewer: Any, thing: Any = None) -> None:
        enforce(check, viewer, thing)

    def allows(viewer: Any, thing: Any = None) -> bool:
        try:
            enforce(check, viewer, thing)
        except Denied:
            return False
        return True

    run.allows = allows  # type: ignore[attr-defined]
    run.because = because  # type: ignore[attr-defined]
    CHECKS[f"{check.__module__}.{check.__name__}"] = run  # type: ignore[assignment]
    return run  # type: ignore[return-value]


def narrow(queryset: Any, condition: Any) -> Any:
    """Filter a queryset by what its viewer may see (the leak test turns it off, as `enforce`)."""
    return queryset.filter(condition)


def guarded(check: Check, find: Callable[..., Any]) -> Callable[[View], View]:
    """A page about one thing: `find(viewer=…, **url)` fetches it through what the viewer may see, `check` decides.

    Nothing found is 404, so that a stranger cannot tell what exists; a refusal is a sentence (403).
    The view is called as `view(request, thing)`.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if request.viewer is None:
                return redirect_to_login(request.get_full_path())
            thing = find(viewer=request.viewer, **kwargs)
            if thing is None:
                raise Http404
            check(request.viewer, thing)
            return view(request, thing)

        inner.access = check.__name__  # type: ignore[attr-defined]
        return inner

    return wrap


def signed_in(check: Check | None = None) -> Callable[[View], View]:
    """A page for anyone signed in, or for those `check(viewer)` lets in."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.viewer is None:
                return redirect_to_login(request.get_full_path())
            if check is not None:
                check(request.viewer)
            return view(request, *args, **kwargs)

        inner.access = check.__name__ if check else "signed_in"  # type: ignore[attr-defined]
        return inner

    return wrap


def open_to_all(why: str) -> Callable[[View], View]:
    """A page for the whole world, with the reason why, which the generated table prints."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        inner.access = f"open: {why}"  # type: ignore[attr-defined]
        return inner

    return wrap
