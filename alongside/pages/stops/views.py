"""The list at the front door: what the software refuses, and why."""

from itertools import groupby
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.kernel.policy import open_to_all
from alongside.pages.stops.finding import HardStop, hard_stops

# The rooms as people call them, in the order they stand on the page.
ROOMS: dict[str, Promise] = {
    "consent": _lazy("Your page, and who reads it"),
    "walks": _lazy("Walking alongside, and what happened"),
    "doings": _lazy("Your plan, and promises"),
    "story": _lazy("Your words, and the people around you"),
    "messages": _lazy("Saying hello, messages and answers"),
    "people": _lazy("Names, roles and how you are reached"),
    "accounts": _lazy("Signing in, and our place"),
    "pages": _lazy("Pages that put things together"),
}
LAST = len(ROOMS)


class Shown(NamedTuple):
    """One refusal as the page shows it."""

    sentences: list[str]
    because: Any


@open_to_all("everyone may know what the software refuses, and why")
def hard_stops_page(request: HttpRequest) -> HttpResponse:
    """Every hard stop with the law or the harm behind it, and nothing about anybody."""
    order = list(ROOMS)

    def place(stop: HardStop) -> int:
        return order.index(stop.room) if stop.room in order else LAST

    stops = sorted(hard_stops(), key=place)
    rooms = [
        (ROOMS.get(room, room.capitalize()), [_shown(stop) for stop in found])
        for room, found in groupby(stops, key=lambda stop: stop.room)
    ]
    return render(request, "pages/stops.html", {"rooms": rooms})


def _shown(stop: HardStop) -> Shown:
    """The sentences in the reader's language, with the one it is about called "them"."""
    return Shown([_plain(_(sentence)) for sentence in stop.sentences], stop.because)


def _plain(sentence: str) -> str:
    """A sentence with its holes filled by words that are true of anybody."""
    whoever: dict[str, str] = {"called": _("the person")}

    class Whoever(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "…"

    return sentence % Whoever(whoever) if "%(" in sentence else sentence
