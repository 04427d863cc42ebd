"""Keep a moment: whom it is about, one box for words, and a draft that is kept while they are written."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.consent.policies import selves
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded, signed_in
from alongside.people.models import Person
from alongside.walks import operations, policies, queries
from alongside.walks.forms.moments import MomentForm, WritingForm, draft_said
from alongside.walks.models import Draft, Moment
from alongside.walks.views.around import page
from alongside.walks.views.words_kept import draft_page, mark_of, words_kept

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@signed_in()
def who(request: HttpRequest) -> HttpResponse:
    """Whom a moment is about: those I walk with, one tap each."""
    people = queries.people_to_write_for(viewer=request.viewer)
    return render(request, "walks/moment_who.html", {"people": people})


@require_GET
@signed_in()
def my_say(request: HttpRequest) -> HttpResponse:
    """Say something on my own page."""
    return redirect("moment_new", person=request.viewer.pk)


@words_kept
@READ_OR_SEND
@guarded(policies.check_can_record, find=person_to_open)
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Who is known; it asks for words."""
    own = person.pk in selves(request.viewer)
    begun = queries.drafts_on(viewer=request.viewer, person=person)
    others = queries.walked_with_together(viewer=request.viewer, person=person)
    form = MomentForm(
        request.POST or None, question=_question(own, person), person=person, own=own, others=others,
        draft_url=reverse("moment_draft", args=[person.pk]), draft=chosen(begun, request),
    )  # fmt: skip
    if request.method == "POST":
        if "later" in request.POST:
            return _later(request, person)
        if form.is_valid() and (kept := _keep(request, person, form)):
            messages.success(request, _("Kept, just as it was said."))
            return _at_moment(person, kept)
    return _writing(request, person, form, begun)


def _question(own: bool, person: Person) -> str:
    return (
        _("What would you like to say?") if own else _("What happened with %(called)s?") % {"called": person}
    )


def chosen(begun: list[Draft], request: HttpRequest) -> Draft | None:
    """The draft that was asked for, or the newest."""
    asked = request.GET.get("draft")
    return next((draft for draft in begun if str(draft.pk) == asked), begun[0] if begun else None)


def _writing(request: HttpRequest, person: Person, form: WritingForm, begun: list[Draft]) -> HttpResponse:
    now = str(form["client_id"].value())
    others = [draft for draft in begun if str(draft.client_id) != now]
    mark = mark_of(request.viewer, person)
    return page(request, "moment_new", person, form=form, mark=mark, begun=others)


def _keep(request: HttpRequest, person: Person, form: MomentForm) -> Moment | None:
    them = form.cleaned_data.get("there_too", [])
    said = form.said()
    who = person if said["kind"] == Moment.Kind.SAID else request.viewer
    with_ = queries.people_named(viewer=request.viewer, person=person, keys=them)
    try:
        return operations.record_moment(by=request.viewer, person=person, who=who, with_=with_, **said)
    except operations.OtherWords as other:
        _as_new(form)
        form.add_error("words", str(other))
    except ValueError as slip:
        form.add_error("words", str(slip))
    return None


def _as_new(form: WritingForm) -> None:
    """The same words under a name of their own, for the next time the form is sent."""
    sent: Any = form.data.copy()  # type: ignore[attr-defined]
    sent["client_id"] = str(uuid4())
    form.data = sent


def _later(request: HttpRequest, person: Person) -> HttpResponse:
    operations.keep_draft(by=request.viewer, person=person, **draft_said(request.POST))
    messages.success(request, _("Kept for later. Only you see it, and it is no moment yet."))
    return redirect("moments", person=person.pk)


def _at_moment(person: Person, moment: Moment) -> HttpResponse:
    to = redirect("moments", person=person.pk)
    to["Location"] += f"#moment-{moment.pk}"
    return to


def _draft_kept(request: HttpRequest, person: Person, about: Moment | None = None) -> HttpResponse:
    said = draft_said(request.POST)
    draft = None
    if said["words"].strip() and not queries.is_said(viewer=request.viewer, client_id=said["client_id"]):
        draft = operations.keep_draft(by=request.viewer, person=person, about=about, **said)
    return render(request, "walks/kept.html", {"draft": draft})


@draft_page
@require_POST
@guarded(policies.check_can_record, find=person_to_open)
def draft(request: HttpRequest, person: Person) -> HttpResponse:
    """Keep what is being written, while it is being written."""
    return _draft_kept(request, person)


@draft_page
@require_POST
@guarded(policies.check_can_answer_moment, find=queries.moment_to_open)
def answer_draft(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The same for an answer."""
    return _draft_kept(request, moment.on_page_of, moment)  # type: ignore[attr-defined]


@require_POST
@guarded(policies.check_is_author, find=queries.draft_to_drop)
def drop_draft(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Let go of words that were not said."""
    person: UUID = draft.person_id
    operations.drop_draft(by=request.viewer, draft=draft)
    messages.success(request, _("Let go. Nobody else ever saw it."))
    return redirect("moments", person=person)
