"""Small helps for the pages of signing in."""

import json
from typing import Any

from django import template

register = template.Library()


@register.filter
def as_json(value: Any) -> str:
    """JSON for a `data-` attribute; the template escapes it like any other words."""
    return json.dumps(value)


@register.filter
def device(user_agent: str) -> str:
    """A browser's long name for itself, as somebody would say it: "Firefox on Windows"."""
    browsers = ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari")
    systems = (
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
        ("Mac OS", "Mac"), ("Linux", "Linux"),
    )  # fmt: skip
    found = [next((name for sign, name in kinds if sign in user_agent), "") for kinds in (browsers, systems)]
    return " · ".join(name for name in found if name)
