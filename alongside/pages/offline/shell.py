"""What lies on a phone that was made ready for places without a signal: nothing with people in it."""

import json
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from alongside.accounts.place.queries import the_place
from alongside.kernel.policy import open_to_all

BUILT = Path(find_spec("alongside.design").origin or "").parent / "static" / "build"  # type: ignore[union-attr]
# As in `design/scss/_tokens.scss`: paper, and pine in the light.
PAPER, PINE = "#fbf6ec", "#1c4a42"
NOBODY: dict[str, Any] = {"viewer": None, "nav": [], "messages": [], "find_url": "", "phone_of": ""}


@open_to_all("the page that opens without a signal has nobody in it")
@require_safe
@vary_on_headers("Accept-Language")
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody: a phone keeps it, and its script fills in what that phone may know."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/offline/offline.html", NOBODY)


@open_to_all("our own script; nobody is in it")
@require_safe
@vary_on_headers("Accept-Language")
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that phones run beside our pages, with the offline page's digest before it.

    A browser that finds one byte changed fetches the page and all its parts anew.
    """
    digest = sha256(_page(request).content).hexdigest()[:12]
    script = f"self.pageDigest = {json.dumps(digest)};\n{_script()}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def _script() -> str:
    path = BUILT / "service-worker.js"
    if not path.is_file():
        raise Http404("The front end is not built: run `make setup`.")
    return path.read_text(encoding="utf-8")


@open_to_all("what the place is called, and its mark, for a phone's home screen")
@require_safe
@vary_on_headers("Accept-Language")
def manifest(request: HttpRequest) -> HttpResponse:
    """How this place looks on a home screen. The short name says nothing about anybody."""
    place = the_place()
    response = JsonResponse(
        {
            "id": "/offline/",
            "name": _("Alongside in %(place)s") % {"place": place.name} if place else "Alongside",
            "short_name": "Alongside",
            "description": _("Who, and words: what happened, kept also where there is no signal."),
            "lang": get_language(),
            "dir": "auto",
            "start_url": "/offline/",
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": PINE,
            "icons": [_icon(size, purpose) for size in (192, 512) for purpose in ("any", "maskable")],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-cache"
    return response


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"mark-{size}" if purpose == "any" else f"mark-maskable-{size}"
    return {
        "src": static(f"build/icons/{name}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
