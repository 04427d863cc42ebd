"""Writing down what is done to somebody: their yes, or a duty in law."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.consent.lanes import operations as lanes
from alongside.consent.lanes import policies as lane_policies
from alongside.consent.queries import person_to_open
from alongside.doings import forms, operations, policies
from alongside.doings.models import Lane
from alongside.doings.views.around import done_or_said, page, people_to_choose
from alongside.kernel.policy import guarded
from alongside.people.models import Person

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@READ_OR_SEND
@guarded(lane_policies.check_can_give_consent, find=person_to_open)
def yes(request: HttpRequest, person: Person) -> HttpResponse:
    """A yes, with who does it and how it was explained."""
    own = person.pk in policies.selves(request.viewer)
    people = people_to_choose(request, person)
    form = forms.YesForm(request.POST or None, own=own, called=person.called, people=people)
    sent = request.method == "POST" and form.is_valid()
    if sent and done_or_said(form, "who_words", lambda: _agree(request, person, form)):
        messages.success(request, _("Kept. It can be taken back at any time."))
        return redirect("plan", person=person.pk)
    return page(request, "ask", person, form=form, heading=_("A yes"), button=_("That is the yes"))


def _agree(request: HttpRequest, person: Person, form: forms.YesForm) -> None:
    cleaned = form.cleaned_data
    said = {name: cleaned[name] for name in ("to_what", "informed_how", "words")}
    # Both or neither: a refused doing leaves no yes behind, for the request is one transaction and so is this.
    with transaction.atomic():
        consent = lanes.give_consent(by=request.viewer, person=person, **said)
        operations.agree_to(by=request.viewer, consent=consent, who=form.said_who(Lane.FOR))


@READ_OR_SEND
@guarded(lane_policies.check_can_write_down_duty, find=person_to_open)
def duty(request: HttpRequest, person: Person) -> HttpResponse:
    """A duty in law, and what it makes somebody do; the person sees it from this moment."""
    form = forms.DutyForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and done_or_said(form, "not_told_why", lambda: _by_duty(request, person, form)):
        messages.success(request, _("Kept. They see it before anything else on their plan."))
        return redirect("plan", person=person.pk)
    return page(request, "ask", person, form=form, heading=_("A duty in law"), button=_("Write it down"))


def _by_duty(request: HttpRequest, person: Person, form: forms.DutyForm) -> None:
    with transaction.atomic():
        duty = lanes.write_down_duty(by=request.viewer, person=person, **form.said(request.viewer))
        operations.do_by_duty(by=request.viewer, duty=duty, words=form.cleaned_data["what"])
