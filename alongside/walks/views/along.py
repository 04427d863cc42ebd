"""Beside the walk itself: who covers, who walks along too, how often we meet."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.kernel.policy import guarded
from alongside.people.models import Person
from alongside.walks import operations, policies, queries
from alongside.walks.forms import walk as forms
from alongside.walks.models import Walk
from alongside.walks.views.one import READ_OR_SEND, asked, sent, whose_words


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def cover(request: HttpRequest, walk: Walk) -> HttpResponse:
    """Somebody else is there when the walker is not."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    but_not = [one.who.pk for one in (told.walker, told.cover) if one] + [one.pk for one in told.people]
    people = queries.who_could_walk(viewer=request.viewer, but_not=but_not)
    form = forms.WhoForm(sent(request), people=people, asks=_("Who is there from now on?"))

    def change() -> None:
        chosen = form.chosen
        if chosen is not None:
            operations.change_cover(
                by=request.viewer, walk=walk, cover=chosen, words=form.cleaned_data["words"],
                reads=request.POST.get("do") == "reads",
            )  # fmt: skip

    return asked(request, walk, form, change, _("Kept. They are there from now on."), doing="cover",
                 heading=_("Somebody else covers"))  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_keeps, find=queries.walk_to_open)
def join(request: HttpRequest, walk: Walk) -> HttpResponse:
    """One more of their own walks along, with their yes."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    people = queries.who_may_join(viewer=request.viewer, but_not=[one.pk for one in told.people])
    form = forms.JoinForm(sent(request), people=people)

    def join_them() -> None:
        operations.join_walk(
            by=request.viewer, walk=walk, person=form.people[form.cleaned_data["who"]],
            words=form.cleaned_data["words"],
        )  # fmt: skip

    lead = (
        _("Only those whose page is open to you stand here. Each keeps a page of their own.")
        if people else _("Nobody else’s page is open to you. Offer them a walk of their own, or meet them first.")
    )  # fmt: skip
    return asked(request, walk, form, join_them, _("Kept. They walk along too."), lead=lead,
                 heading=_("Somebody walks along too"), button=_("They walk along too"))  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def leave(request: HttpRequest, walk: Walk) -> HttpResponse:
    """One of several goes on without."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    others = [] if told.mine else [Person(pk=one.pk, name=str(one)) for one in told.people]
    form: forms.WordsForm = forms.JoinForm(sent(request), people=others) if others else (
        forms.WordsForm(sent(request))
    )  # fmt: skip

    def leave_it() -> None:
        key = form.cleaned_data.get("who") or told.mine
        operations.leave_walk(
            by=request.viewer, walk=walk, person=Person(pk=key), words=form.cleaned_data["words"]
        )

    return asked(
        request, walk, form, leave_it, _("Kept. Whoever walks with the others does not read your page for it any more.")
        if told.mine else _("Kept."), heading=_("Go on without"), button=_("Go on without"),
        lead=_("The walk stays with the others. Coming along again is only a word."),
    )  # fmt: skip


@READ_OR_SEND
@guarded(policies.check_can_keep, find=queries.walk_to_open)
def usual(request: HttpRequest, walk: Walk) -> HttpResponse:
    """How often we meet."""
    first = {"words": walk.usual_words, "days": walk.usual_days}
    form = forms.UsualForm(sent(request), initial=first)
    return asked(
        request, walk, form, lambda: operations.say_usual(by=request.viewer, walk=walk, **form.cleaned_data),
        _("Kept. It can be said another way at any time."), heading=_("How often we meet"), button=_("Keep this"),
    )  # fmt: skip


def says(request: HttpRequest, walk: Walk) -> Person:
    """Whose words stand in a form about a walk. There is always one: a walk is somebody's."""
    return whose_words(request, walk) or request.viewer
