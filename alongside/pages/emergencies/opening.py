"""The reason, and then the page that opens: never a list of people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.consent.emergencies.models import Opening
from alongside.consent.emergencies.policies import check_can_open_in_an_emergency
from alongside.kernel.policy import signed_in
from alongside.kernel.request import Request
from alongside.messages.operations import open_in_an_emergency as open_and_tell
from alongside.pages.emergencies.forms import EmergencyForm
from alongside.people.door import who_holds
from alongside.people.models import Person, Role


@signed_in(check_can_open_in_an_emergency)
def open_in_an_emergency(request: Request) -> HttpResponse:
    """What is happening, whose page, and how much of it; the person is told at once.

    Whoever comes from "Is someone walking with them?" brings the name they asked after, and nothing else is sent.
    """
    me: Person = request.viewer
    sent = request.POST if "words" in request.POST else None
    leads = [one for one in who_holds(Role.TEAM_LEAD, Role.STEWARD) if one != me]
    form = EmergencyForm(sent, me=me, others=leads, initial={"name": request.POST.get("name", "")})
    opened: list[Opening | None] = []
    done = form.is_bound and form.carried_out(lambda: opened.append(open_and_tell(by=me, **form.said())))
    if done and opened[0] is not None:
        messages.success(request, _("Open to you for a day. Ring first, if somebody can be rung."))
        return redirect("opening", opening=opened[0].pk)
    # What was typed is not said again: the answer for nobody is the same bytes, whoever was meant.
    shown = EmergencyForm(me=me, others=leads) if done else form
    context = {"form": shown, "nobody": done, "leads": leads[:3]}
    return render(request, "pages/emergencies/open.html", context)
