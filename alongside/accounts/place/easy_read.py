"""Easy read on every page that has one: shown when asked for, or always, on this phone or computer."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from alongside.accounts.models.easy_read import EasyReadLine
from alongside.accounts.place.queries import easy_picture, easy_read
from alongside.kernel.cookies import named
from alongside.kernel.policy import open_to_all

ALWAYS, A_YEAR = "easy_read", 365 * 24 * 3600


@dataclass(frozen=True)
class EasyRead:
    """What a layout shows: the lines, their language, and whether they were asked for."""

    lines: list[EasyReadLine]
    language: str = ""
    shown: bool = False
    always: bool = False


def around(request: HttpRequest) -> EasyRead:
    """The easy read of the page that is asked for; without lines where it has none."""
    match = request.resolver_match
    if match is None or not match.url_name:
        return EasyRead([])
    lines = easy_read(viewer=None, page=match.url_name, language=get_language() or settings.LANGUAGE_CODE)
    always = request.COOKIES.get(named(ALWAYS)) == "1"
    language = lines[0].language if lines else ""
    return EasyRead(lines, language, shown=always or request.GET.get("easy") == "1", always=always)


@open_to_all("the place's own words, which everybody may read")
def picture(request: HttpRequest, line: UUID) -> HttpResponse:
    """The picture beside a sentence."""
    found = easy_picture(viewer=None, line=line)
    if found is None:
        raise Http404
    headers = {"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found, content_type="image/jpeg", headers=headers)


@open_to_all("whoever reads best in short sentences must be able to say so")
def always(request: HttpRequest) -> HttpResponse:
    """Show easy read first from here on, or not any more; kept on this phone or computer, and nowhere else."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    back: Any = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if safe else "home")
    if request.POST.get("always") == "1":
        response.set_cookie(
            named(ALWAYS), "1", A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    else:
        response.delete_cookie(named(ALWAYS), samesite="Lax")
    return response
