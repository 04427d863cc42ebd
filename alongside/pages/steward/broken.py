"""What is broken, for stewards and team leads: never a word of a message, and each with somebody to ask."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.consent.emergencies.queries import waiting
from alongside.kernel.policy import guarded, signed_in
from alongside.messages import operations, queries
from alongside.messages.models import FullHouse
from alongside.messages.policies import check_can_look_after_messages
from alongside.pages.emergencies.told import told
from alongside.pages.steward.queries import find_full_house
from alongside.people.policies import check_can_look_after_place
from alongside.walks.queries.work import in_the_way


@signed_in(check_can_look_after_messages)
def broken(request: HttpRequest) -> HttpResponse:
    """Messages that are stuck, jobs that stand still, hellos left alone, nobody at the door, no room, no cover."""
    way = in_the_way(viewer=request.viewer)
    context = {
        "emergencies": told(waiting(viewer=request.viewer)),
        "uncovered": bool(way and (way.gaps or way.waits)),
        "broken": queries.broken(viewer=request.viewer),
        "steward": check_can_look_after_place.allows(request.viewer),
    }
    return render(request, "pages/steward/broken.html", context)


@guarded(check_can_look_after_messages, find=find_full_house)
def full_house(request: HttpRequest, full_house: FullHouse) -> HttpResponse:
    """Say what the place does about a day on which nobody had room."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    words = request.POST.get("words", "").strip()
    if words:
        operations.answer_full_house(by=request.viewer, full_house=full_house, words=words)
        messages.success(request, _("Kept, with your name beside it."))
    else:
        messages.warning(request, _("Write a few words on what the place does about it."))
    return redirect("steward_broken")
