"""What every page about a person's walk and moments is told: whose it is, and which walls it stands in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.accounts.place.policies import KEEP_PRINCIPLES
from alongside.accounts.place.queries import the_place
from alongside.people.models import Person
from alongside.people.policies import holds
from alongside.story.policies import is_own
from alongside.story.ways import ways_about
from alongside.walks import policies

WALLS = {True: "design/person.html", False: "design/work.html"}


def around(request: HttpRequest, person: Person, here: str = "") -> dict[str, Any]:
    """Context for the room's layout; `here` is the name of the page in the way about."""
    own = is_own(request.viewer, person.pk)
    return {
        "person": person,
        "called": person.called,
        "own": own,
        "base": WALLS[own],
        "ways": ways_about(person.pk, own=own, here=here),
        "may_write": policies.check_can_record.allows(request.viewer, person),
    }


def what_we_hold_to(viewer: Person) -> dict[str, Any]:
    """The two rules and the place's own principles, which stand beside every walk, and whether to change these."""
    return {"place": the_place(), "may_change_principles": holds(viewer, *KEEP_PRINCIPLES)}


def page(request: HttpRequest, template: str, person: Person, here: str = "", **more: Any) -> HttpResponse:
    """A page of the room, about a person."""
    return render(request, f"walks/{template}.html", around(request, person, here) | more)
