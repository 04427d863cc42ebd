"""Walks and who keeps them, for a viewer. As many statements for one walk as for ten."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from alongside.consent.policies import WALKING_ROLES, people_walked_with, selves
from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person, RoleHeld, Room
from alongside.people.policies import held_now
from alongside.people.queries import roles_today
from alongside.story.circle_on import tie_on
from alongside.story.models import Tie
from alongside.story.policies import circle_visible_to
from alongside.story.queries import circle_of
from alongside.story.told import Named
from alongside.walks import policies
from alongside.walks.along import Keeper, ToldHandover, ToldStep, ToldWalk
from alongside.walks.models import (
    Away,
    CarriesOn,
    Challenge,
    Company,
    Handover,
    HandoverMeeting,
    Walk,
    WalkPerson,
    WalkStep,
)
from alongside.walks.queries.names import names_of

WALKER, COVER = Company.Part.WALKER, Company.Part.COVER


def _whole(found: QuerySet[Walk]) -> QuerySet[Walk]:
    """Walks with everything beside them, however many there are."""
    now = WalkPerson.objects.filter(to_at__isnull=True).order_by("from_at", "pk")
    keep = Company.objects.filter(policies.keeping_now())
    straight = Challenge.objects.filter(over_at__isnull=True).order_by("at")
    talking = Handover.objects.filter(state=Handover.State.TALKING)
    met = HandoverMeeting.objects.order_by("day", "at")
    return found.prefetch_related(
        Prefetch("people", queryset=now),
        Prefetch("company", queryset=keep),
        Prefetch("steps", queryset=WalkStep.objects.order_by("-at", "-pk")),
        Prefetch("handovers", queryset=talking),
        Prefetch("handovers__meetings", queryset=met),
        Prefetch("challenges", queryset=straight),
    )


def walk_to_open(*, viewer: Person, walk: UUID) -> Walk | None:
    """One walk that the viewer may see: their own, kept by them, or of somebody whose story is open to them."""
    return narrow(Walk.objects.filter(pk=walk), policies.visible_to(viewer)).first()


def walks_of(*, viewer: Person, person: Person) -> list[ToldWalk]:
    """Every walk of a person, the one that is walked now first. Constant statements."""
    whose = selves(viewer) if person.pk in selves(viewer) else {person.pk}
    of = WalkPerson.objects.filter(person__in=whose, to_at__isnull=True).values("walk")
    found = list(_whole(narrow(Walk.objects.filter(pk__in=of), policies.visible_to(viewer))))
    order: list[str] = [Walk.State.WALKING, Walk.State.OFFERED, Walk.State.RESTING, Walk.State.MOVED]
    found.sort(key=lambda walk: walk.state_at, reverse=True)
    found.sort(key=lambda walk: order.index(walk.state) if walk.state in order else len(order))
    return _told(found, viewer)


def told_walk(*, viewer: Person, walk: Walk) -> ToldWalk:
    """One walk, told. Constant statements."""
    return _told(list(_whole(Walk.objects.filter(pk=walk.pk))), viewer)[0]


def _told(walks: Sequence[Walk], viewer: Person) -> list[ToldWalk]:
    names = names_of(viewer, _people_in(walks))
    keepers = _keepers([row for walk in walks for row in walk.company.all()], names)
    ties = _carry_on(walks, viewer)
    return [_one(walk, viewer, names, keepers, ties) for walk in walks]


def _people_in(walks: Iterable[Walk]) -> set[UUID]:
    keys: set[UUID | None] = set()
    for walk in walks:
        keys |= {one.person_id for one in walk.people.all()} | {one.person_id for one in walk.company.all()}
        for step in walk.steps.all():
            keys |= {step.by_id, step.said_by_id}
        for handover in walk.handovers.all():
            keys |= {handover.from_walker_id, handover.to_walker_id}
            keys |= {meeting.by_id for meeting in handover.meetings.all()}
    return {key for key in keys if key is not None}


def _keepers(rows: Sequence[Company], names: Mapping[UUID, Named]) -> dict[UUID, Keeper]:
    """Each who keeps one of these walks, by the key of the row that says so. Three statements."""
    keys = {row.person_id for row in rows}
    rooms = {room.person_id: room for room in Room.objects.filter(person__in=keys)}
    roles, day = roles_today(keys), clock.today()
    gone = Away.objects.filter(
        worker__in=keys, from_day__lte=day, to_day__gte=day, taken_back_at__isnull=True
    )
    away = dict(gone.values_list("worker", "to_day"))
    return {row.pk: _keeper(row, names, roles, rooms.get(row.person_id), away) for row in rows}


def _keeper(row: Company, names: Mapping[UUID, Named], roles: dict, room: Room | None, away: dict) -> Keeper:
    held = next(iter(roles.get(row.person_id, [])), None)
    return Keeper(
        who=names[row.person_id],
        role=(held.title or held.get_role_display()) if held else "",
        since=row.from_at,
        lived_experience=room.lived_experience if room else "",
        offers=room.offers if room else "",
        languages=tuple(room.languages) if room else (),
        away_until=away.get(row.person_id),
    )


def _carry_on(walks: Sequence[Walk], viewer: Person) -> dict[UUID, list[str]]:
    """The names of the ties that carry on while a walk rests, by its latest rest. Two statements, or none."""
    rests = [_latest_rest(walk) for walk in walks if walk.state == Walk.State.RESTING]
    if not rests:
        return {}
    seen = narrow(Tie.objects.all(), circle_visible_to(viewer)).values("pk")
    found = CarriesOn.objects.filter(step__in=[rest for rest in rests if rest], tie__in=seen)
    named: dict[UUID, list[str]] = {}
    for one in found.select_related("tie").prefetch_related("tie__changes").order_by("tie__began_at"):
        now = tie_on(one.tie, one.tie.changes.all(), clock.today())
        named.setdefault(one.step_id, []).append(now.name if now else one.tie.name)
    return named


def _latest_rest(walk: Walk) -> UUID | None:
    return next((step.pk for step in walk.steps.all() if step.step == WalkStep.Step.RESTED), None)


def _one(walk: Walk, viewer: Person, names: Mapping[UUID, Named], keepers: dict, ties: dict) -> ToldWalk:
    part = {row.part: keepers[row.pk] for row in walk.company.all()}
    own, steps = selves(viewer), list(walk.steps.all())
    handover = next(iter(walk.handovers.all()), None)
    return ToldWalk(
        walk=walk,
        people=[names[one.person_id] for one in walk.people.all()],
        walker=part.get(WALKER),
        cover=part.get(COVER),
        steps=[_step(step, names) for step in steps],
        handover=_handover(handover, walk, names) if handover else None,
        straight=list(walk.challenges.all()),
        carry_on=ties.get(_latest_rest(walk), []),
        began_before=any(step.step in (WalkStep.Step.BEGAN, WalkStep.Step.CAME_BACK) for step in steps),
        is_kept_by_viewer=any(row.person_id == viewer.pk for row in walk.company.all()),
        mine=next((one.person_id for one in walk.people.all() if one.person_id in own), None),
    )


def _step(step: WalkStep, names: Mapping[UUID, Named]) -> ToldStep:
    who = step.said_by_id or step.by_id
    hand = names[step.by_id] if step.by_id != who else None
    return ToldStep(step.get_step_display(), step.words, names[who], hand, step.at)


def _handover(handover: Handover, walk: Walk, names: Mapping[UUID, Named]) -> ToldHandover:
    return ToldHandover(
        handover, walk, names[handover.to_walker_id], names[handover.from_walker_id],
        list(handover.meetings.all()),
    )  # fmt: skip


@dataclass(frozen=True)
class CanWalk:
    """Somebody who walks alongside people here, and whether they say they have room."""

    person: Person
    role: str
    has_room: bool


def who_could_walk(*, viewer: Person, but_not: Iterable[UUID] = ()) -> list[CanWalk]:
    """Those who walk alongside people here today, by name: whoever has room and is here comes first. Three statements.

    Nobody is compared: it says whether there is room, as they say themself, and not for how many.
    """
    held = RoleHeld.objects.filter(held_now(), role__in=WALKING_ROLES).exclude(person__in=list(but_not))
    roles: dict[Person, RoleHeld] = {}
    for one in held.select_related("person").order_by("from_day", "pk"):
        roles.setdefault(one.person, one)
    room = set(Room.objects.filter(room_for__gt=0, person__in=roles).values_list("person", flat=True))
    found = [
        CanWalk(who, str(one.title or one.get_role_display()), who.pk in room) for who, one in roles.items()
    ]
    return sorted(found, key=lambda one: (not one.has_room, one.person.name))


def ties_to_carry_on(*, viewer: Person, person: Person) -> list[Named]:
    """Those of a person's circle who may carry on while their walk rests, as far as the viewer may read of them."""
    return [Named(tie.pk, tie.name) for tie in circle_of(viewer=viewer, person=person).ties]


def ties_named(*, viewer: Person, person: Person, keys: Iterable[str]) -> list[Tie]:
    """Those of that circle whose keys these are."""
    return list(narrow(Tie.objects.filter(person=person, pk__in=keys), circle_visible_to(viewer)))


def who_may_join(*, viewer: Person, but_not: Iterable[UUID] = ()) -> list[Person]:
    """Those whose page is open to the viewer by their say-so, by name: one of them may walk along with another."""
    open_now = people_walked_with(viewer) - selves(viewer) - set(but_not)
    return list(Person.objects.filter(pk__in=open_now).order_by("name"))
