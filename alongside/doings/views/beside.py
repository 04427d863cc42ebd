"""Beside the plan: quick things, promises, duties told, and the calendar."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.consent.lanes import policies as lane_policies
from alongside.consent.lanes import queries as lanes
from alongside.consent.looks import looked
from alongside.consent.models import Duty
from alongside.consent.policies import check_can_open_page
from alongside.consent.queries import person_to_open
from alongside.doings import calendar, forms, operations, policies, queries
from alongside.doings.models import Promise, QuickThing
from alongside.doings.views.around import back_to, done_or_said, page, page_of, people_to_choose
from alongside.kernel import clock
from alongside.kernel.acting import acting_as
from alongside.kernel.policy import guarded, open_to_all, signed_in
from alongside.people.models import Person

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def quick_things(request: HttpRequest, person: Person) -> HttpResponse:
    """What is to be done in days."""
    things = queries.quick_things_of(viewer=request.viewer, person=person)
    looked(request.viewer, person, page="plan", parts=[told.pk for told in things])
    return page(
        request, "quick_things", person, "quick_things", form=forms.QuickForm(),
        things=[told for told in things if not told.is_over], over=[told for told in things if told.is_over],
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_plan, find=person_to_open)
def quick_thing_add(request: HttpRequest, person: Person) -> HttpResponse:
    """One more."""
    form = forms.QuickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.add_quick_thing(by=request.viewer, person=person, words=form.cleaned_data["words"])
        messages.success(request, _("It is on the list."))
        return redirect("quick_things", person=person.pk)
    return page(request, "ask", person, form=form, heading=_("A quick thing"), button=_("Put it on the list"))


def _off_the_list(request: HttpRequest, do: Callable[..., object], thing: QuickThing, sentence: str) -> None:
    try:
        do(by=request.viewer, thing=thing)
    except ValueError as already:
        messages.warning(request, str(already))
    else:
        messages.success(request, sentence)


@require_POST
@guarded(policies.check_can_settle, find=queries.quick_thing_to_open)
def quick_thing_done(request: HttpRequest, thing: QuickThing) -> HttpResponse:
    """It is done."""
    _off_the_list(request, operations.quick_thing_done, thing, _("Done."))
    return redirect(back_to(thing, request.viewer))


@require_POST
@guarded(policies.check_can_settle, find=queries.quick_thing_to_open)
def quick_thing_let_go(request: HttpRequest, thing: QuickThing) -> HttpResponse:
    """It is let go."""
    _off_the_list(request, operations.quick_thing_let_go, thing, _("Let go."))
    return redirect(back_to(thing, request.viewer))


@READ_OR_SEND
@guarded(policies.check_can_plan, find=person_to_open)
def promise_add(request: HttpRequest, person: Person) -> HttpResponse:
    """A promise, and whose it is."""
    own = person.pk in policies.selves(request.viewer)
    # What a person promised, on paper or in words, is typed in for them: then it is theirs, and not the typist's.
    theirs = [] if own else [(str(person.pk), person.called)]
    form = forms.PromiseForm(
        request.POST or None, initial={"day": clock.today() + forms.IN_A_WEEK}, own=own,
        people=[*people_to_choose(request, person), *theirs],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        operations.promise(by=request.viewer, person=person, **form.said())
        messages.success(request, _("Kept, with its day."))
        return redirect("plan", person=person.pk)
    return page(request, "ask", person, form=form, heading=_("A promise"), button=_("Keep this promise"))


@require_GET
@signed_in()
def my_promises(request: HttpRequest) -> HttpResponse:
    """What I promised, what I said I would do, and where I was asked to belong."""
    return render(
        request,
        "doings/my_promises.html",
        {
            "promises": queries.promises_i_made(viewer=request.viewer),
            "doings": queries.doings_i_own(viewer=request.viewer),
        },
    )


@READ_OR_SEND
@guarded(policies.check_can_settle, find=queries.promise_to_open)
def promise(request: HttpRequest, promise: Promise) -> HttpResponse:
    """One promise; and what became of it, in words."""
    form = forms.SettleForm(request.POST or None, initial={"state": Promise.State.KEPT})
    if request.method == "POST" and form.is_valid():
        do = partial(operations.promise_settled, by=request.viewer, promise=promise, **form.cleaned_data)
        if done_or_said(form, "words", do):
            messages.success(request, _("Kept, as you said it."))
            return redirect("promise", promise=promise.pk)
    return page_of(request, "promise", promise, told=queries.told_promise(viewer=request.viewer, promise=promise),
                   form=form)  # fmt: skip


@require_GET
@guarded(lane_policies.check_can_read_duty, find=lanes.duty)
def duty(request: HttpRequest, duty: Duty) -> HttpResponse:
    """What the law makes somebody do, on one large sheet: why, who, how to ask, and what would make it stop."""
    return page_of(
        request, "duty", duty, duty=duty, doings=queries.resting_on(viewer=request.viewer, on=duty),
        may_question=lane_policies.check_can_question_duty.allows(request.viewer, duty) and not duty.ended_at,
        may_tell=lane_policies.check_can_tell_of_duty.allows(request.viewer, duty) and not duty.told_at,
        may_end=lane_policies.check_can_end_duty.allows(request.viewer, duty) and not duty.ended_at,
    )  # fmt: skip


def _say_of(request: HttpRequest, duty: Duty, form: Form, *, heading: str, button: str) -> HttpResponse:
    return page_of(request, "say_of_duty", duty, duty=duty, form=form, heading=heading, button=button)


@READ_OR_SEND
@guarded(lane_policies.check_can_question_duty, find=lanes.duty)
def duty_question(request: HttpRequest, duty: Duty) -> HttpResponse:
    """Ask about it, or object. It goes to a human, by name (I11)."""
    form = forms.QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        whom = operations.question_duty(by=request.viewer, duty=duty, words=form.cleaned_data["words"])
        said = _("%(called)s has your words and answers you. They stand beside the duty too.")
        messages.success(request, said % {"called": whom.called})
        return redirect("duty", duty=duty.pk)
    return _say_of(request, duty, form, heading=_("Ask about it"), button=_("Ask"))


@READ_OR_SEND
@guarded(lane_policies.check_can_tell_of_duty, find=lanes.duty)
def duty_told(request: HttpRequest, duty: Duty) -> HttpResponse:
    """They were told."""
    form = forms.ToldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.told_of_duty(by=request.viewer, duty=duty, **form.cleaned_data)
        messages.success(request, _("Kept: they were told today."))
        return redirect("duty", duty=duty.pk)
    return _say_of(request, duty, form, heading=_("They were told face to face"), button=_("They were told"))


@READ_OR_SEND
@guarded(lane_policies.check_can_end_duty, find=lanes.duty)
def duty_end(request: HttpRequest, duty: Duty) -> HttpResponse:
    """It ends, and it is said why."""
    form = forms.HowForm(request.POST or None)
    form.fields["words"].label = _("Why does it end?")
    if request.method == "POST" and form.is_valid():
        operations.end_duty(by=request.viewer, duty=duty, words=form.cleaned_data["words"])
        messages.success(request, _("It has ended, and so has what it made anybody do."))
        return redirect("duty", duty=duty.pk)
    return _say_of(request, duty, form, heading=_("It comes to an end"), button=_("It ends"))


@READ_OR_SEND
@signed_in()
def my_calendar(request: HttpRequest) -> HttpResponse:
    """A secret address for my own days: make one, copy it, end it. It is shown once."""
    form, address = forms.CalendarForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        _feed, token = operations.make_calendar(by=request.viewer, plain=not form.cleaned_data["words"])
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    feed = queries.calendar_of(viewer=request.viewer)
    return render(request, "doings/my_calendar.html", {"form": form, "address": address, "feed": feed})


@require_POST
@signed_in()
def end_calendar(request: HttpRequest) -> HttpResponse:
    """From now on there is nothing at that address."""
    feed = queries.calendar_of(viewer=request.viewer)
    if feed is not None:
        operations.end_calendar(by=request.viewer, feed=feed)
    messages.success(request, _("That address shows nothing any more."))
    return redirect("my_calendar")


@require_GET
@open_to_all("a calendar asks with a secret address of its owner's own, who may end it")
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days of whoever made this address, as far as they may see them at this moment."""
    found = queries.whose_calendar(token)
    if found is None:
        return HttpResponseNotFound(_("There is no calendar here."), content_type="text/plain; charset=utf-8")
    person, plain = found
    with acting_as(person):
        days = queries.days_of(
            viewer=queries.whoever_acts(viewer=person), from_day=clock.today() - queries.DAYS_BACK
        )
        text = calendar.feed(days, plain=plain, now=clock.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
