"""What every page has around it: the place's name, the way about, who is looking."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """Context for the layouts of the room `design`."""
    return {
        "viewer": getattr(request, "viewer", None),
        "nav": [],
        "footer_links": [],
        "QUICK_EXIT_URL": settings.QUICK_EXIT_URL,
        "demo": settings.DEMO,
    }
