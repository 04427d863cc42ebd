"""A worker's own days: full, away. And the lead's page: what can be mended, and nobody compared with anybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.consent.emergencies.queries import to_do
from alongside.kernel.policy import guarded, signed_in
from alongside.walks import operations, policies, queries
from alongside.walks.forms import walk as forms
from alongside.walks.models import Away, SaidFull
from alongside.walks.views.one import READ_OR_SEND, sent


@require_GET
@signed_in(policies.check_works_along)
def my_days(request: HttpRequest) -> HttpResponse:
    """Am I full, when am I away: mine to say, in one tap."""
    viewer = request.viewer
    context = {
        "full": queries.said_full(viewer=viewer), "away": queries.days_away(viewer=viewer, worker=viewer),
        "may_say_full": policies.check_can_say_full.allows(viewer), "leads": policies.check_leads.allows(viewer),
    }  # fmt: skip
    return render(request, "walks/my_days.html", context)


@require_POST
@signed_in(policies.check_can_say_full)
def full(request: HttpRequest) -> HttpResponse:
    """I'm full: one tap."""
    operations.say_full(by=request.viewer, words=request.POST.get("words", "")[: forms.MOST_WORDS])
    messages.success(request, _("Heard. Nobody new is named to you, and the place answers for it."))
    return redirect("my_days")


@require_POST
@signed_in(policies.check_can_say_full)
def have_room(request: HttpRequest) -> HttpResponse:
    """I have room again: one tap."""
    operations.have_room(by=request.viewer)
    messages.success(
        request, _("Good. You have room for one more. Say another number under “My room”, if you like.")
    )
    return redirect("my_days")


@READ_OR_SEND
@signed_in(policies.check_works_along)
def say_away(request: HttpRequest) -> HttpResponse:
    """Days on which I am not there; a lead says it for somebody who is ill."""
    viewer = request.viewer
    form = forms.AwayForm(sent(request), people=queries.workers(viewer=viewer), me=viewer)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        operations.say_away(
            by=viewer,
            worker=form.worker,
            from_day=said["from_day"],
            to_day=said["to_day"] or said["from_day"],
        )
        messages.success(request, _("Kept. Whoever covers is there on those days."))
        return redirect("my_days" if form.worker == viewer else "lead")
    return render(request, "walks/away.html", {"form": form})


@require_POST
@guarded(policies.check_can_take_back_away, find=queries.away_to_take_back)
def here_after_all(request: HttpRequest, away: Away) -> HttpResponse:
    """They are here after all."""
    operations.not_away(by=request.viewer, away=away)
    messages.success(request, _("Kept."))
    return redirect("my_days" if away.worker == request.viewer else "lead")


@require_GET
@signed_in(policies.check_leads)
def lead(request: HttpRequest) -> HttpResponse:
    """Who is full, which walks nobody covers, who waits: each for somebody to mend."""
    now = queries.in_the_way(viewer=request.viewer)
    return render(request, "walks/lead.html", {"now": now, "openings": to_do(viewer=request.viewer)})


@READ_OR_SEND
@guarded(policies.check_can_answer_full, find=queries.full_to_answer)
def answer_full(request: HttpRequest, full: SaidFull) -> HttpResponse:
    """What the place does about it, in words."""
    form = forms.WordsForm(
        sent(request), needed=True, initial={"words": full.answer}, label=_("What is done about it?"),
        hint=_("Or why nothing can be, yet. They read it."),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        operations.answer_full(by=request.viewer, full=full, words=form.cleaned_data["words"])
        messages.success(request, _("Kept, and they can read it now."))
        return redirect("lead")
    return render(request, "walks/answer_full.html", {"form": form, "full": full})
