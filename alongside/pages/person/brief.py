"""Before a visit: the whole of somebody on one screen of a phone, strengths first (R171)."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.consent import queries
from alongside.consent.looks import looked
from alongside.consent.models import SaySo
from alongside.kernel.policy import guarded
from alongside.pages.person.finders import why_open
from alongside.pages.policies import check_can_prepare_visit
from alongside.people import queries as people
from alongside.people.models import Channel, Person, Reach
from alongside.story import queries as stories
from alongside.story.models import PartAnswer, StoryPart
from alongside.story.told import Told

Kind = StoryPart.Kind


@dataclass(frozen=True)
class Hunch:
    """What somebody thinks, and what the one it is about said to it."""

    told: Told
    answers: list[PartAnswer]


@dataclass(frozen=True)
class HowToReach:
    """The way they want, the ways they never want, and what to mind."""

    how: str
    never: str
    languages: list[str]
    mind: list[str] = field(default_factory=list)
    has_safe_word: bool = False


@guarded(check_can_prepare_visit, find=queries.person_to_open)
def brief(request: HttpRequest, person: Person) -> HttpResponse:
    """What to know before a visit, for one who may read the whole story."""
    viewer: Person = request.viewer
    parts = stories.story_of(viewer=viewer, person=person)
    circle = stories.circle_of(viewer=viewer, person=person)
    looked(viewer, person, page="brief", parts=[part.pk for part in parts])
    context: dict[str, Any] = {
        "person": person,
        "own": viewer.pk == person.pk,
        "called": person.called if person.called != person.name.split(" ")[0] else "",
        "why": why_open(viewer, person),
        "circle": circle,
        "hunches": _hunches(parts, person),
        "reach": how_to_reach(people.reach_of(viewer=viewer, person=person)),
        "interpreters": _interpreters(parts),
        **_in_their_words(parts),
        **_limits(viewer, person),
    }
    return render(request, "pages/person/brief.html", context)


def _in_their_words(parts: list[Told]) -> dict[str, list[Told]]:
    """The parts by kind; what they say is going on stands behind, on the whole story."""
    names = {
        "strengths": Kind.GOOD_AT,
        "matters": Kind.WHAT_MATTERS,
        "hopes": Kind.HOPE,
        "not_wanted": Kind.DO_NOT_WANT,
        "not_known": Kind.DO_NOT_KNOW_YET,
        "child_voices": Kind.CHILD_VOICE,
    }
    return {name: [part for part in parts if part.kind == kind] for name, kind in names.items()}


def _hunches(parts: list[Told], person: Person) -> list[Hunch]:
    """Hunches that the person has answered: one they have not is nobody's to carry to a visit."""
    found = [
        Hunch(part, [told.answer for told in part.answers if told.by.pk == person.pk])
        for part in parts
        if part.is_hunch
    ]
    return [hunch for hunch in found if hunch.answers]


def how_to_reach(reach: Reach | None) -> HowToReach | None:
    """How somebody is reached, in their own words where they gave them."""
    if reach is None:
        return None
    never = ", ".join(str(Channel(way).label) for way in reach.never)
    hours = [f"{reach.from_hour:%H:%M}–{reach.to_hour:%H:%M}"] if reach.from_hour and reach.to_hour else []
    return HowToReach(
        how=reach.how_words or str(reach.get_how_display()),
        never=reach.never_words or never,
        languages=reach.languages,
        mind=[*hours, *filter(None, [reach.who_may_answer, reach.who_words, reach.note])],
        has_safe_word=bool(reach.safe_word),
    )


def _interpreters(parts: list[Told]) -> list[str]:
    """Whoever interpreted when they spoke, each once."""
    said = (part.latest.version.interpreter for part in parts)
    return list(dict.fromkeys(filter(None, said)))


def _limits(viewer: Person, person: Person) -> dict[str, Any]:
    """Whom they said no to, and who else may read something: what must not be carried further."""
    given = list(queries.say_sos_of(viewer=viewer, person=person))
    open_now = [row for row in given if row.state == SaySo.State.GIVEN]
    readers = (row.given_to.name for row in open_now if row.given_to_id != viewer.pk)
    return {
        "said_no": [row for row in given if row.state == SaySo.State.REFUSED],
        "readers": list(dict.fromkeys(readers)),
        "mine": next((row for row in open_now if row.given_to_id == viewer.pk), None),
    }
