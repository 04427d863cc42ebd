"""A walk offered, begun, rested, come back to. Every step is taken by a human, in words; none closes it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, models
from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent import operations as consent
from alongside.consent.models import Basis
from alongside.consent.policies import live_now
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.models import Tie
from alongside.walks import policies
from alongside.walks.keepers import two_who_can
from alongside.walks.models import CarriesOn, Company, Walk, WalkPerson, WalkStep

WALKER, COVER = Company.Part.WALKER, Company.Part.COVER
HELD = (
    "walk_has_one_walker_and_one_cover, cover_is_another_than_the_walker,"
    " walk_has_its_company, company_keeps_its_walk, people_keep_their_walk"
)


def held() -> None:
    """Ask the database now whether every walk of this transaction has its company (I6), not only at its end."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {HELD} IMMEDIATE; SET CONSTRAINTS {HELD} DEFERRED")


def _add(row: models.Model) -> None:
    row.save(force_insert=True)


def people_of(walk: Walk) -> list[Person]:
    """Whose walk it is now, as far as whoever acts may know them."""
    return [one.person for one in walk.people.filter(to_at__isnull=True).select_related("person")]


def step(
    walk: Walk, what: str, *, by: Person, words: str, at: dt.datetime, said_by: Person | None = None
) -> WalkStep:
    """Write one step of a walk down: `said_by` is the one whose words they are, where `by` wrote them."""
    taken = WalkStep(walk=walk, step=what, words=words.strip(), by=by, said_by=said_by, at=at)
    _add(taken)
    return taken


def keeps(walk: Walk, wanted: dict[str, Person], *, by: Person, at: dt.datetime) -> None:
    """From `at` on these keep the walk, by their part; whoever did before has done.

    Who comes is written before who goes, and the one who writes it goes last: from then on it is not theirs.
    """
    now = list(Company.objects.filter(policies.keeping_now(), walk=walk, part__in=wanted))
    have = {(row.part, row.person_id) for row in now}
    for part, whoever in wanted.items():
        if (part, whoever.pk) not in have:
            _add(Company(walk=walk, person=whoever, part=part, from_at=at))
    gone = [row for row in now if wanted[row.part].pk != row.person_id]
    for row in sorted(gone, key=lambda row: row.person_id == by.pk):
        row.to_at = max(at, row.from_at)
        row.save(update_fields=["to_at"])


def let_read(
    whoever: Person, *, by: Person, people: Iterable[Person], for_what: str, at: dt.datetime
) -> None:
    """The people of a walk say that whoever keeps it may read their story, where they have not yet.

    It is their own say-so, written down by `by`; it stands on their page to confirm or take back.
    """
    for person in people:
        open_now = Basis.objects.filter(
            live_now(), actor=whoever, person=person, whole=True, kind=Basis.Kind.SAY_SO
        )
        if not open_now.exists():
            consent.give_say_so(by=by, person=person, given_to=whoever, for_what=for_what, whole=True, at=at)


def when_not_there(walker: Person) -> str:
    """What somebody who covers may read a story for."""
    return _("being there when %(called)s is not") % {"called": walker}


def let_two_read(
    walker: Person, cover: Person, *, by: Person, people: Sequence[Person], at: dt.datetime
) -> None:
    """The people of a walk let its walker and its cover read their story."""
    let_read(walker, by=by, people=people, for_what=_("walking with me"), at=at)
    let_read(cover, by=by, people=people, for_what=when_not_there(walker), at=at)


def _becomes(walk: Walk, state: str, at: dt.datetime) -> None:
    walk.state, walk.state_at = state, at
    walk.save(update_fields=["state", "state_at"])


def whose(walk: Walk) -> UUID:
    """The key of the one whose walk it is (of several, the first): whom its audit rows are about."""
    return walk.people.order_by("from_at", "pk").values_list("person_id", flat=True)[0]


def _recorded(did: str, walk: Walk, *, by: Person, words: str = "", about: UUID | None = None) -> Walk:
    held()
    fields = {"state": walk.state, "words": words}
    record(did, by=by, thing=walk, person_id=about or whose(walk), fields=fields)
    return walk


@operation("walks.offer_walk")
def offer_walk(
    *, by: Person, people: Sequence[Person], words: str = "", cover: Person | None = None,
    about: models.Model | None = None, at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Offer to walk alongside one person, or several together. `about` is what it began with (a hello).

    Nothing opens and nothing is asked of anybody until they say yes. Raises Denied; ValueError where it is
    nobody's, or somebody is offered a walk with themself.
    """
    policies.check_can_offer_walk(by)
    if not people or by in people:
        raise ValueError(_("Say who you would walk with."))
    at = at or clock.now()
    walk = Walk(
        state=Walk.State.OFFERED, state_at=at, began_at=at,
        about=about._meta.label_lower if about else "", about_id=about.pk if about else None,
    )  # fmt: skip
    _add(walk)
    _add(Company(walk=walk, person=by, part=WALKER, from_at=at))
    if cover is not None:
        policies.check_can_cover(cover, by)
        _add(Company(walk=walk, person=cover, part=COVER, from_at=at))
    for person in people:
        _add(WalkPerson(walk=walk, person=person, from_at=at))
    step(walk, WalkStep.Step.OFFERED, by=by, words=words, at=at)
    return _recorded("walks.offer_walk", walk, by=by, words=words)


@operation("walks.begin_walk")
def begin_walk(
    *, by: Person, walk: Walk, cover: Person | None = None, words: str = "", said_by: Person | None = None,
    reads: bool = True, at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Their yes: from now on somebody walks with them, and a different one is there when that one is not.

    `by` is the person, or whoever offered, writing their yes down (`said_by`). `cover` may have been named
    when it was offered. `reads`: the two may read their story, which is their own say-so. It begins without
    a plan. Raises Denied; ValueError with a sentence where nobody different covers.
    """
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    walker = Company.objects.get(policies.keeping_now(), walk=walk, part=WALKER).person
    if cover is not None:
        policies.check_can_cover(cover, walker)
        keeps(walk, {COVER: cover}, by=by, at=at)
    named = (
        Company.objects.filter(policies.keeping_now(), walk=walk, part=COVER).select_related("person").first()
    )
    if named is None:
        raise ValueError(_("Say who is there when you are not: nobody walks with one person only."))
    _becomes(walk, Walk.State.WALKING, at)
    step(walk, WalkStep.Step.BEGAN, by=by, words=words, at=at, said_by=said_by)
    if reads:
        people = people_of(walk)
        let_two_read(walker, named.person, by=by, people=people, at=at)
    return _recorded("walks.begin_walk", walk, by=by, words=words)


@operation("walks.decline_walk")
def decline_walk(
    *, by: Person, walk: Walk, words: str = "", said_by: Person | None = None, at: dt.datetime | None = None
) -> Walk:
    """A no, for now, kept with respect: it costs nothing and the offer stands."""
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    _becomes(walk, Walk.State.DECLINED, at)
    step(walk, WalkStep.Step.DECLINED, by=by, words=words, at=at, said_by=said_by)
    return _recorded("walks.decline_walk", walk, by=by, words=words)


@operation("walks.rest_walk")
def rest_walk(
    *, by: Person, walk: Walk, words: str = "", ties: Sequence[Tie] = (), said_by: Person | None = None,
    at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """The walk rests, as the person wishes. `ties` are those in their circle who carry on. One tap brings it back."""
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    _becomes(walk, Walk.State.RESTING, at)
    rested = step(walk, WalkStep.Step.RESTED, by=by, words=words, at=at, said_by=said_by)
    for tie in ties:
        _add(CarriesOn(step=rested, tie=tie))
    return _recorded("walks.rest_walk", walk, by=by, words=words)


@operation("walks.come_back")
def come_back(
    *, by: Person, walk: Walk, words: str = "", said_by: Person | None = None, reads: bool = True,
    at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Back, in one tap, and never an intake: the same two if they still serve, else somebody named at once.

    `reads`: whoever is new here may read their story, which is their own say-so.
    """
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    walker, cover = two_who_can(walk, by=by)
    _becomes(walk, Walk.State.WALKING, at)
    step(walk, WalkStep.Step.CAME_BACK, by=by, words=words, at=at, said_by=said_by)
    if reads:
        let_two_read(walker, cover, by=by, people=people_of(walk), at=at)
    keeps(walk, {WALKER: walker, COVER: cover}, by=by, at=at)
    return _recorded("walks.come_back", walk, by=by, words=words)


def _now(walk: Walk, part: str) -> list[Person]:
    found = Company.objects.filter(policies.keeping_now(), walk=walk, part=part).select_related("person")
    return [row.person for row in found]


@operation("walks.change_cover")
def change_cover(
    *, by: Person, walk: Walk, cover: Person, words: str = "", reads: bool = True,
    at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Somebody else covers from now on, never the walker. What opened the page to whoever did before has ended."""
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    (walker,) = _now(walk, WALKER)
    policies.check_can_cover(cover, walker)
    before = _now(walk, COVER)
    step(walk, WalkStep.Step.COVER_CHANGED, by=by, words=words, at=at)
    people = people_of(walk)
    if reads:
        let_read(cover, by=by, people=people, for_what=when_not_there(walker), at=at)
    keeps(walk, {COVER: cover}, by=by, at=at)
    for one in before:
        if one != cover:
            reads_no_more(one, by=by, people=people, at=at)
    return _recorded("walks.change_cover", walk, by=by, words=words, about=people[0].pk)


def reads_no_more(whoever: Person, *, by: Person, people: Iterable[Person], at: dt.datetime) -> None:
    """What opened a person's story to somebody who no longer keeps their walk has done what it was for."""
    for person in people:
        for basis in Basis.objects.filter(
            live_now(), actor=whoever, person=person, whole=True, kind="say_so"
        ):
            consent.end_say_so(by=by, say_so=basis.say_so, at=at)


@operation("walks.join_walk")
def join_walk(
    *, by: Person, walk: Walk, person: Person, words: str = "", at: dt.datetime | None = None
) -> Walk:
    """One more of their own is walked with too, with their yes. Each keeps a page of their own."""
    policies.check_keeps(by, walk)
    at = at or clock.now()
    _add(WalkPerson(walk=walk, person=person, from_at=at))
    step(walk, WalkStep.Step.JOINED, by=by, words=words, at=at, said_by=person)
    return _recorded("walks.join_walk", walk, by=by, words=words)


@operation("walks.leave_walk")
def leave_walk(
    *, by: Person, walk: Walk, person: Person, words: str = "", at: dt.datetime | None = None
) -> Walk:
    """One of several goes on without; the walk stays with the others. The last one rests it instead."""
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    row = WalkPerson.objects.get(walk=walk, person=person, to_at__isnull=True)
    row.to_at = max(at, row.from_at)
    row.save(update_fields=["to_at"])
    step(walk, WalkStep.Step.LEFT, by=by, words=words, at=at, said_by=person)
    return _recorded("walks.leave_walk", walk, by=by, words=words)


@operation("walks.moved_away")
def moved_away(*, by: Person, walk: Walk, words: str = "", at: dt.datetime | None = None) -> Walk:
    """They moved away. Coming back is one tap, whenever it is."""
    policies.check_can_keep(by, walk)
    at = at or clock.now()
    _becomes(walk, Walk.State.MOVED, at)
    step(walk, WalkStep.Step.MOVED, by=by, words=words, at=at)
    return _recorded("walks.moved_away", walk, by=by, words=words)


@operation("walks.died")
def died(*, by: Person, walk: Walk, words: str = "", at: dt.datetime | None = None) -> Walk:
    """They died. What was said stays as it was said; who kept the walk may still read it, to answer for it."""
    policies.check_keeps(by, walk)
    at = at or clock.now()
    _becomes(walk, Walk.State.DIED, at)
    step(walk, WalkStep.Step.DIED, by=by, words=words, at=at)
    return _recorded("walks.died", walk, by=by, words=words)


@operation("walks.say_usual")
def say_usual(
    *, by: Person, walk: Walk, words: str, days: int | None = None, at: dt.datetime | None = None
) -> Walk:
    """How often we meet, in the person's words; `days` between, where the words say so. It asks nothing of anybody."""
    policies.check_can_keep(by, walk)
    walk.usual_words, walk.usual_days = words.strip(), days
    walk.save(update_fields=["usual_words", "usual_days"])
    step(walk, WalkStep.Step.USUAL, by=by, words=words, at=at or clock.now())
    return _recorded("walks.say_usual", walk, by=by, words=words)
