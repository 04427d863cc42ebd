"""Pages of signing in run before anybody acts: inside the work `sign_in`, which row-level security knows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache

from alongside.kernel.acting import working_on
from alongside.kernel.policy import open_to_all, signed_in

View = Callable[..., HttpResponseBase]


def before_anyone_acts(why: str) -> Callable[[View], View]:
    """A page of signing in itself: open to all, never kept by the browser, done as the work `sign_in`."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with working_on("sign_in"):
                return view(request, *args, **kwargs)

        return open_to_all(why)(never_cache(inner))

    return wrap


def about_oneself(view: View) -> View:
    """A page about how one signs in oneself: reached even before the second factor is there."""
    page = signed_in()(never_cache(view))
    page.sets_up_sign_in = True  # type: ignore[attr-defined]
    return page
