"""A walk offered, begun, rested, come back to. Every step is taken by a human, in words; none closes it."""

import datetime as dt
from collections.abc import Sequence

from django.db import models
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.audit.recording import operation
from alongside.kernel import clock
from alongside.messages import humans
from alongside.messages.operations.outbox import send
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Person
from alongside.story.models import Tie
from alongside.walks import policies
from alongside.walks.company import (
    COVER,
    WALKER,
    add,
    becomes,
    everyone_of,
    keeper,
    keeps,
    let_two_read,
    one_by_one,
    people_of,
    reads_no_more,
    recorded,
    step,
    walker_of,
    who_said,
)
from alongside.walks.keepers import up_to_two_who_can
from alongside.walks.models import CarriesOn, Company, Walk, WalkPerson, WalkStep

State, Step = Walk.State, WalkStep.Step


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
    if not people or by in people or by.pk in {person.same_as_id for person in people}:
        raise ValueError(_("Say who you would walk with."))
    for person in people:
        policies.check_can_offer_to(by, person)
    at = at or clock.now()
    walk = Walk(
        state=State.OFFERED, state_at=at, began_at=at,
        about=about._meta.label_lower if about else "", about_id=about.pk if about else None,
    )  # fmt: skip
    add(walk)
    add(Company(walk=walk, person=by, part=WALKER, from_at=at))
    if cover is not None:
        policies.check_can_cover(cover, by)
        add(Company(walk=walk, person=cover, part=COVER, from_at=at))
    for person in dict.fromkeys(people):
        add(WalkPerson(walk=walk, person=person, from_at=at))
    step(walk, Step.OFFERED, by=by, words=words, at=at)
    return recorded("walks.offer_walk", walk, by=by, words=words)


@operation("walks.begin_walk")
def begin_walk(
    *, by: Person, walk: Walk, cover: Person | None = None, words: str = "", said_by: Person | None = None,
    reads: bool = True, at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Their yes: from now on somebody walks with them, and a different one is there when that one is not.

    `by` is the person, or whoever offered, writing their yes down (`said_by`). `cover` may have been named
    when it was offered. `reads`: the two may read their story, which is their own say-so. It begins without
    a plan; a second yes of one of several opens their own story too. Raises Denied; ValueError with a sentence
    where nobody said yes, or nobody different covers.
    """
    policies.check_can_keep(by, walk)
    one_by_one(walk)
    at, said = at or clock.now(), who_said(walk, by, said_by)
    walker = walker_of(walk)
    if cover is not None and walk.state != State.WALKING:
        policies.check_can_cover(cover, walker)
        gone = keeps(walk, {COVER: cover}, by=by, at=at)
        reads_no_more(gone, by=by, people=people_of(walk), at=at)
    covers = keeper(walk, COVER)
    if covers is None:
        raise ValueError(_("Say who is there when %(called)s is not. Nobody is left with one person only.")
                         % {"called": walker})  # fmt: skip
    if walk.state != State.WALKING:
        if walk.state not in (State.OFFERED, State.DECLINED):
            raise ValueError(_("You have walked together before. Coming back is one tap."))
        becomes(walk, State.WALKING, at)
        step(walk, Step.BEGAN, by=by, words=words, at=at, said_by=said)
    if reads:
        let_two_read(walker, covers, by=by, people=people_of(walk), at=at)
    return recorded("walks.begin_walk", walk, by=by, words=words, about=said.pk)


@operation("walks.decline_walk")
def decline_walk(
    *, by: Person, walk: Walk, words: str = "", said_by: Person | None = None, at: dt.datetime | None = None
) -> Walk:
    """A no, for now, kept with respect: it costs nothing and the offer stands. Raises Denied; ValueError."""
    policies.check_can_keep(by, walk)
    one_by_one(walk)
    at, said = at or clock.now(), who_said(walk, by, said_by)
    if walk.state != State.DECLINED:
        becomes(walk, State.DECLINED, at)
        step(walk, Step.DECLINED, by=by, words=words, at=at, said_by=said)
    return recorded("walks.decline_walk", walk, by=by, words=words)


@operation("walks.rest_walk")
def rest_walk(
    *, by: Person, walk: Walk, words: str = "", ties: Sequence[Tie] = (), said_by: Person | None = None,
    at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """The walk rests, as the person wishes. `ties` are those in their circle who carry on. One tap brings it back."""
    policies.check_can_keep(by, walk)
    one_by_one(walk)
    at, said = at or clock.now(), who_said(walk, by, said_by)
    if walk.state != State.RESTING:
        becomes(walk, State.RESTING, at)
        rested = step(walk, Step.RESTED, by=by, words=words, at=at, said_by=said)
        for tie in ties:
            add(CarriesOn(step=rested, tie=tie))
    return recorded("walks.rest_walk", walk, by=by, words=words)


@operation("walks.come_back")
def come_back(
    *, by: Person, walk: Walk, words: str = "", said_by: Person | None = None, reads: bool = True,
    at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Back, in one tap, and never an intake: the same two if they still serve, else somebody named at once.

    Where no two are there it is not refused: the walk waits, offered, with whoever is; they and a human at the
    door hear of it at once (I11). `reads`: whoever is new here may read their story, which is their own say-so.
    """
    policies.check_can_come_back(by, walk)
    one_by_one(walk)
    at = at or clock.now()
    if walk.state == State.WALKING:  # tapped twice: they walk together, and nobody's place changes by it
        return recorded("walks.come_back", walk, by=by, words=words)
    found = up_to_two_who_can(walk, by=by)
    walker, cover = [*found, None, None][:2]
    people = people_of(walk)
    if cover is not None:
        becomes(walk, State.WALKING, at)
    elif walk.state != State.OFFERED:
        becomes(walk, State.OFFERED, at)
    step(walk, Step.CAME_BACK, by=by, words=words, at=at, said_by=said_by)
    if reads and walker is not None and cover is not None:
        let_two_read(walker, cover, by=by, people=people, at=at)
    gone = keeps(walk, {WALKER: walker, COVER: cover}, by=by, at=at)
    reads_no_more(gone, by=by, people=everyone_of(walk), at=at)
    recorded("walks.come_back", walk, by=by, words=words, about=people[0].pk)
    if cover is None:
        _say_so_at_the_door(walk, walker, by=by)
    return walk


def _say_so_at_the_door(walk: Walk, walker: Person | None, *, by: Person) -> None:
    """Whoever is there, and a human who can find a second, hear of it at once. It says nobody's name and no word."""
    words = format_lazy(
        gettext_lazy("Somebody came back to their walk, and {who}. Please see today that two are there for them."),
        who=format_lazy(gettext_lazy("only {called} is here"), called=walker.called)
        if walker else gettext_lazy("nobody is here"),
    )  # fmt: skip
    told = [walker, humans.to_alarm(but_not=walker), somebody_at_the_door(but_not=walker)]
    for whom in dict.fromkeys(one for one in told if one is not None and one != by):
        send(
            by=by, to=whom, subject=gettext_lazy("Somebody came back"), words=words, about=walk,
            reference=f"came-back-{walk.pk}-{walk.state_at:%Y%m%d%H%M%S}-{whom.pk}",
            link=reverse("one_walk", args=[walk.pk]) if whom == walker else reverse("lead"),
        )  # fmt: skip
