"""Somebody else may walk with them: meetings of three and the person's own choice. And repair, and straight words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.consent.lanes import queries as lanes
from alongside.consent.models import Duty
from alongside.kernel.policy import Denied, guarded
from alongside.walks import operations, policies, queries
from alongside.walks.forms import walk as forms
from alongside.walks.models import Challenge, Handover, Repair, Walk
from alongside.walks.views.along import says
from alongside.walks.views.around import page
from alongside.walks.views.one import READ_OR_SEND, asked, done, page_of, sent


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def hand_over(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Begin to talk about somebody else. Nothing changes by it."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    but_not = [one.pk for one in told.people] + ([told.walker.who.pk] if told.walker else [])
    people = queries.who_could_walk(viewer=request.viewer, but_not=but_not)
    form = forms.WhoForm(sent(request), people=people, asks=_("Who might walk with them next?")
                         if told.mine is None else _("Who might walk with you next?"),
                         label=_("Why?"))  # fmt: skip

    def propose() -> None:
        chosen = form.chosen
        if chosen is not None:
            operations.propose_handover(
                by=request.viewer, walk=walk, to=chosen, why=form.cleaned_data["words"]
            )

    return asked(
        request, walk, form, propose, _("Kept. Meet as three now, and then choose."), button=_("Talk about it"),
        heading=_("Somebody else might walk along"),
        lead=_("Nothing changes yet. The three of you meet first, and it is chosen by the one whose walk it is."),
    )  # fmt: skip


@require_GET
@guarded(policies.check_can_read_handover, find=queries.handover_to_open)
def handover(request: HttpRequest, handover: Handover) -> HttpResponse:
    """What is talked through: who comes, where the three met, and the choice."""
    told = queries.told_handover(viewer=request.viewer, handover=handover)
    may = policies.check_can_hand_over.allows(request.viewer, handover)
    return page_of(request, "handover", handover.walk, read=True, handover=told, may_change=may)


@READ_OR_SEND
@guarded(policies.check_can_hand_over, find=queries.handover_to_open)
def met(request: HttpRequest, handover: Handover) -> HttpResponse:
    """The three met."""
    form = forms.MetForm(sent(request), label=_("How was it?"))
    return asked(
        request, handover.walk, form,
        lambda: operations.meet_as_three(by=request.viewer, handover=handover, **form.cleaned_data),
        _("Kept. Meet as often as you like before you choose."), heading=_("The three of you met"),
        button=_("We met"),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_hand_over, find=queries.handover_to_open)
def choose(request: HttpRequest, handover: Handover) -> HttpResponse:
    """The person's choice, in their words; who walked before may cover from now on."""
    told = queries.told_walk(viewer=request.viewer, walk=handover.walk)
    comes = queries.told_handover(viewer=request.viewer, handover=handover).came
    but_not = [comes.pk, *(one.pk for one in told.people)]
    people = queries.who_could_walk(viewer=request.viewer, but_not=but_not)
    first = told.cover.who.pk if told.cover and told.cover.who.pk != comes.pk else handover.from_walker_id
    form = forms.ChooseForm(
        sent(request), people=people, first=first, needed=True,
        asks=_("Who is there when %(called)s is not?") % {"called": comes},
        label=_("In your own words") if told.mine else _("In their own words"),
    )  # fmt: skip

    def choose_it() -> None:
        chosen = form.chosen
        operations.choose_handover(
            by=request.viewer, handover=handover, chosen_by=says(request, handover.walk),
            words=form.cleaned_data["words"], new_cover=chosen,
            stays_as_cover=chosen is not None and chosen.pk == handover.from_walker_id,
        )  # fmt: skip

    return asked(
        request, handover.walk, form, choose_it, _("Kept. You walk on together."),
        heading=_("Choose %(called)s") % {"called": comes}, button=_("That is the choice"),
        lead=_("Only if it feels right. Nothing has to be told again: what was said stays, and is read by both."),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_hand_over, find=queries.handover_to_open)
def let_go(request: HttpRequest, handover: Handover) -> HttpResponse:
    """Not this one, or not now: everything stays as it was."""
    form = forms.WordsForm(sent(request))
    return asked(
        request, handover.walk, form,
        lambda: operations.let_go_handover(by=request.viewer, handover=handover, **form.cleaned_data),
        _("Everything stays as it was."), heading=_("Leave it as it is"), button=_("Leave it as it is"),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def straight(request: HttpRequest, walk: Walk) -> HttpResponse:
    """What may be said straight, as the two agreed it."""
    form = forms.WordsForm(sent(request), needed=True, label=_("What may be said straight?"),
                           hint=_("For example: tell me when I hide from you."))  # fmt: skip
    return asked(
        request, walk, form,
        lambda: operations.agree_challenge(
            by=request.viewer, walk=walk, person=says(request, walk), words=form.cleaned_data["words"]
        ),
        _("Agreed. It can be taken back at any time."), heading=_("What may be said straight"), button=_("Agreed"),
        lead=_("Only what was asked for, in the words it was asked in."),
    )  # fmt: skip


@require_POST
@guarded(policies.check_can_end_challenge, find=queries.straight_to_open)
def straight_end(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    """It is not agreed any more."""
    operations.end_challenge(by=request.viewer, challenge=challenge)
    return done(request, challenge.walk, _("Taken back. It is not said any more."))


@READ_OR_SEND
@guarded(policies.check_can_offer_repair, find=lanes.duty)
def offer_repair(request: HttpRequest, duty: Duty) -> HttpResponse:
    """After the law made somebody do something: offer to talk it over."""
    form = forms.WordsForm(sent(request), needed=True, label=_("Say it as you would say it to them"))
    if request.method == "POST" and form.is_valid():
        operations.offer_repair(by=request.viewer, duty=duty, words=form.cleaned_data["words"])
        messages.success(request, _("Offered. They answer when they like, or not at all."))
        return redirect("walk", person=duty.person_id)
    return page(
        request, "ask", duty.person, form=form, heading=_("Talk it over"), button=_("Offer it"),
        lead=_("Something was done because the law said so. It may have hurt. You can offer to talk about it."),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_answer_repair, find=queries.repair_to_open)
def repair(request: HttpRequest, repair: Repair) -> HttpResponse:
    """Yes, not now, or no: each as good as the others."""
    form = forms.WordsForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.answer_repair(
                by=request.viewer, repair=repair, answer=request.POST.get("do", ""),
                words=form.cleaned_data["words"],
            )  # fmt: skip
        except (ValueError, Denied) as slip:
            form.add_error(None, slip.sentence if isinstance(slip, Denied) else str(slip))
        else:
            messages.success(request, _("Kept. You can say something else later."))
            return redirect("walk", person=repair.person_id)
    return page(request, "repair", repair.person, form=form, repair=repair)
