"""The worker's morning."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from alongside.kernel import clock
from alongside.kernel.policy import signed_in
from alongside.kernel.request import Request
from alongside.pages.days import finders
from alongside.pages.policies import check_has_a_morning
from alongside.people.models import Person


@require_GET
@signed_in(check_has_a_morning)
def today(request: Request) -> HttpResponse:
    """People I walk with, whose cover I am, what is promised, what came: all of it mine."""
    me: Person = request.viewer
    context = {"me": me, "day": clock.today(), "today": finders.today(me)}
    return render(request, "pages/days/today.html", context)
