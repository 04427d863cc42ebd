"""Two records that may be one person: proposed by one steward, agreed by another, undone by either."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.consent.finding import find_people
from alongside.kernel.policy import guarded, signed_in
from alongside.pages.steward.forms import SameForm
from alongside.pages.steward.queries import other_record
from alongside.people import operations, queries
from alongside.people.forms import posted
from alongside.people.models import Person, SamePerson
from alongside.people.policies import check_can_agree_same, check_can_look_after_place


@signed_in(check_can_look_after_place)
def same_people(request: HttpRequest) -> HttpResponse:
    """What waits for a second steward, and what was agreed."""
    found = list(queries.same_people(viewer=request.viewer))
    waiting = [
        (same, check_can_agree_same.allows(request.viewer, same)) for same in found if not same.agreed_at
    ]
    context = {"waiting": waiting, "agreed": [same for same in found if same.agreed_at]}
    return render(request, "pages/steward/same.html", context)


@guarded(check_can_look_after_place, find=queries.person_to_look_after)
def propose(request: HttpRequest, person: Person) -> HttpResponse:
    """Two steps without JavaScript: find the other record, then say how one knows."""
    other = other_record(viewer=request.viewer, key=request.POST.get("other") or request.GET.get("other", ""))
    if other is None:
        return _choose(request, person)
    form = SameForm(posted(request))
    if form.is_bound and form.carried_out(
        lambda: operations.propose_same(by=request.viewer, kept=person, other=other, **form.cleaned_data)
    ):
        messages.success(request, _("Proposed. It takes a second place steward to agree."))
        return redirect("steward_same")
    context = {"form": form, "person": person, "other": other}
    return render(request, "pages/steward/propose_same.html", context)


def _choose(request: HttpRequest, person: Person) -> HttpResponse:
    words = request.GET.get("q", "")
    found = find_people(viewer=request.viewer, words=words) if words.strip() else None
    context: dict[str, Any] = {"person": person, "words": words, "found": found}
    return render(request, "pages/steward/choose_same.html", context)


def _done(request: HttpRequest, done: Callable[[], object], sentence: str) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        done()
        messages.success(request, sentence)
    except ValidationError as slip:
        messages.warning(request, " ".join(slip.messages))
    return redirect("steward_same")


@guarded(check_can_agree_same, find=queries.same_person)
def agree(request: HttpRequest, same: SamePerson) -> HttpResponse:
    """The second of two."""
    sentence = _("Agreed. They have one page now, and nobody reads more than before.")
    return _done(request, lambda: operations.agree_same(by=request.viewer, same=same), sentence)


@guarded(check_can_look_after_place, find=queries.same_person)
def undo(request: HttpRequest, same: SamePerson) -> HttpResponse:
    """Two records are two again."""
    sentence = _("Undone. They are two records again, each as it was.")
    return _done(request, lambda: operations.undo_same(by=request.viewer, same=same), sentence)
