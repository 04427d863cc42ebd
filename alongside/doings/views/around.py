"""What every page of the room is told: whose it is, and which walls it stands in."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.lanes.policies import check_can_write_down_duty
from alongside.doings import policies, queries
from alongside.doings.looks import looked_at
from alongside.people.models import Person
from alongside.story.ways import Way, ways_about

QUICK = (Way("quick_things", _lazy("Quick things"), _lazy("Quick things")),)
WALLS = {True: "design/person.html", False: "design/work.html"}


def around(request: HttpRequest, person: Person, here: str = "") -> dict[str, Any]:
    """Context for pages about a person; `here` is the name of the page in the way about."""
    own = person.pk in policies.selves(request.viewer)
    return {
        "person": person,
        "called": person.called,
        "own": own,
        "base": WALLS[own],
        "ways": ways_about(person.pk, own=own, here=here, also=QUICK),
        "may_write": policies.check_can_plan.allows(request.viewer, person),
        "may_say_yes": policies.check_can_decide.allows(request.viewer, person),
        "may_by_duty": not own and check_can_write_down_duty.allows(request.viewer, person),
    }


def page(request: HttpRequest, template: str, person: Person, here: str = "", **more: Any) -> HttpResponse:
    """A page of the room, about a person."""
    return render(request, f"doings/{template}.html", around(request, person, here) | more)


def page_of(
    request: HttpRequest, template: str, thing: Any, *, read: bool = True, **more: Any
) -> HttpResponse:
    """A page about one thing, also for whoever may read nothing else of the person; the look is written."""
    person = queries.person_of(viewer=request.viewer, thing=thing)
    if read:
        looked_at(request.viewer, thing, person)
    own = policies.is_own(request.viewer, thing)
    if person is not None:
        return page(request, template, person, **more)
    # Somebody with one thing to do here is at home in the quieter walls.
    return render(
        request, f"doings/{template}.html", {"own": own, "base": WALLS[True], "person": None} | more
    )


def people_to_choose(request: HttpRequest, person: Person) -> list[tuple[str, Any]]:
    """Who may be said to do something on this plan: the one who writes, and whoever walks with the person."""
    viewer: Person = request.viewer
    found = queries.around_the_person(viewer=viewer, person=person)
    return [(str(named.pk), _("Me") if named.pk == viewer.pk else named.called) for named in found]


def back_to(thing: Any, viewer: Person) -> str:
    """Where one goes after a thing was touched: the plan it stands on, or the thing itself."""
    person = queries.person_of(viewer=viewer, thing=thing)
    if person is not None:
        return reverse("plan", args=[person.pk])
    return reverse("my_promises")


def done_or_said(form: Form, field: str, do: Callable[[], Any]) -> bool:
    """Do what was asked; where that is not possible, say why beside the field, with every word still in it."""
    try:
        do()
    except ValueError as error:
        form.add_error(field, str(error))
        return False
    return True
