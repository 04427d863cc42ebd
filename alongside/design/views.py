"""The showcase: every part of the house's look on one page, for whoever builds or checks it."""

from collections.abc import Callable
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.design.forms import EveryQuestionForm, HelloForm

View = Callable[[HttpRequest], HttpResponse]
SKINS = {"person", "work"}
WRONG = {
    "name": "",
    "email": "sam at home",
    "day_day": "31",
    "day_month": "2",
    "day_year": "2027",
    "language": "en",
    "times": ["am"],
}


def nobody_is_in_it(view: View) -> View:
    """What the kernel's `open_to_all` says; this room and the kernel do not know each other."""
    view.access = "open: the showcase has nobody in it"  # type: ignore[attr-defined]
    return view


@nobody_is_in_it
def showcase(request: HttpRequest) -> HttpResponse:
    """All parts. `?skin=work` shows them as on a worker's page."""
    skin = request.GET.get("skin", "person")
    today = timezone.localdate()
    shown = {
        "skin": f"design/{skin if skin in SKINS else 'person'}.html",
        "today": today,
        "days_ago": today - timedelta(days=3),
        "long_ago": today - timedelta(days=500),
        "soon": today + timedelta(days=2),
        "page": Paginator(range(30), 10).page(2),
        "rows": _facts(),
        "ways": [{"url": "#", "label": _("Now"), "current": True}, {"url": "#", "label": _("Before")}],
        "headings": [_("Month"), _("Around me"), _("Me and mine")],
        "table": [
            [_("May"), _("Callum, the nurse"), _("Bruno")],
            [_("June"), _("Callum"), _("The Tuesday lunch")],
        ],
        "every": EveryQuestionForm(),
    }
    return render(request, "design/showcase.html", shown)


def _facts() -> list[dict[str, str]]:
    found = {"key": _("Where to find you"), "value": _("Under the arches by ten")}
    return [{"key": _("Called"), "value": "Trace"}, {**found, "url": "#", "label": _("Change")}]


@nobody_is_in_it
def asked(request: HttpRequest) -> HttpResponse:
    """The same questions, answered badly, so that the answer to a slip can be seen."""
    return render(request, "design/showcase_form.html", {"form": EveryQuestionForm(WRONG)})


@nobody_is_in_it
def hello(request: HttpRequest) -> HttpResponse:
    """One question, whose label is the page's heading."""
    return render(request, "design/showcase_hello.html", {"form": HelloForm()})


@nobody_is_in_it
def paper(request: HttpRequest) -> HttpResponse:
    """A printed sheet."""
    return render(request, "design/showcase_paper.html", {"today": timezone.localdate(), "back_url": "../"})


@nobody_is_in_it
def refused(request: HttpRequest) -> HttpResponse:
    """A refusal, with its named human."""
    said = {
        "sentence": _("This page belongs to Trace, and she has not said that you may read it."),
        "whom": "Callum Reay",
        "how": _("He is at the Kettle until four, or ring 01632 960 014."),
    }
    return render(request, "design/error.html", said)
