"""A person's page: one's own, worth having with no service in it; somebody else's, as far as it is open."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.consent import policies, queries
from alongside.consent.lanes import queries as lanes
from alongside.consent.looks import looked
from alongside.doings.glance import glance
from alongside.kernel.policy import guarded, signed_in
from alongside.pages.person.finders import to_answer, why_open
from alongside.people.models import Person
from alongside.story import glance as stories
from alongside.walks.policies import check_can_record, shown_by
from alongside.walks.queries.lately import lately, newest, people_in
from alongside.walks.queries.near import kept, near, people_of

LATEST_LOOKS = LATEST_MOMENTS = 3


@signed_in()
def my_page(request: HttpRequest) -> HttpResponse:
    """What the law does to me, who comes, who walks with me, what I said, my plan, my people, who looked: all mine."""
    me: Person = request.viewer
    latest = queries.latest_looks(viewer=me, person=me, most=LATEST_LOOKS)
    context = _what_is_on_it(me, me, also={look.by_id for look in latest})
    context |= {
        "looks": [(look, context["called"][look.by_id]) for look in latest],
        "to_answer": to_answer(viewer=me),
        "readers": [row.given_to for row in queries.given_by(viewer=me) if row.person_id == me.pk],
    }
    return render(request, "pages/person/my_page.html", context)


@guarded(policies.check_can_open_page, find=queries.person_to_open)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    """Somebody's page, for one who may open it; their own goes to `my_page`."""
    if person.pk == request.viewer.pk:
        return redirect("my_page")
    basis = policies.basis_for(request.viewer, person)
    whole = bool(basis and basis.whole)
    moments = newest(viewer=request.viewer, person=person, most=LATEST_MOMENTS) if whole else []
    context = _what_is_on_it(request.viewer, person, also=people_in(moments))
    looked(request.viewer, person, page="person", parts=[part.pk for part in context["parts"]])
    context |= {"why": why_open(request.viewer, person), "basis": basis, "whole": whole}
    if whole:
        context |= {
            "lately": lately(moments, context["called"]),
            "may_write": check_can_record.allows(request.viewer, person),
            "shown": shown_by(request.viewer, person),
        }
    return render(request, "pages/person/person.html", context)


def _what_is_on_it(viewer: Person, person: Person, *, also: set[UUID]) -> dict[str, Any]:
    """What both pages hold. Names are asked for once, for all of it, and for whom the rest of the page names."""
    story = stories.glance(viewer=viewer, person=person)
    walks = kept(viewer=viewer, person=person)
    plan = glance(viewer=viewer, person=person, also=also | story.people | people_of(walks))
    parts = story.told(plan.called)
    return {
        "person": person,
        "called": plan.called,
        "parts": parts,
        "strengths": [part for part in parts if part.kind == "good_at"],
        "matters": [part for part in parts if part.kind == "what_matters"],
        "ties": story.ties,
        "duties": lanes.duties_that_hold(viewer=viewer, person=person),
        "glance": plan,
        "walks": near(walks, plan.called),
    }
