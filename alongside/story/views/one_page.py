"""Choosing what stands on one's one page."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alongside.consent.looks import looked
from alongside.consent.queries import person_to_open
from alongside.kernel.policy import guarded
from alongside.people.models import Person
from alongside.story import operations, policies, queries
from alongside.story.forms.story import OnePageForm
from alongside.story.told import Told
from alongside.story.views.around import page


class Choice(NamedTuple):
    """Something that could stand on the page, and its place there (0 where it does not)."""

    key: UUID
    about: str
    words: str
    place: int


def _choices(viewer: Person, person: Person, chosen: list[UUID]) -> list[Choice]:
    places = {key: place for place, key in enumerate(chosen, start=1)}
    told = [
        Choice(part.pk, part.get_kind_display(), _words(part), places.get(part.pk, 0))
        for part in queries.story_of(viewer=viewer, person=person)
    ]
    ties = [
        Choice(
            tie.pk,
            _("In my circle"),
            f"{tie.name}, {tie.tie}" if tie.tie else tie.name,
            places.get(tie.pk, 0),
        )
        for tie in queries.circle_of(viewer=viewer, person=person).ties
    ]
    return [*told, *ties]


def _words(part: Told) -> str:
    if part.words:
        return part.words
    return (part.upload.described if part.upload else "") or _("a photo, drawing or voice note")


def _in_order(request: HttpRequest, choices: list[Choice]) -> list[UUID]:
    """What was chosen, by the number beside it; equal numbers as they stood."""
    asked = [(request.POST.get(f"place-{choice.key}", ""), choice.key) for choice in choices]
    # Not isdigit, which takes a “²” for a number; nor as long a number as somebody cares to send.
    numbered = [(int(number[:4]), key) for number, key in asked if number.isdecimal() and int(number[:4])]
    return [key for _number, key in sorted(numbered, key=lambda pair: pair[0])]


@require_http_methods(["GET", "HEAD", "POST"])
@guarded(policies.check_can_write, find=person_to_open)
def choose(request: HttpRequest, person: Person) -> HttpResponse:
    """Which parts and ties stand on the one page, in which order, and what comes first."""
    looked(request.viewer, person, page="one_page")
    now = queries.one_page(viewer=request.viewer, person=person)
    choices = _choices(request.viewer, person, [thing.pk for thing in now.things])
    form = OnePageForm(request.POST or None, initial={"intro": now.intro, "large_print": now.large_print})
    if request.method == "POST" and form.is_valid():
        operations.choose_one_page(
            by=request.viewer, person=person, parts=_in_order(request, choices), **form.cleaned_data
        )
        messages.success(request, _("That is the page now."))
        return redirect(_one_page(person))
    return page(
        request, "one_page_choose", person, form=form, choices=choices, places=range(1, len(choices) + 1)
    )


def _one_page(person: Person) -> str:
    """The page itself stands in a room above."""
    try:
        return reverse("one_page", args=[person.pk])
    except NoReverseMatch:
        return reverse("story", args=[person.pk])
