"""A person's own pages about themselves: how to reach me, my names, how much room I have."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from alongside.kernel.policy import guarded, open_to_all, signed_in
from alongside.kernel.request import Request
from alongside.people import languages, operations, policies, queries
from alongside.people.forms import AboutForm, ReachForm, RoomForm, posted
from alongside.people.models import Alias, Person
from alongside.people.operations.people import ParticularsWords, ReachWords

PARTICULARS = ("pronouns", "age_words", "born_on", "where_words", "note")


def _as_it_is(thing: Any, fields: Any) -> dict[str, Any]:
    return {field: getattr(thing, field) for field in fields} if thing else {}


@signed_in()
def my_reach(request: Request) -> HttpResponse:
    """How to reach me, and how never: every message goes by it."""
    me: Person = request.viewer
    now = _as_it_is(queries.reach_of(viewer=me, person=me), ReachForm.base_fields)
    form = ReachForm(posted(request), initial=now or {"how": "own_page"})
    if form.is_bound and form.carried_out(
        lambda: operations.set_reach(by=me, person=me, reach=cast(ReachWords, form.cleaned_data))
    ):
        messages.success(request, _("Kept. From now on we go by this."))
        return redirect("my_reach")
    return render(request, "people/my_reach.html", {"form": form})


@signed_in()
def my_about(request: Request) -> HttpResponse:
    """My names, and what else I choose to say of myself."""
    me: Person = request.viewer
    particulars = queries.particulars_of(viewer=me, person=me)
    now = {"name": me.name, "called": me.called} | _as_it_is(particulars, PARTICULARS)
    form = AboutForm(posted(request), initial=now)
    if form.is_bound and form.carried_out(lambda: _say_about(me, form.cleaned_data)):
        messages.success(request, _("Kept."))
        return redirect("my_about")
    context = {"form": form, "aliases": queries.aliases_of(viewer=me, person=me)}
    return render(request, "people/my_about.html", context)


def _say_about(me: Person, said: dict[str, Any]) -> None:
    operations.rename(by=me, person=me, name=said["name"], called=said["called"])
    words = cast(ParticularsWords, {field: said[field] for field in PARTICULARS})
    operations.set_particulars(by=me, person=me, particulars=words)
    if said["also"]:
        operations.add_alias(by=me, person=me, name=said["also"])


@open_to_all("whoever comes must be able to read what is said to them")
def set_language(request: Request) -> HttpResponse:
    """Speak another language from here on, and stay on the page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    back = request.POST.get("next", "")
    if not languages.choose(request, request.viewer, request.POST.get("language", "")):
        messages.error(request, _("We do not speak that language here yet."))
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "home")


@guarded(policies.check_is_own_name, find=queries.own_alias)
def forget_name(request: Request, alias: Alias) -> HttpResponse:
    """Forget another name, at once and for good."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    operations.remove_alias(by=request.viewer, alias=alias)
    messages.success(request, _("Forgotten."))
    return redirect("my_about")


@signed_in(policies.check_serves)
def my_room(request: Request) -> HttpResponse:
    """How much room I have, said by me alone; full in one tap."""
    me: Person = request.viewer
    if request.method == "POST" and "full" in request.POST:
        operations.set_room(by=me, person=me, room_for=0)
        messages.success(request, _("You are full. Nobody new is sent to you until you say so."))
        return redirect("my_room")
    room = queries.room_of(me)
    form = RoomForm(posted(request), initial=_as_it_is(room, RoomForm.base_fields))
    if form.is_bound and form.carried_out(lambda: operations.set_room(by=me, person=me, **form.cleaned_data)):
        messages.success(request, _("Kept. Thank you for saying it as it is."))
        return redirect("my_room")
    return render(request, "people/my_room.html", {"form": form, "room": room})
