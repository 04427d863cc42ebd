"""A person's page: one's own, worth having with no service in it; somebody else's, as far as it is open."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.consent import policies, queries
from alongside.consent.lanes import queries as lanes
from alongside.consent.looks import looked
from alongside.consent.models import Duty
from alongside.doings.glance import glance
from alongside.kernel.policy import guarded, signed_in
from alongside.pages.person.finders import to_answer, why_open
from alongside.people.models import Person
from alongside.story import queries as stories
from alongside.walks.own import shown_by
from alongside.walks.policies import check_can_record
from alongside.walks.queries import timeline
from alongside.walks.queries.near import kept, near, people_of

LATEST_LOOKS = LATEST_MOMENTS = 3


@signed_in()
def my_page(request: HttpRequest) -> HttpResponse:
    """What the law does to me, who comes, who walks with me, what I said, my plan, my people, who looked: all mine."""
    me: Person = request.viewer
    latest = list(queries.who_looked(viewer=me, person=me)[:LATEST_LOOKS])
    names = queries.names_of({look.by_id for look in latest})
    context = _what_is_on_it(me, me) | {
        "looks": [(look, names.get(look.by_id)) for look in latest],
        "to_answer": to_answer(viewer=me),
        "readers": [row.given_to for row in queries.say_sos_of(viewer=me, person=me) if row.state == "given"],
    }
    return render(request, "pages/person/my_page.html", context)


@guarded(policies.check_can_open_page, find=queries.person_to_open)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """Somebody's page, for one who may open it; their own goes to `my_page`."""
    if person.pk == request.viewer.pk:
        return redirect("my_page")
    context = _what_is_on_it(request.viewer, person)
    looked(request.viewer, person, page="person", parts=[part.pk for part in context["parts"]])
    basis = policies.basis_for(request.viewer, person)
    context |= {"why": why_open(request.viewer, person), "basis": basis, "whole": bool(basis and basis.whole)}
    if context["whole"]:
        context |= {
            "timeline": timeline(viewer=request.viewer, person=person, most=LATEST_MOMENTS),
            "may_write": check_can_record.allows(request.viewer, person),
            "shown": shown_by(request.viewer, person),
        }
    return render(request, "pages/person/person.html", context)


def _what_is_on_it(viewer: Person, person: Person) -> dict[str, Any]:
    parts = stories.story_of(viewer=viewer, person=person)
    walks = kept(viewer=viewer, person=person)
    plan = glance(viewer=viewer, person=person, also=people_of(walks))
    return {
        "person": person,
        "parts": parts,
        "strengths": [part for part in parts if part.kind == "good_at"],
        "matters": [part for part in parts if part.kind == "what_matters"],
        "circle": stories.circle_of(viewer=viewer, person=person),
        "duties": _holding(lanes.duties_of(viewer=viewer, person=person)),
        "glance": plan,
        "walks": near(walks, plan.called),
    }


def _holding(duties: QuerySet[Duty]) -> list[Duty]:
    """Those that hold now; what was said of each stands on its own page."""
    return list(duties.filter(ended_at__isnull=True).prefetch_related(None))
