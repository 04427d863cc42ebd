"""A person's moments: read them, answer one, say one again, say whom it is for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from alongside.consent.looks import looked
from alongside.consent.policies import check_can_open_page, selves
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded, signed_in
from alongside.people.models import Person
from alongside.walks import operations, policies, queries
from alongside.walks.forms.moments import AnswerForm, AudienceForm, FindForm, SayAgainForm, WritingForm
from alongside.walks.models import Moment
from alongside.walks.views.around import page
from alongside.walks.views.record import READ_OR_SEND, chosen
from alongside.walks.views.words_kept import mark_of, words_kept


@require_GET
@guarded(check_can_open_page, find=person_to_open)
def moments(request: HttpRequest, person: Person) -> HttpResponse:
    """What happened, newest first, a page at a time."""
    voices = queries.voices(viewer=request.viewer, person=person)
    form = FindForm(request.GET, voices=voices)
    asked = form.asked()
    found = queries.timeline(
        viewer=request.viewer, person=person, cursor=request.GET.get("after", ""), asked=asked
    )
    look = looked(request.viewer, person, page="moments", parts=[told.pk for told in found.moments])
    return page(
        request, "moments", person, "moments", timeline=found, form=form, asked=asked, look=look,
        first=not request.GET.get("after") or found.lost, earlier=_earlier(request, found.earlier),
    )  # fmt: skip


def _earlier(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    asked = request.GET.copy()
    asked["after"] = cursor
    return f"?{asked.urlencode()}"


def _one(request: HttpRequest, moment: Moment, template: str = "one_moment", **more: Any) -> HttpResponse:
    """A page about one moment, told; the look is written."""
    person: Person = moment.on_page_of  # type: ignore[attr-defined]
    look = looked(request.viewer, person, page="moments", parts=[moment.pk])
    told = queries.one(viewer=request.viewer, moment=moment)
    return page(request, template, person, told=told, look=look, alone=True, **_may(request, moment), **more)


def _may(request: HttpRequest, moment: Moment) -> dict[str, Any]:
    viewer = request.viewer
    return {
        "may_answer": policies.check_can_answer_moment.allows(viewer, moment),
        "may_say_again": policies.check_can_say_moment_again.allows(viewer, moment),
        "may_choose": policies.check_can_set_moment_audience.allows(viewer, moment),
    }


@require_GET
@guarded(policies.check_can_read_moment, find=queries.moment_to_open)
def moment(request: HttpRequest, moment: Moment) -> HttpResponse:
    """One moment by itself, with what was said before and after."""
    return _one(request, moment)


@words_kept
@READ_OR_SEND
@guarded(policies.check_can_answer_moment, find=queries.moment_to_open)
def answer(request: HttpRequest, moment: Moment) -> HttpResponse:
    """A few words beneath a moment. Nothing above them changes."""
    person: Person = moment.on_page_of  # type: ignore[attr-defined]
    begun = queries.drafts_on(viewer=request.viewer, person=person, about=moment)
    form = AnswerForm(
        request.POST or None, question=_("What do you say to it?"), person=moment.person,
        own=not _writes_for(request.viewer, moment.person),
        draft_url=reverse("moment_answer_draft", args=[person.pk, moment.pk]), draft=chosen(begun, request),
        initial={"follows": queries.one(viewer=request.viewer, moment=moment).said, "said_by": "me"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _answered(request, moment, form):
        messages.success(request, _("Your answer stands beneath it."))
        return redirect("moment", person=person.pk, moment=moment.pk)
    mark = mark_of(request.viewer, person, moment)
    return _one(request, moment, "moment_answer", form=form, mark=mark, about=moment)


def _writes_for(viewer: Person, person: Person) -> bool:
    own = person.pk in selves(viewer)
    return not own and policies.check_can_record.allows(viewer, person)


def _answered(request: HttpRequest, moment: Moment, form: AnswerForm) -> bool:
    said_by = moment.person if form.cleaned_data.get("said_by") == "them" else request.viewer
    return _said(
        form, operations.answer_moment, by=request.viewer, moment=moment, said_by=said_by,
    )  # fmt: skip


def _said(form: WritingForm, operation: Any, **given: Any) -> bool:
    """Say it; a slip is shown beside the words, and nothing is lost."""
    cleaned = form.cleaned_data
    try:
        operation(words=cleaned["words"], follows=cleaned["follows"], client_id=cleaned["client_id"], **given)
    except ValueError as slip:
        form.add_error("words", str(slip))
        return False
    return True


@words_kept
@READ_OR_SEND
@guarded(policies.check_can_say_moment_again, find=queries.moment_to_open)
def say_again(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The same, said another way; what was said before stays."""
    person: Person = moment.on_page_of  # type: ignore[attr-defined]
    told = queries.one(viewer=request.viewer, moment=moment)
    form = SayAgainForm(
        request.POST or None, question=_("How would you say it now?"),
        draft_url=reverse("moment_answer_draft", args=[person.pk, moment.pk]),
        initial={"words": told.latest.words, "follows": told.said},
    )  # fmt: skip
    sent = request.method == "POST" and form.is_valid()
    if sent and _said(form, operations.say_moment_again, by=request.viewer, moment=moment):
        messages.success(request, _("Kept. What was said before is still there."))
        return redirect("moment", person=person.pk, moment=moment.pk)
    mark = mark_of(request.viewer, person, moment)
    return _one(request, moment, "moment_say_again", form=form, mark=mark, about=moment)


@READ_OR_SEND
@guarded(policies.check_can_set_moment_audience, find=queries.moment_to_open)
def audience(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Who a moment is for: the person says."""
    form = AudienceForm(request.POST or None, initial={"audience": moment.audience})
    if request.method == "POST" and form.is_valid():
        operations.set_moment_audience(
            by=request.viewer, moment=moment, audience=form.cleaned_data["audience"]
        )
        messages.success(request, _("That is who it is for, from now on."))
        return redirect("moment", person=moment.on_page_of.pk, moment=moment.pk)  # type: ignore[attr-defined]
    return _one(request, moment, "moment_audience", form=form)


@require_GET
@signed_in(policies.check_writes_moments)
def time_writing(request: HttpRequest) -> HttpResponse:
    """How long my own writing takes, month by month. Nobody else's page, and no target."""
    return render(request, "walks/time_writing.html", {"months": queries.time_writing(viewer=request.viewer)})
