"""A plan at a glance, for the pages that combine rooms: what goes on, quick things still to do, and who is coming."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.doings import policies
from alongside.doings.models import Doing, DoingStep, Promise, QuickThing
from alongside.doings.queries import names
from alongside.doings.told import Told, ToldPromise, ToldQuick, named, tell_promise, tell_quick
from alongside.kernel import clock
from alongside.kernel.asked import asked
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
    """What goes on for a person today, as far as the viewer may read it. Three statements, and one or two for names.

    `also` are people whom the rest of the page names: to ask for names twice costs more than all the rest.
    """
    doings = _going(viewer, person)
    quick = _quick(viewer, person)
    coming = _coming(viewer, person)
    keys = {key for one in doings for key in (one.person_id, one.owner_id, one.helper_id)}
    keys |= {one.owner_id for one in quick}
    keys |= {key for one in coming for key in (one.person_id, one.owner_id, one.answering_id)}
    called = names(viewer, {key for key in keys if key} | set(also), known=(viewer, person))
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
    return asked(_going_now, person=person.pk, may=policies.visible_to(viewer, person))


def _going_now(person: UUID, may: Q) -> QuerySet[Doing]:
    reworded = DoingStep.objects.filter(doing=OuterRef("pk"), what=DoingStep.What.REWORDED)
    said = Subquery(reworded.order_by("-number").values("words")[:1])
    going = Doing.objects.filter(person=person, state__in=Doing.OPEN).annotate(said=said)
    return narrow(going, may).order_by("began_at", "pk")


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
    return asked(_quick_to_do, person=person.pk, may=policies.quick_things_visible_to(viewer, person))


def _quick_to_do(person: UUID, may: Q) -> QuerySet[QuickThing]:
    found = QuickThing.objects.filter(person=person, done_at=None, let_go_at=None)
    return narrow(found, may).order_by("-at", "pk")


def _coming(viewer: Person, person: Person) -> list[Promise]:
    """Promises to come, from today on, soonest first."""
    may = policies.promises_visible_to(viewer, person)
    return asked(_to_come, person=person.pk, today=clock.today(), may=may)


def _to_come(person: UUID, today: dt.date, may: Q) -> QuerySet[Promise]:
    found = Promise.objects.filter(person=person, coming=True, day__gte=today, state=Promise.State.OPEN)
    return narrow(found, may).select_related("organisation").order_by("day", "at_time", "pk")
