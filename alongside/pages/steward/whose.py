"""Who did they look at: a steward asks about one who works here, with a reason, and is answered without names."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.audit.models import Question
from alongside.consent.asked import operations, queries
from alongside.consent.asked.policies import (
    ANSWERED_FOR,
    OneLook,
    check_can_ask_whose_pages,
    check_can_be_told_name,
    check_can_read_answer,
)
from alongside.consent.asked.queries import Opened
from alongside.design.days import local_date
from alongside.design.fields import day
from alongside.kernel.policy import Denied, guarded, signed_in
from alongside.people.door import who_serves
from alongside.people.forms import OwnForm, posted
from alongside.people.models import Person
from alongside.people.policies import check_can_look_after_place
from alongside.people.queries import person_to_look_after

A_PAGE = 40

# What a steward reads for the name a page goes by in the audit.
THEIRS = {
    "person": gettext_lazy("their page"),
    "story": gettext_lazy("their story"),
    "circle": gettext_lazy("their circle"),
    "moments": gettext_lazy("what happened"),
    "walk": gettext_lazy("who walks with them"),
    "plan": gettext_lazy("their plan"),
    "upload": gettext_lazy("a photo, drawing or voice note"),
    "one_page": gettext_lazy("one page about them"),
    "brief": gettext_lazy("what to know before a visit"),
    "taken along offline": gettext_lazy("what to know before a visit, taken along for a day without signal"),
    "say_so": gettext_lazy("who may read their page"),
    "reach": gettext_lazy("how to reach them"),
    "arc": gettext_lazy("their arc"),
    "life map": gettext_lazy("the map of their life"),
    "exact search": gettext_lazy("their name, in the search"),
    "emergency": gettext_lazy("how to reach them, in an emergency"),
    operations.ASKED: gettext_lazy("the question whose pages they opened"),
    queries.READ: gettext_lazy("the list of pages they opened"),
    operations.TOLD_NAME: gettext_lazy("their name, told after a question"),
}


class WhyField(forms.CharField):
    """The reason, in words: the one it is about reads it."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            max_length=300,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": gettext_lazy("Say in a few words why you ask. They read it.")},
        )


class AskForm(OwnForm):
    """Why, and about which days."""

    why = WhyField(gettext_lazy("Why do you ask?"))
    from_day = day(gettext_lazy("From"), help_text=gettext_lazy("Leave it empty for the last four weeks."))
    to_day = day(gettext_lazy("Until"), help_text=gettext_lazy("Leave it empty for today."))


class NameForm(OwnForm):
    """Why a name is needed."""

    why = WhyField(gettext_lazy("Why do you need the name?"))


@dataclass(frozen=True)
class Line:
    """One page that was opened, in words."""

    opened: Opened
    page: Any


@signed_in(check_can_look_after_place)
def whose_pages(request: HttpRequest) -> HttpResponse:
    """Choose somebody who works here."""
    words = request.GET.get("q", "").strip()
    context = {"words": words, "people": who_serves(words, 40)}
    return render(request, "pages/steward/whose_pages.html", context)


@guarded(check_can_ask_whose_pages, find=person_to_look_after)
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    """Say why, and ask."""
    form, asked = AskForm(posted(request)), list[Question]()
    if form.is_bound and form.carried_out(
        _told_as_slip(
            lambda: asked.append(
                operations.ask_whose_pages(by=request.viewer, person=person, **form.cleaned_data)
            )
        )
    ):
        return redirect("steward_opened", question=asked[0].pk)
    return render(request, "pages/steward/ask_whose_pages.html", {"form": form, "person": person})


def _told_as_slip(operation: Callable[[], Any]) -> Callable[[], Any]:
    """A refusal is told above the form, so that nothing somebody typed is lost."""

    def run() -> Any:
        try:
            return operation()
        except Denied as no:
            raise ValidationError(no.sentence) from no

    return run


@guarded(check_can_read_answer, find=queries.find_question)
def opened(request: HttpRequest, question: Question) -> HttpResponse:
    """The answer, day by day, the latest first: a look at the one it is about."""
    found = queries.opened(viewer=request.viewer, question=question)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "question": question,
        "person": queries.asked_about(question),
        "days": _by_day(page),
        "page": page,
        "last": local_date(question.to_at - dt.timedelta(seconds=1)),
        "until": question.look.at + ANSWERED_FOR,
    }
    return render(request, "pages/steward/opened.html", context)


def _by_day(found: Iterable[Opened]) -> list[tuple[dt.date, list[Line]]]:
    lines = [Line(each, THEIRS.get(each.page, each.page)) for each in found]
    return [(when, list(those)) for when, those in groupby(lines, lambda line: local_date(line.opened.at))]


@guarded(check_can_be_told_name, find=queries.one_opened)
def tell_name(request: HttpRequest, found: OneLook) -> HttpResponse:
    """Be told one name, with a reason, which that person reads."""
    question, line = found
    form = NameForm(posted(request))
    if form.is_bound and form.carried_out(
        _told_as_slip(
            lambda: operations.tell_name(
                by=request.viewer, question=question, look_id=line.key, **form.cleaned_data
            )
        )
    ):
        messages.success(request, _("You were told, and they read on their own page that you were, and why."))
        return redirect("steward_opened", question=question.pk)
    context = {
        "form": form,
        "question": question,
        "line": Line(line, THEIRS.get(line.page, line.page)),
        "person": queries.asked_about(question),
    }
    return render(request, "pages/steward/tell_name.html", context)
