"""A plan at a glance, for the pages that combine rooms: what goes on, quick things still to do, and who is coming."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from alongside.doings import policies
from alongside.doings.models import Doing, DoingStep, Promise, QuickThing
from alongside.doings.queries import names
from alongside.doings.told import Told, ToldPromise, ToldQuick, named, tell_promise, tell_quick
from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.told import Named


@dataclass(frozen=True)
class Glance:
    """What is done to a person, before anything else; then what goes on by, with and for them."""

    to: Sequence[Told]
    doing: Sequence[Told]
    quick: Sequence[ToldQuick]
    coming: Sequence[ToldPromise]
    called: Mapping[UUID, Named]


def glance(*, viewer: Person, person: Person, also: Iterable[UUID] = ()) -> Glance:
    """What goes on for a person today, as far as the viewer may read it. Four statements, or five.

    `also` are people whom the rest of the page names: to ask for names twice costs more than all the rest.
    """
    doings = _going(viewer, person)
    quick = _quick(viewer, person)
    coming = _coming(viewer, person)
    keys = {key for one in doings for key in (one.person_id, one.owner_id, one.helper_id)}
    keys |= {one.owner_id for one in quick}
    keys |= {key for one in coming for key in (one.person_id, one.owner_id, one.answering_id)}
    called = names(viewer, {key for key in keys if key} | set(also))
    told = [_told(one, called) for one in doings]
    return Glance(
        to=[one for one in told if one.doing.lane == "to"],
        doing=[one for one in told if one.doing.lane != "to"],
        quick=[tell_quick(one, called) for one in quick],
        coming=[tell_promise(one, called) for one in coming],
        called=called,
    )


def _going(viewer: Person, person: Person) -> list[Doing]:
    """What goes on, as begun, each with the words it was last given (`said`); its steps stand on the plan."""
    reworded = DoingStep.objects.filter(doing=OuterRef("pk"), what=DoingStep.What.REWORDED)
    said = Subquery(reworded.order_by("-number").values("words")[:1])
    going = Doing.objects.filter(person=person, state__in=Doing.OPEN).annotate(said=said)
    return list(narrow(going, policies.visible_to(viewer, person)).order_by("began_at", "pk"))


def _told(doing: Any, called: Mapping[UUID, Named]) -> Told:
    return Told(
        doing=doing,
        words=doing.said or doing.words,
        beside=(),
        steps=(),
        owner=named(doing.owner_id, doing.owner_words, called),
        helper=named(doing.helper_id, doing.helper_words, called),
        about=called[doing.person_id].called,
    )


def _quick(viewer: Person, person: Person) -> list[QuickThing]:
    """Quick things still to do, newest first."""
    found = QuickThing.objects.filter(person=person, done_at=None, let_go_at=None)
    return list(narrow(found, policies.quick_things_visible_to(viewer, person)).order_by("-at", "pk"))


def _coming(viewer: Person, person: Person) -> list[Promise]:
    """Promises to come, from today on, soonest first."""
    found = Promise.objects.filter(
        person=person, coming=True, day__gte=clock.today(), state=Promise.State.OPEN
    )
    readable = narrow(found, policies.promises_visible_to(viewer, person))
    return list(readable.select_related("organisation").order_by("day", "at_time", "pk"))
