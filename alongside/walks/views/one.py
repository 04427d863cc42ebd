"""What a page about one walk is told: whose it is, which walls it stands in, and where it goes back to."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.audit import recording
from alongside.consent.policies import basis_for
from alongside.kernel.policy import Denied
from alongside.people.models import Person
from alongside.walks import queries
from alongside.walks.along import ToldWalk
from alongside.walks.models import Walk
from alongside.walks.views.around import WALLS, what_we_hold_to

READ_OR_SEND = require_http_methods(["GET", "HEAD", "POST"])


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form; None where it is only shown."""
    return request.POST if request.method == "POST" else None


def page_of(
    request: HttpRequest, template: str, walk: Walk, *, read: bool = False, **more: Any
) -> HttpResponse:
    """A page about one walk, also for whoever keeps it while nothing else is open to them; `read` writes the look."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    if read:
        _looked_at(request.viewer, told)
    own, about = told.mine is not None, " · ".join(str(one) for one in told.people)
    context = {
        "told": told, "own": own, "base": WALLS[own], "called": about, "person": None,
        "back": _back_to(told, request.viewer), **what_we_hold_to(request.viewer),
    }  # fmt: skip
    return render(request, f"walks/{template}.html", context | more)


def _looked_at(viewer: Person, told: ToldWalk) -> None:
    """Write the look on each whose walk it is: that one keeps it, or is to, is why, where no Basis is (I17)."""
    for one in told.people:
        if one.pk == told.mine:
            continue
        basis = basis_for(viewer, Person(pk=one.pk))
        why, key = (basis.why, basis.pk) if basis else (_("It is about walking with you."), None)
        recording.look(by=viewer, person_id=one.pk, page="walk", why=why, basis_id=key, parts=[str(told.pk)])


def _back_to(told: ToldWalk, viewer: Person) -> str:
    open_to = told.mine or next((one.pk for one in told.people if basis_for(viewer, Person(pk=one.pk))), None)
    return reverse("walk", args=[open_to]) if open_to else reverse("one_walk", args=[told.pk])


def back_to(walk: Walk, viewer: Person) -> str:
    """Where the walk stands: on the person's own page, or on one of its own where theirs is not open."""
    return _back_to(queries.told_walk(viewer=viewer, walk=walk), viewer)


def done(request: HttpRequest, walk: Walk, sentence: str) -> HttpResponse:
    """Back to the walk, with a word about what is kept."""
    messages.success(request, sentence)
    return redirect(back_to(walk, request.viewer))


def whose_words(request: HttpRequest, walk: Walk) -> Person | None:
    """Whose yes, no or choice is written down: the viewer's own, or of the first whose walk it is."""
    told = queries.told_walk(viewer=request.viewer, walk=walk)
    key = told.mine or next((one.pk for one in told.people), None)
    return Person(pk=key) if key else None


def asked(
    request: HttpRequest, walk: Walk, form: Form, do: Callable[[], Any], sentence: str, **page: Any
) -> HttpResponse:
    """Show the form; sent, do it and go back to the walk. A slip is a sentence beside the form, and nothing is lost."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except (ValueError, Denied) as slip:
            form.add_error(None, slip.sentence if isinstance(slip, Denied) else str(slip))
        else:
            return done(request, walk, sentence)
    return page_of(request, "ask_of", walk, form=form, **page)
