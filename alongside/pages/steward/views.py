"""The first page of looking after the place."""

from django.http import HttpResponse
from django.shortcuts import render

from alongside.accounts.place.queries import the_place
from alongside.consent.emergencies.queries import waiting
from alongside.kernel.policy import signed_in
from alongside.kernel.request import Request
from alongside.messages.queries import broken
from alongside.people.policies import check_can_look_after_place
from alongside.people.queries import same_people


@signed_in(check_can_look_after_place)
def home(request: Request) -> HttpResponse:
    """What there is to look after, and what waits."""
    viewer = request.viewer
    context = {
        "place": the_place(),
        "broken": broken(viewer=viewer).anything,
        "emergencies": waiting(viewer=viewer).exists(),
        "to_agree": [same for same in same_people(viewer=viewer) if not same.agreed_at],
    }
    return render(request, "pages/steward/home.html", context)
