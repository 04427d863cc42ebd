"""Reading and writing a circle."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.consent.looks import looked
from alongside.consent.policies import check_can_open_page
from alongside.consent.queries import person_to_open
from alongside.kernel import clock
from alongside.kernel.policy import guarded
from alongside.people.models import Person
from alongside.story import ecomap, operations, policies, queries
from alongside.story.circle_table import HEADINGS, lines
from alongside.story.forms.circle import GapForm, TieChangeForm, TieForm
from alongside.story.forms.story import AudienceForm, audience_choices
from alongside.story.models import Gap, Tie
from alongside.story.views.around import page

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


def _day(asked: str) -> dt.date | None:
    """A day as an address says it, not after today; None where it is no day."""
    try:
        return min(dt.date.fromisoformat(asked), clock.today())
    except ValueError:
        return None


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def circle(request: HttpRequest, person: Person) -> HttpResponse:
    """Who is around somebody, as a picture, as a table, and in their words; today, or as it was on a day."""
    asked = request.GET.get("on", "")
    on = _day(asked) if asked else None
    seen = queries.circle_of(viewer=request.viewer, person=person, on=on)
    look = looked(request.viewer, person, page="circle", parts=[tie.pk for tie in seen.ties + seen.gone])
    title = _("%(called)s's circle") % {"called": person}
    return page(
        request, "circle", person, "circle",
        circle=seen,
        look=look,
        picture=ecomap.draw(str(person), title, seen.ties, [gap.words for gap in seen.gaps]),
        headings=HEADINGS,
        lines=lines(seen, "" if policies.is_own(request.viewer, person.pk) else str(person)),
        on=on,
        no_such_day=bool(asked) and on is None,
        today=clock.today(),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_write, find=person_to_open)
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """Somebody in a circle. Whom they trust is asked first."""
    viewer = request.viewer
    own = policies.is_own(viewer, person.pk)
    first = not any(tie.trusted for tie in queries.circle_of(viewer=viewer, person=person).ties)
    known = queries.people_to_name(viewer=viewer, person=person)
    start = {
        "to": "person",
        "help": "not_said",
        "audience": "walkers",
        "trusted": first,
        "language": request.LANGUAGE_CODE[:2],
    }
    form = TieForm(request.POST or None, initial=start, person=person, own=own, first=first, known=known)
    if request.method == "POST" and form.is_valid():
        operations.tie(by=viewer, person=person, **form.cleaned_data)
        messages.success(request, _("%(name)s is in the circle.") % {"name": form.cleaned_data["name"]})
        return redirect("circle", person=person.pk)
    return page(request, "circle_add", person, form=form, first=first)


@READ_OR_SEND
@guarded(policies.check_can_change_tie, find=queries.tie_to_open)
def change(request: HttpRequest, tie: Tie) -> HttpResponse:
    """What became of somebody in a circle. What was said before stays, with its day."""
    looked(request.viewer, tie.person, page="circle", parts=[tie.pk])
    form = TieChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_tie(by=request.viewer, tie=tie, **form.cleaned_data)
        except ValueError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, _("Kept. What was said before is still there."))
            return redirect("circle", person=tie.person_id)
    stands = queries.tie_now(tie)
    return page(request, "circle_change", tie.person, form=form, tie=stands)


@READ_OR_SEND
@guarded(policies.check_can_change_audience, find=queries.tie_to_open)
def audience(request: HttpRequest, tie: Tie) -> HttpResponse:
    """Whom a tie is for: up to the one whose circle it is."""
    choices = audience_choices(own=True, called=str(tie.person))
    form = AudienceForm(request.POST or None, initial={"audience": tie.audience}, choices=choices)
    if request.method == "POST" and form.is_valid():
        operations.set_audience(by=request.viewer, thing=tie, audience=form.cleaned_data["audience"])
        messages.success(request, _("That holds from now on."))
        return redirect("circle", person=tie.person_id)
    return page(request, "circle_audience", tie.person, form=form, tie=tie)


@READ_OR_SEND
@guarded(policies.check_can_write, find=person_to_open)
def gap(request: HttpRequest, person: Person) -> HttpResponse:
    """What, or who, is missing."""
    form = GapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.name_gap(by=request.viewer, person=person, words=form.cleaned_data["words"])
        messages.success(request, _("It is in the picture, as an empty place."))
        return redirect("circle", person=person.pk)
    return page(request, "circle_gap", person, form=form)


@require_POST
@guarded(policies.check_can_change_tie, find=queries.gap_to_open)
def filled(request: HttpRequest, gap: Gap) -> HttpResponse:
    """It is not missing any more."""
    operations.gap_filled(by=request.viewer, gap=gap)
    messages.success(request, _("Good. It is not missing any more."))
    return redirect("circle", person=gap.person_id)
