"""Beside its beginning, resting and coming back: who covers, who joins and leaves, moved, died, how often we meet."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.walks import policies
from alongside.walks.company import (
    COVER,
    add,
    becomes,
    ends,
    everybody_of,
    held,
    keeps,
    let_read,
    one_by_one,
    reads_no_more,
    recorded,
    step,
    walker_of,
    when_not_there,
)
from alongside.walks.models import Company, Walk, WalkPerson, WalkStep

State, Step = Walk.State, WalkStep.Step


@operation("walks.change_cover")
def change_cover(
    *, by: Person, walk: Walk, cover: Person, words: str = "", reads: bool = True,
    at: dt.datetime | None = None,
) -> Walk:  # fmt: skip
    """Somebody else covers from now on, never the walker. What opened the page to whoever did before has ended."""
    policies.check_can_keep(by, walk)
    one_by_one(walk)
    at, walker = at or clock.now(), walker_of(walk)
    policies.check_can_cover(cover, walker)
    people = everybody_of(walk)
    step(walk, Step.COVER_CHANGED, by=by, words=words, at=at)
    if reads and walk.state != State.OFFERED:
        let_read(cover, by=by, people=people, for_what=when_not_there(walker), at=at)
    gone = keeps(walk, {COVER: cover}, by=by, at=at)
    reads_no_more(gone, by=by, people=people, at=at)
    return recorded("walks.change_cover", walk, by=by, words=words, about=people[0].pk)


@operation("walks.join_walk")
def join_walk(
    *, by: Person, walk: Walk, person: Person, words: str = "", at: dt.datetime | None = None
) -> Walk:
    """One more of their own is walked with too, with their yes. Each keeps a page of their own.

    Nothing of theirs opens by it: that is their own say-so. Raises Denied; ValueError for whoever keeps the walk.
    """
    policies.check_keeps(by, walk)
    one_by_one(walk)
    at = at or clock.now()
    if Company.objects.filter(policies.keeping_now(), walk=walk, person=person).exists():
        raise ValueError(_("Whoever keeps a walk is not also walked with on it."))
    if not WalkPerson.objects.filter(walk=walk, person=person, to_at__isnull=True).exists():
        policies.check_can_join_them(by, person)
        add(WalkPerson(walk=walk, person=person, from_at=at))
        step(walk, Step.JOINED, by=by, words=words, at=at, said_by=person)
    return recorded("walks.join_walk", walk, by=by, words=words, about=person.pk)


@operation("walks.leave_walk")
def leave_walk(
    *, by: Person, walk: Walk, person: Person, words: str = "", at: dt.datetime | None = None
) -> Walk:
    """One of several goes on without; the walk stays with the others, and whoever keeps it reads theirs no more.

    Raises Denied; ValueError with a sentence for the last one, who lets it rest instead.
    """
    policies.check_can_keep(by, walk)
    policies.check_is_walked_with(person, walk)
    one_by_one(walk)
    row, at = WalkPerson.objects.get(walk=walk, person=person, to_at__isnull=True), at or clock.now()
    if walk.people.filter(to_at__isnull=True).count() < 2:
        raise ValueError(_("You are the only one on this walk. It can rest, as long as you like."))
    step(walk, Step.LEFT, by=by, words=words, at=at, said_by=person)
    keep = [one.person for one in Company.objects.filter(policies.keeping_now(), walk=walk)]
    recorded("walks.leave_walk", walk, by=by, words=words, about=person.pk)
    ends(row, at)
    reads_no_more(keep, by=by, people=[person], at=at)
    held()
    return walk


@operation("walks.moved_away")
def moved_away(*, by: Person, walk: Walk, words: str = "", at: dt.datetime | None = None) -> Walk:
    """They moved away. Coming back is one tap, whenever it is."""
    policies.check_can_keep(by, walk)
    one_by_one(walk)
    at = at or clock.now()
    if walk.state != State.MOVED:
        becomes(walk, State.MOVED, at)
        step(walk, Step.MOVED, by=by, words=words, at=at)
    return recorded("walks.moved_away", walk, by=by, words=words)


@operation("walks.died")
def died(*, by: Person, walk: Walk, words: str = "", at: dt.datetime | None = None) -> Walk:
    """They died. What was said stays as it was said; who kept the walk may still read it, to answer for it."""
    policies.check_keeps(by, walk)
    one_by_one(walk)
    at = at or clock.now()
    if walk.state != State.DIED:
        becomes(walk, State.DIED, at)
        step(walk, Step.DIED, by=by, words=words, at=at)
    return recorded("walks.died", walk, by=by, words=words)


@operation("walks.say_usual")
def say_usual(
    *, by: Person, walk: Walk, words: str, days: int | None = None, at: dt.datetime | None = None
) -> Walk:
    """How often we meet, in the person's words; `days` between, where the words say so. It asks nothing of anybody."""
    policies.check_can_keep(by, walk)
    walk.usual_words, walk.usual_days = words.strip(), days
    walk.save(update_fields=["usual_words", "usual_days"])
    step(walk, Step.USUAL, by=by, words=words, at=at or clock.now())
    return recorded("walks.say_usual", walk, by=by, words=words)
