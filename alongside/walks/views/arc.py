"""A person's arc: drawn when they ask, shown when they like, redrawn in their words, put away again."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.consent.looks import looked
from alongside.consent.policies import selves
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded
from alongside.people.models import Person
from alongside.walks import arc_picture, operations, policies
from alongside.walks.forms.own import ArcWordsForm
from alongside.walks.queries import arc as arcs
from alongside.walks.views.around import page


@require_GET
@guarded(policies.check_can_see_arc, find=person_to_open)
def arc(request: HttpRequest, person: Person) -> HttpResponse:
    """The arc of one person, for them; and for whoever walks with them, once they showed it."""
    looked(request.viewer, person, page="arc")
    return _shown(request, person, request.GET.get("month", ""))


def _shown(
    request: HttpRequest, person: Person, chosen: str = "", form: ArcWordsForm | None = None
) -> HttpResponse:
    until = arcs.month_of(request.GET.get("to", "")) or (arcs.month_of(chosen) if form else None)
    drawn = arcs.arc_of(viewer=request.viewer, person=person, until=until)
    mine = person.pk in selves(request.viewer)
    return page(
        request, "arc", person, arc=drawn, picture=_picture(drawn, person, mine=mine),
        every=list(reversed(drawn.months)), chosen=chosen, form=form or ArcWordsForm(),
        rows=_rows(drawn), headings=[_("Month"), *_strands(person, mine=mine)],
    )  # fmt: skip


def _strands(person: Person, *, mine: bool) -> tuple[str, str]:
    if mine:
        return _("Around me from services"), _("Me and mine")
    called = {"called": person.called}
    return _("Around %(called)s from services") % called, _("%(called)s and theirs") % called


def _picture(drawn: arcs.Arc, person: Person, *, mine: bool) -> str:
    if not drawn.is_drawn or drawn.is_empty:
        return ""
    title = _("My arc") if mine else _("%(called)s’s arc") % {"called": person.called}
    return arc_picture.draw(drawn.months, title, *_strands(person, mine=mine))


def _rows(drawn: arcs.Arc) -> list[list[str]]:
    """The table twin: each month, what was around, what was theirs; words, and no number."""
    return [
        [date_format(month.first, "F Y"), month.around_words, month.mine_words]
        for month in drawn.months
        if not month.is_empty
    ]


def _back(person: Person, month: str = "") -> HttpResponse:
    address = reverse("arc", args=[person.pk])
    return redirect(f"{address}?to={month}&month={month}#m-{month}" if month else address)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_draw(request: HttpRequest, person: Person) -> HttpResponse:
    """Draw it for me."""
    operations.draw_arc(by=request.viewer, person=person)
    return _back(person)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_show(request: HttpRequest, person: Person) -> HttpResponse:
    """Whoever walks with me may see it."""
    try:
        operations.show_arc(by=request.viewer, person=person)
        messages.success(request, _("Whoever walks with you sees it now. You can hide it again."))
    except ValueError as slip:
        messages.error(request, str(slip))
    return _back(person)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_hide(request: HttpRequest, person: Person) -> HttpResponse:
    """It is only mine again."""
    operations.hide_arc(by=request.viewer, person=person)
    messages.success(request, _("Nobody but you sees it now."))
    return _back(person)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_put_away(request: HttpRequest, person: Person) -> HttpResponse:
    """I do not want it drawn."""
    operations.put_arc_away(by=request.viewer, person=person)
    messages.success(request, _("It is put away. Nothing is drawn until you ask for it again."))
    return _back(person)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_say(request: HttpRequest, person: Person) -> HttpResponse:
    """Words of my own in a month."""
    month, key = _month(request)
    form = ArcWordsForm(request.POST)
    given: dict[str, Any] = {"person": person, "month": month, "strand": _strand(request)}
    if form.carried_out(
        lambda: operations.say_in_arc(by=request.viewer, words=form.cleaned_data["words"], **given)
    ):
        messages.success(request, _("Your words stand in that month."))
        return _back(person, key)
    return _shown(request, person, key, form)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_leave_out(request: HttpRequest, person: Person) -> HttpResponse:
    """Leave one thing out of the picture. What was written down stays where it was."""
    month, key = _month(request)
    try:
        what = UUID(request.POST.get("what", ""))
    except ValueError as nothing:
        raise Http404 from nothing
    operations.leave_out_of_arc(
        by=request.viewer, person=person, month=month, strand=_strand(request), what=what
    )
    messages.success(request, _("It is left out of the picture. What was written down is still there."))
    return _back(person, key)


@require_POST
@guarded(policies.check_is_own_to_draw, find=person_to_open)
def arc_take_back(request: HttpRequest, person: Person) -> HttpResponse:
    """Take my words out again, or put back what I left out."""
    line = arcs.arc_line_of(viewer=request.viewer, person=person, key=request.POST.get("line", ""))
    if line is None:
        raise Http404
    operations.drop_arc_line(by=request.viewer, line=line)
    messages.success(request, _("Done."))
    return _back(person, f"{line.month:%Y-%m}")


def _month(request: HttpRequest) -> tuple[dt.date, str]:
    key = request.POST.get("month", "")
    month = arcs.month_of(key)
    if month is None:
        raise Http404
    return month, key


def _strand(request: HttpRequest) -> str:
    return arcs.AROUND if request.POST.get("strand") == arcs.AROUND else arcs.MINE
