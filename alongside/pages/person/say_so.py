"""Who may read my page: given, refused, given again and taken back, in the person's own words."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from alongside.consent import operations, policies, queries
from alongside.consent.emergencies.queries import openings_of
from alongside.consent.looks import looked
from alongside.consent.models import Basis, SaySo
from alongside.kernel import clock
from alongside.kernel.policy import guarded
from alongside.messages.operations import send
from alongside.pages.emergencies.told import told
from alongside.pages.person import finders
from alongside.pages.person.forms import GiveSaySo, TakeBack
from alongside.people.door import who_serves
from alongside.people.forms import posted
from alongside.people.models import Person


@guarded(policies.check_can_open_page, find=queries.person_to_open)
def say_so(request: HttpRequest, person: Person) -> HttpResponse:
    """Who may read this page now, on what basis, and everything that was said about it before."""
    viewer: Person = request.viewer
    looked(viewer, person, page="say_so")
    given = _with_words(viewer, person, list(queries.say_sos_of(viewer=viewer, person=person)))
    by_law = list(queries.by_law(viewer=viewer, person=person))
    context: dict[str, Any] = {
        "person": person,
        "open_now": [row for row in given if row.state == SaySo.State.GIVEN],
        "before": [row for row in given if row.state != SaySo.State.GIVEN],
        "by_law": [basis for basis in by_law if _holds_now(basis)],
        "law_before": [basis for basis in by_law if not _holds_now(basis)],
        "own": policies.check_is_own_page.allows(viewer, person),
        "openings": told(openings_of(viewer=viewer, person=person)),
        "to_answer": finders.to_answer(viewer=viewer) if person.pk in policies.selves(viewer) else [],
        "may_write": policies.check_can_write_for.allows(viewer, person),
    }
    return render(request, "pages/person/say_so.html", context)


def _holds_now(basis: Basis) -> bool:
    return basis.to_at is None or basis.to_at > clock.now()


def _with_words(viewer: Person, person: Person, given: list[SaySo]) -> list[SaySo]:
    """Each with what its named parts say, as far as the viewer may read them, and what its reader does here."""
    wanted = any(row.parts for row in given)
    known = dict(finders.shareable(viewer=viewer, person=person)) if wanted else {}
    names = queries.names_of({row.given_to_id for row in given})
    for row in given:
        row.part_words = [known[key] for key in row.parts if key in known]  # type: ignore[attr-defined]
        row.reads = _reads(viewer, row, len(row.part_words))  # type: ignore[attr-defined]
        row.serves_as = finders.serves_as(names.get(row.given_to_id))  # type: ignore[attr-defined]
    return given


def _reads(viewer: Person, row: SaySo, open_parts: int) -> str:
    """ "all", "some" or "none" of what it named: a part may be kept to oneself, or put away, after it was shared.

    "" for whoever is neither its giver nor its reader: what they themself may not read, they cannot count.
    """
    if row.whole or row.state != SaySo.State.GIVEN:
        return "all"
    if viewer.pk != row.given_to_id and row.person_id not in policies.selves(viewer):
        return ""
    if open_parts == 0:
        return "none"
    return "all" if open_parts == len(row.parts) else "some"


@guarded(policies.check_can_write_for, find=queries.person_to_open)
def give(request: HttpRequest, person: Person) -> HttpResponse:
    """Two steps without JavaScript: find the one it is for, then say what, for what and until when."""
    asked, tie = (request.POST.get(name) or request.GET.get(name, "") for name in ("to", "tie"))
    if not asked and not tie:
        return _choose(request, person)
    near = finders.one_who_joined(viewer=request.viewer, person=person, key=tie) if tie else None
    to = near if tie else finders.one_who_serves(asked)
    if to is None:
        raise Http404
    parts = finders.shareable(viewer=request.viewer, person=person)
    form = GiveSaySo(request.POST or None, parts=parts)
    if request.method == "POST" and form.is_valid():
        return _given(request, person, to, form)
    own = policies.check_is_own_page.allows(request.viewer, person)
    context = {"person": person, "to": to, "tie": tie, "form": form, "own": own}
    return render(request, "pages/person/say_so_give.html", context)


def _choose(request: HttpRequest, person: Person) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = who_serves(words) if words else []
    near = finders.joined(viewer=request.viewer, person=person)
    context = {"person": person, "q": words, "found": found, "near": near}
    return render(request, "pages/person/say_so_choose.html", context)


def _given(request: HttpRequest, person: Person, to: Person, form: GiveSaySo) -> HttpResponse:
    wanted = form.cleaned_data
    if wanted["what"] == GiveSaySo.NO:
        operations.refuse_say_so(
            by=request.viewer, person=person, given_to=to, what=_("my page"), for_what=wanted["for_what"],
            words=wanted["words"],
        )  # fmt: skip
        messages.success(request, _("That is a no, and it is kept. Nothing changes for you."))
    elif not _stands_already(request.viewer, person, to, form):
        given = operations.give_say_so(
            by=request.viewer, person=person, given_to=to, for_what=wanted["for_what"],
            what=form.what_in_words(), whole=wanted["what"] == GiveSaySo.WHOLE, parts=form.chosen_parts(),
            until=_end_of(wanted["until"]), words=wanted["words"],
        )  # fmt: skip
        _tell_whose_it_is(given)
    if wanted["what"] != GiveSaySo.NO:
        messages.success(request, _("Done. You can take it back at any time, on this page."))
    return redirect("say_so", person=person.pk)


def _tell_whose_it_is(given: SaySo) -> None:
    """A say-so that another wrote down is told to the one whose it is: nothing is opened behind their back."""
    if given.written_down_by is None:
        return
    send(
        by=given.written_down_by,
        to=given.person,
        subject=gettext_lazy("Somebody may read something of yours"),
        words=format_lazy(
            gettext_lazy(
                "{writer} wrote down that you let {reader} read your page. Not so? You can take it back."
            ),
            writer=given.written_down_by.called,
            reader=given.given_to.name,
        ),
        link=reverse("say_so", args=[given.person_id]),
        reference=f"say-so-written-down-{given.pk}",
        about=given,
    )


def _stands_already(viewer: Person, person: Person, to: Person, form: GiveSaySo) -> bool:
    """Whether just this was given and stands: a button pressed twice gives once, so that taken back is closed."""
    parts, whole = set(form.chosen_parts()), form.cleaned_data["what"] == GiveSaySo.WHOLE
    same = (
        to.pk,
        SaySo.State.GIVEN,
        whole,
        form.cleaned_data["for_what"],
        _end_of(form.cleaned_data["until"]),
    )
    return any(
        (row.given_to_id, row.state, row.whole, row.for_what, row.until) == same and set(row.parts) == parts
        for row in queries.say_sos_of(viewer=viewer, person=person)
    )


def _end_of(day: dt.date | None) -> dt.datetime | None:
    """The last moment of a day, in the place's time."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max)) if day else None


@require_POST
@guarded(policies.check_can_confirm_say_so, find=finders.say_so)
def confirm(request: HttpRequest, say_so: SaySo) -> HttpResponse:
    """Yes, I said that: what another wrote down stands from now on as the person's own answer."""
    operations.confirm_say_so(by=request.viewer, say_so=say_so)
    messages.success(request, _("Good. You can still take it back, at any time."))
    return redirect("my_page")


@guarded(policies.check_can_end_say_so, find=finders.say_so)
def take_back(request: HttpRequest, say_so: SaySo) -> HttpResponse:
    """Take it back: one button, words only if wanted, and it is closed before this page is left."""
    form = TakeBack(posted(request))
    if request.method == "POST" and form.is_valid():
        operations.withdraw_say_so(by=request.viewer, say_so=say_so, words=form.cleaned_data["words"])
        messages.success(request, _taken_back(say_so))
        return _back_to_say_so(request.viewer, say_so)
    context = {"say_so": say_so, "person": say_so.person, "form": form}
    return render(request, "pages/person/say_so_take_back.html", context)


def _taken_back(say_so: SaySo) -> str:
    """What is true now: closed, or closed by this and still open by something else that stands."""
    called = {"called": say_so.given_to}
    if any(basis.actor_id == say_so.given_to_id for basis in policies.who_can(say_so.person)):
        return _("That is taken back. %(called)s may still read what stands below under their name.") % called
    return _("%(called)s cannot read it any more. They will be told within the hour.") % called


def _back_to_say_so(viewer: Person, say_so: SaySo) -> HttpResponse:
    """The list it stood on, for whoever may still open it."""
    if policies.check_can_write_for.allows(viewer, say_so.person):
        return redirect("say_so", person=say_so.person_id)
    return redirect("home")
