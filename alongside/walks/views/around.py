"""What every page about a person's walk and moments is told: whose it is, and which walls it stands in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.story.policies import is_own
from alongside.walks import policies

WALLS = {True: "design/person.html", False: "design/work.html"}


def around(request: HttpRequest, person: Person, here: str = "") -> dict[str, Any]:
    """Context for the room's layout; `here` is the name of the page in the way about."""
    own = is_own(request.viewer, person.pk)
    ways = [
        ("story", _("My story") if own else _("Story")),
        ("circle", _("My circle") if own else _("Circle")),
        ("plan", _("My plan") if own else _("Plan")),
        ("walk", _("Who walks with me") if own else _("Walking alongside")),
        ("moments", _("What happened")),
    ]
    return {
        "person": person,
        "called": person.called,
        "own": own,
        "base": WALLS[own],
        "ways": [
            {"url": reverse(name, args=[person.pk]), "label": label, "current": name == here}
            for name, label in ways
        ],
        "may_write": policies.check_can_record.allows(request.viewer, person),
    }


def page(request: HttpRequest, template: str, person: Person, here: str = "", **more: Any) -> HttpResponse:
    """A page of the room, about a person."""
    return render(request, f"walks/{template}.html", around(request, person, here) | more)
