"""What every page of the room is told: whose it is, and which walls it stands in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.people.models import Person
from alongside.story import policies
from alongside.story.ways import ways_about


def around(request: HttpRequest, person: Person, here: str = "") -> dict[str, Any]:
    """Context for the room's layout; `here` is the name of the page in the way about."""
    own = policies.is_own(request.viewer, person.pk)
    return {
        "person": person,
        "own": own,
        "base": "design/person.html" if own else "design/work.html",
        "ways": ways_about(person.pk, own=own, here=here),
        "hunch_answers": [_("That's it."), _("That's not it.")],
        "may_write": policies.check_can_write.allows(request.viewer, person),
    }


def page(request: HttpRequest, template: str, person: Person, here: str = "", **more: Any) -> HttpResponse:
    """A page of the room."""
    return render(request, f"story/{template}.html", around(request, person, here) | more)


def back_to_story(person: Person, part_id: Any = None) -> HttpResponse:
    """To the story, at the part that was just touched."""
    to = redirect("story", person=person.pk)
    if part_id:
        to["Location"] += f"#part-{part_id}"
    return to
