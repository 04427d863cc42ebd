"""Choosing what stands on one's one page."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.consent.looks import looked
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded
from alongside.kernel.request import Request
from alongside.people.models import Person
from alongside.story import operations, policies, queries
from alongside.story.forms.story import OnePageForm
from alongside.story.told import Told
from alongside.story.views.around import page


@dataclass(frozen=True)
class Choice:
    """Something that could stand on the page, and whether it does; in the order they are shown in."""

    key: UUID
    about: str
    words: str
    on: bool


@dataclass(frozen=True)
class Moved:
    """What was just moved, and which way: where the page opens again, and what is said there."""

    key: UUID
    way: str
    sentence: str


def _choices(viewer: Person, person: Person, chosen: list[UUID]) -> list[Choice]:
    """What is chosen, in its order, and then everything else there is."""
    told = [
        Choice(part.pk, part.get_kind_display(), _words(part), part.pk in chosen)
        for part in queries.story_of(viewer=viewer, person=person)
    ]
    ties = [
        Choice(tie.pk, _("In my circle"), f"{tie.name}, {tie.tie}" if tie.tie else tie.name, tie.pk in chosen)
        for tie in queries.circle_of(viewer=viewer, person=person).ties
    ]
    return _as_ordered([*told, *ties], [str(key) for key in chosen])


def _words(part: Told) -> str:
    if part.words:
        return part.words
    return (part.upload.described if part.upload else "") or _("a photo, drawing or voice note")


def _as_ordered(choices: list[Choice], order: list[str]) -> list[Choice]:
    """As in `order`; what is not in it stays behind, as it stood."""
    place = {key: number for number, key in reversed(list(enumerate(order)))}
    return sorted(choices, key=lambda choice: place.get(str(choice.key), len(order)))


def _as_sent(request: Request, choices: list[Choice]) -> list[Choice]:
    """As somebody ticked and ordered them on the page; a key that is none of these is nothing."""
    ticked = set(request.POST.getlist("on"))
    ordered = _as_ordered(choices, request.POST.getlist("order"))
    return [replace(choice, on=str(choice.key) in ticked) for choice in ordered]


def _move(choices: list[Choice], asked: str) -> tuple[list[Choice], Moved | None]:
    """One thing a step up or down (`asked` is "up:key"), the ticked together first: only they have an order."""
    way, _colon, key = asked.partition(":")
    rows = sorted(choices, key=lambda choice: not choice.on)
    here = next((place for place, row in enumerate(rows) if str(row.key) == key), None)
    if here is None or way not in ("up", "down"):
        return rows, None
    there = here + (-1 if way == "up" else 1)
    fits = 0 <= there < len(rows) and rows[there].on == rows[here].on
    if fits:
        rows[here], rows[there] = rows[there], rows[here]
    place = {"place": rows.index(next(row for row in rows if str(row.key) == key)) + 1}
    said = _("This is number %(place)s now.") if fits else _("It is as far as it goes: number %(place)s.")
    return rows, Moved(UUID(key), way, said % place)


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(policies.check_can_write, find=person_to_open)
def choose(request: Request, person: Person) -> HttpResponse:
    """Which parts and ties stand on the one page, in which order, and what comes first.

    A press on "Move up" keeps nothing: the page comes back as it was filled in, with that one moved.
    """
    looked(request.viewer, person, page="one_page")
    now = queries.one_page(viewer=request.viewer, person=person)
    choices = _choices(request.viewer, person, [thing.pk for thing in now.things])
    form = OnePageForm(request.POST or None, initial={"intro": now.intro, "large_print": now.large_print})
    moved = None
    if request.method == "POST":
        choices = _as_sent(request, choices)
        if "move" in request.POST:
            choices, moved = _move(choices, request.POST["move"])
        elif form.is_valid():
            return _keep(request, person, form, choices)
    return page(request, "one_page_choose", person, form=form, choices=choices, moved=moved)


def _keep(request: Request, person: Person, form: OnePageForm, choices: list[Choice]) -> HttpResponse:
    chosen = [choice.key for choice in choices if choice.on]
    operations.choose_one_page(by=request.viewer, person=person, parts=chosen, **form.cleaned_data)
    messages.success(request, _("That is the page now."))
    return redirect(_one_page(person))


def _one_page(person: Person) -> str:
    """The page itself stands in a room above."""
    try:
        return reverse("one_page", args=[person.pk])
    except NoReverseMatch:
        return reverse("story", args=[person.pk])
