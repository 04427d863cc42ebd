"""Every read of plans, quick things and promises, for a viewer. None grows with what is on them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from alongside.consent.models import Basis, Consent, Duty
from alongside.consent.policies import live_now, nameable, near, opened_to, selves
from alongside.doings import policies
from alongside.doings.keys import digest_of
from alongside.doings.models import Belongs, CalendarFeed, Doing, DoingStep, Promise, QuickThing, Together
from alongside.doings.told import Told, ToldPromise, ToldQuick, in_lanes, tell, tell_promise, tell_quick
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story.queries import SOMEBODY
from alongside.story.told import Named


def _named_on_plans() -> dict[UUID, str]:
    """What those are called who stand on a plan that the one who acts may read; nothing else of theirs."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, called FROM guard.named_on_plans()")
        return dict(cursor.fetchall())


def names(viewer: Person, keys: set[UUID], known: Iterable[Person] = ()) -> dict[UUID, Named]:
    """What people are called, as far as the viewer may know. At most two statements.

    `known` are people whose records the viewer was shown already: their names need not be asked for.
    """
    told = {one.pk: Named(one.pk, one.called, one.name) for one in known if one.pk in keys}
    return told | _names(viewer, keys - set(told))


def _names(viewer: Person, keys: set[UUID]) -> dict[UUID, Named]:
    if not keys:
        return {}
    may = opened_to(viewer) if keys <= near(viewer) else nameable(viewer)
    named = {key: Named(key, called, name) for key, called, name in asked(_called, keys=keys, may=may)}
    if keys - set(named):
        named = {key: Named(key, called) for key, called in _named_on_plans().items()} | named
    return {key: named.get(key) or Named(key, SOMEBODY) for key in keys}


def _called(keys: set[UUID], may: Q) -> QuerySet[Person, tuple[UUID, str, str]]:
    return narrow(Person.objects.filter(pk__one_of=keys), may).values_list("pk", "called", "name")


def _told(viewer: Person, doings: QuerySet[Doing]) -> list[Told]:
    steps = DoingStep.objects.order_by("number")
    found = list(
        doings.select_related("duty", "consent", "together").prefetch_related(
            Prefetch("steps", queryset=steps)
        )
    )
    keys = {key for doing in found for key in (doing.person_id, doing.owner_id, doing.helper_id) if key}
    keys |= {step.by_id for doing in found for step in doing.steps.all()}
    called = names(viewer, keys)
    return [tell(doing, called) for doing in found]


def doings_of(
    *, viewer: Person, person: Person | None = None, together: Together | None = None
) -> list[Told]:
    """Every doing of a person (or a together) that the viewer may read, as begun. Statements do not grow."""
    found = narrow(Doing.objects.filter(person=person, together=together), policies.visible_to(viewer))
    return _told(viewer, found.order_by("began_at", "pk"))


def plan_of(*, viewer: Person, person: Person) -> dict[str, list[Told]]:
    """A person's plan by lane, the widest first; within a lane what goes on before what is over."""
    return in_lanes(doings_of(viewer=viewer, person=person))


def doing_to_open(*, viewer: Person, doing: UUID) -> Doing | None:
    """One doing the viewer may read."""
    found = narrow(Doing.objects.filter(pk=doing), policies.visible_to(viewer))
    return found.select_related("duty", "consent", "together").first()


def person_of(*, viewer: Person, thing: Doing | Promise | QuickThing) -> Person | None:
    """The person a thing is about, where their page is open to the viewer."""
    if thing.person_id is None:
        return None
    return narrow(Person.objects.filter(pk=thing.person_id), opened_to(viewer)).first()


def told(*, viewer: Person, doing: Doing) -> Told:
    """One doing with its steps and names."""
    return _told(viewer, narrow(Doing.objects.filter(pk=doing.pk), policies.visible_to(viewer)))[0]


def doings_i_own(*, viewer: Person) -> list[Told]:
    """What the viewer said they would do or help with on others' plans, as far as it goes on."""
    mine = selves(viewer)
    found = Doing.objects.filter(Q(owner__in=mine) | Q(helper__in=mine), state__in=Doing.OPEN)
    return _told(
        viewer, narrow(found.exclude(person__in=mine), policies.visible_to(viewer)).order_by("began_at", "pk")
    )


def resting_on(*, viewer: Person, on: Consent | Duty) -> list[Told]:
    """What rests on a yes or on a duty, as far as the viewer may read it."""
    which = Q(consent=on) if isinstance(on, Consent) else Q(duty=on)
    return _told(
        viewer, narrow(Doing.objects.filter(which), policies.visible_to(viewer)).order_by("began_at", "pk")
    )


def quick_things_of(*, viewer: Person, person: Person) -> list[ToldQuick]:
    """A person's quick things, those to be done first, then the newest."""
    found = narrow(QuickThing.objects.filter(person=person), policies.quick_things_visible_to(viewer))
    things = list(found.order_by("-at", "pk"))
    called = names(viewer, {key for thing in things for key in (thing.owner_id,) if key})
    return sorted((tell_quick(thing, called) for thing in things), key=lambda told: told.is_over)


def quick_thing_to_open(*, viewer: Person, quick_thing: UUID) -> QuickThing | None:
    """One quick thing the viewer may read."""
    return narrow(QuickThing.objects.filter(pk=quick_thing), policies.quick_things_visible_to(viewer)).first()


def also_on_plans(called: Mapping[UUID, Named], keys: set[UUID]) -> Mapping[UUID, Named]:
    """`called`, and those of `keys` it has no name for as plans name them that the viewer reads. One or none."""
    unnamed = {key for key in keys if not called[key].name}
    on_plans = _named_on_plans() if unnamed else {}
    return {**called, **{key: Named(key, on_plans[key]) for key in unnamed & set(on_plans)}}


def people_in(promises: Iterable[Promise]) -> set[UUID]:
    """Everybody who is named on these promises."""
    named = {key for one in promises for key in (one.person_id, one.owner_id, one.answering_id)}
    return {key for key in named if key}


def _told_promises(viewer: Person, found: QuerySet[Promise]) -> list[ToldPromise]:
    readable = narrow(found, policies.promises_visible_to(viewer)).select_related("organisation", "together")
    promises = list(readable.prefetch_related("steps").order_by("day", "at_time", "at", "pk"))
    called = names(viewer, people_in(promises))
    return [tell_promise(promise, called) for promise in promises]


def promises_of(
    *, viewer: Person, person: Person | None = None, together: Together | None = None
) -> list[ToldPromise]:
    """Every promise about a person (or a together) that the viewer may read, by day."""
    return _told_promises(viewer, Promise.objects.filter(person=person, together=together))


def promise_to_open(*, viewer: Person, promise: UUID) -> Promise | None:
    """One promise the viewer may read."""
    found = narrow(Promise.objects.filter(pk=promise), policies.promises_visible_to(viewer))
    return found.select_related("organisation", "together").first()


def told_promise(*, viewer: Person, promise: Promise) -> ToldPromise:
    """One promise with its steps and names."""
    return _told_promises(viewer, Promise.objects.filter(pk=promise.pk))[0]


def promises_i_made(*, viewer: Person, until: dt.date | None = None) -> list[ToldPromise]:
    """What the viewer promised others, or answers for, and has not kept or let go; up to a day, if told."""
    mine = selves(viewer)
    waiting = Promise.objects.filter(state__in=[Promise.State.OPEN, Promise.State.LATE])
    found = waiting.filter(Q(owner__in=mine) | Q(answering__in=mine))
    return _told_promises(viewer, found.filter(day__lte=until) if until else found)


def promises_around(*, viewer: Person, people: Iterable[UUID], until: dt.date) -> list[Promise]:
    """What the viewer promised, and what anybody promised these people, not kept yet and due by a day; by day.

    One statement. `people_in` says who stands on them; `tell_promise` tells each, once names were asked for.
    """
    mine = selves(viewer)
    whose = Q(owner__in=mine) | Q(answering__in=mine) | Q(person__in=list(people))
    return asked(_around, until, whose, policies.promises_around_visible_to(viewer))


def _around(until: dt.date, whose: Q, may: Q) -> QuerySet[Promise]:
    waiting = Promise.objects.filter(state__in=[Promise.State.OPEN, Promise.State.LATE], day__lte=until)
    found = narrow(waiting.filter(whose), may).select_related("organisation", "together")
    return found.order_by("day", "at_time", "at", "pk")


def days_of(*, viewer: Person, from_day: dt.date) -> list[ToldPromise]:
    """What stands in the viewer's own calendar: promises about them, by them, and where they belong."""
    mine = selves(viewer)
    own = Q(person__in=mine) | Q(owner__in=mine) | Q(answering__in=mine)
    own |= Q(together__in=policies.togethers_of(viewer))
    return _told_promises(
        viewer, Promise.objects.filter(own, day__gte=from_day).exclude(state=Promise.State.LET_GO)
    )


def calendar_of(*, viewer: Person) -> CalendarFeed | None:
    """The viewer's own calendar address, where one is open."""
    return CalendarFeed.objects.filter(person__in=selves(viewer), ended_at__isnull=True).first()


def together_to_open(*, viewer: Person, together: UUID) -> Together | None:
    """A family or a street the viewer belongs to."""
    mine = Q(pk__in=policies.togethers_of(viewer))
    return narrow(Together.objects.filter(pk=together), mine).first()


def belonging(*, viewer: Person) -> QuerySet[Belongs]:
    """Where the viewer belongs, and where they were asked in and have not answered."""
    own = Q(person__in=selves(viewer), to_at__isnull=True)
    return narrow(Belongs.objects.all(), own).select_related("together").order_by("asked_at", "pk")


SAY_SO = Basis.Kind.SAY_SO


def around_the_person(*, viewer: Person, person: Person) -> list[Named]:
    """Who may be said to do something on a plan: the viewer where it is another's, and whoever walks with them."""
    walkers = {
        basis.actor_id for basis in Basis.objects.filter(live_now(), person=person, whole=True, kind=SAY_SO)
    }
    keys = walkers | (set() if person.pk in selves(viewer) else {viewer.pk})
    called = names(viewer, keys)
    return sorted((called[key] for key in keys), key=lambda named: (named.pk != viewer.pk, str(named.called)))


# A calendar shows what was lately, too.
DAYS_BACK = dt.timedelta(days=31)


def whose_calendar(token: str) -> tuple[UUID, bool] | None:
    """Whose days stand at a secret address, and whether without words; None where nothing is (any more)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, plain FROM guard.calendar(%s)", [digest_of(token)])
        return cursor.fetchone()


def whoever_acts(*, viewer: UUID) -> Person:
    """The one whose days stand at a secret address, once they are the one who acts."""
    return Person.objects.get(pk=viewer)
