"""A plan in four lanes, and one thing on it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from alongside.consent.lanes import queries as lanes
from alongside.consent.looks import looked
from alongside.consent.policies import check_can_open_page
from alongside.consent.queries import person_to_open
from alongside.doings import forms, operations, policies, queries
from alongside.doings.models import Doing, DoingStep, Lane
from alongside.doings.views.around import back_to, done_or_said, page, page_of, people_to_choose
from alongside.kernel.policy import guarded
from alongside.people.models import Person

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


def _plan(request: HttpRequest, person: Person) -> dict[str, Any]:
    """What stands on a plan for the one who reads: duties before anything else, then the lanes, the widest first."""
    plan = queries.plan_of(viewer=request.viewer, person=person)
    own = person.pk in policies.selves(request.viewer)
    duties = list(lanes.duties_of(viewer=request.viewer, person=person))
    looked(request.viewer, person, page="plan", parts=[told.pk for lane in plan.values() for told in lane])
    return {
        "duties": [duty for duty in duties if duty.ended_at is None],
        "past_duties": [duty for duty in duties if duty.ended_at is not None],
        "lanes": [
            (lane, empty_lane(lane, own=own, called=person.called), plan[lane]) for lane in Lane.values
        ],
        "promises": queries.promises_of(viewer=request.viewer, person=person),
        "quick": [
            each for each in queries.quick_things_of(viewer=request.viewer, person=person) if not each.is_over
        ],
    }


def empty_lane(lane: str, *, own: bool, called: str) -> str:
    """What an empty lane says: never that something is missing."""
    if lane == Lane.TO:
        return (
            _("Nothing is done to you.") if own else _("Nothing is done to %(called)s.") % {"called": called}
        )
    return _("Nothing here now.")


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def plan(request: HttpRequest, person: Person) -> HttpResponse:
    """A plan: who is coming, what the law makes somebody do, the four lanes, promises."""
    return page(request, "plan", person, "plan", **_plan(request, person))


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def plan_on_paper(request: HttpRequest, person: Person) -> HttpResponse:
    """The plan on one sheet, with room to talk it through and fill it in by hand (I33)."""
    told = _plan(request, person)
    told["lanes"] = [
        (lane, nothing, [one for one in things if not one.is_over]) for lane, nothing, things in told["lanes"]
    ]
    return page(request, "plan_on_paper", person, "plan", room=range(2), **told)


@READ_OR_SEND
@guarded(policies.check_can_plan, find=person_to_open)
def add(request: HttpRequest, person: Person) -> HttpResponse:
    """One box; then by whom, in three plain sentences."""
    own = person.pk in policies.selves(request.viewer)
    form = forms.AddForm(
        request.POST or None, initial={"lane": request.GET.get("lane", Lane.BY), "audience": "walkers"}, own=own,
        called=person.called, people=people_to_choose(request, person),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        do = operations.wish if form.cleaned_data["wish"] else operations.begin
        if done_or_said(form, "who_words", lambda: do(by=request.viewer, person=person, **form.said())):
            messages.success(request, _("It is on the plan."))
            return redirect("plan", person=person.pk)
    return page(request, "add", person, form=form)


@require_GET
@guarded(policies.check_can_read_doing, find=queries.doing_to_open)
def doing(request: HttpRequest, doing: Doing) -> HttpResponse:
    """One thing on a plan, with everything that became of it."""
    told = queries.told(viewer=request.viewer, doing=doing)
    return page_of(
        request, "doing", doing, told=told,
        may_change=policies.check_can_change_doing.allows(request.viewer, doing) and not told.is_over,
        may_finish=policies.check_can_finish_doing.allows(request.viewer, doing) and not told.is_over,
        may_take_back=policies.check_has_a_yes.allows(request.viewer, doing) and not told.is_over,
    )  # fmt: skip


def _ask(
    request: HttpRequest, doing: Doing, form: Form, *, heading: str, button: str, quiet: str = ""
) -> HttpResponse:
    told = queries.told(viewer=request.viewer, doing=doing)
    return page_of(
        request, "say_of", doing, form=form, told=told, heading=heading, button=button, quiet=quiet
    )


def _done(request: HttpRequest, doing: Doing, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("doing", doing=doing.pk)


@READ_OR_SEND
@guarded(policies.check_can_change_doing, find=queries.doing_to_open)
def reword(request: HttpRequest, doing: Doing) -> HttpResponse:
    """The same, said another way; where somebody else did so meanwhile, both stand (I16)."""
    told = queries.told(viewer=request.viewer, doing=doing)
    form = forms.RewordForm(request.POST or None, initial={"words": told.words, "after": told.latest})
    if request.method == "POST" and form.is_valid():
        step = operations.reword(by=request.viewer, doing=doing, **form.cleaned_data)
        beside = doing.steps.filter(number__gt=step.follows, what=DoingStep.What.REWORDED).exclude(pk=step.pk)
        if not beside.exists():
            return _done(request, doing, _("Kept. What was said before is still there."))
        both = _(
            "Somebody else said it another way while you were writing. Both are kept, one beneath the other."
        )
        messages.warning(request, both)
        return redirect("doing", doing=doing.pk)
    return _ask(request, doing, form, heading=_("Say it another way"), button=_("Keep these words"))


@READ_OR_SEND
@guarded(policies.check_can_finish_doing, find=queries.doing_to_open)
def done(request: HttpRequest, doing: Doing) -> HttpResponse:
    """It is done."""
    form = forms.SaidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if done_or_said(
            form, "words", lambda: operations.finish(by=request.viewer, doing=doing, words=words)
        ):
            return _done(request, doing, _("Done. Well done."))
    return _ask(request, doing, form, heading=_("It is done"), button=_("Yes, it is done"))


@READ_OR_SEND
@guarded(policies.check_can_change_doing, find=queries.doing_to_open)
def let_go(request: HttpRequest, doing: Doing) -> HttpResponse:
    """It is let go."""
    form = forms.SaidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if done_or_said(
            form, "words", lambda: operations.let_go(by=request.viewer, doing=doing, words=words)
        ):
            return _done(request, doing, _("Let go. That is as good an end as any."))
    return _ask(request, doing, form, heading=_("Let it go"), button=_("Let it go"))


@READ_OR_SEND
@guarded(policies.check_can_finish_doing, find=queries.doing_to_open)
def how(request: HttpRequest, doing: Doing) -> HttpResponse:
    """How it is going."""
    form = forms.HowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if done_or_said(
            form, "words", lambda: operations.not_yet(by=request.viewer, doing=doing, words=words)
        ):
            return _done(request, doing, _("Kept."))
    return _ask(request, doing, form, heading=_("How it is going"), button=_("Keep these words"))


@READ_OR_SEND
@guarded(policies.check_can_change_doing, find=queries.doing_to_open)
def move(request: HttpRequest, doing: Doing) -> HttpResponse:
    """Another lane, with what that lane asks: who helps, or the person's decision."""
    person = queries.person_of(viewer=request.viewer, thing=doing)
    own = policies.is_own(request.viewer, doing)
    form = forms.MoveForm(
        request.POST or None, initial={"lane": doing.lane}, own=own, called=person.called if person else "",
        people=people_to_choose(request, person) if person else [],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        lane, words = form.cleaned_data["lane"], form.cleaned_data["words"]
        given: dict[str, Any] = {"lane": lane, "who": form.said_who(lane), "words": words}
        given["decision_words"] = words if lane == Lane.FOR else ""
        do = partial(operations.move_lane, by=request.viewer, doing=doing, **given)
        if done_or_said(form, "who_words", do):
            return _done(request, doing, _("That is who does it now."))
    return _ask(
        request, doing, form,
        heading=_("Somebody else does it now, or helps"), button=_("That is who does it now"),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_read_doing, find=queries.doing_to_open)
def take_back(request: HttpRequest, doing: Doing) -> HttpResponse:
    """A yes taken back, at once and without a reason."""
    policies.check_has_a_yes(request.viewer, doing)
    form = forms.SaidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.withdraw(by=request.viewer, consent=doing.consent, words=form.cleaned_data["words"])
        messages.success(request, _("Your yes is taken back. It has ended."))
        return redirect(back_to(doing, request.viewer))
    return _ask(
        request, doing, form, heading=_("Take the yes back"), button=_("Take it back"),
        quiet=_("It ends at once. No reason is asked, and it costs nothing."),
    )  # fmt: skip
