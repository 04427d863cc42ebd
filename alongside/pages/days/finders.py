"""The worker's morning, put together from walks, promises and the door.

It says names and days, and the words of nobody's page but promises of the viewer's own making. So it writes no
look: a look at every person every morning would bury those that mean something (I17, ADR 4), and whoever wants
the words opens the page, where the look is written.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.consent.policies import selves
from alongside.doings import queries as doings
from alongside.doings.told import ToldPromise, Words, tell_promise
from alongside.kernel import clock
from alongside.messages.mornings import AtTheDoor, at_the_door
from alongside.people.models import Person
from alongside.walks.models import SaidFull
from alongside.walks.queries import said_full
from alongside.walks.queries.mornings import Came, Walked, morning_of
from alongside.walks.queries.names import names_of

# What came is told for a week and then stands where it was said: nothing here counts what was not opened.
A_WEEK = dt.timedelta(days=7)
A_FORTNIGHT = dt.timedelta(days=14)


@dataclass(frozen=True)
class Row:
    """Somebody the viewer walks with, and the next that was promised about them."""

    walked: Walked
    next: ToldPromise | None


@dataclass(frozen=True)
class Due:
    """A promise, and whether it is the viewer's own: then its words are theirs already.

    Who made it is named where they are somebody here; words for anybody else stand on the plan alone.
    """

    told: ToldPromise
    is_mine: bool

    @property
    def who(self) -> Words:
        """Whoever made it."""
        named = self.told.promise.owner_id or self.told.promise.organisation_id
        return self.told.owner if named else _("Somebody")


@dataclass(frozen=True)
class Today:
    """One worker's day. Everything is in the order of names or of days."""

    mine: Sequence[Row]
    covering_today: Sequence[Row]
    covering: Sequence[Row]
    resting: Sequence[Walked]
    quiet: Sequence[Walked]
    coming: Sequence[Due]
    my_promises: Sequence[Due]
    their_promises: Sequence[Due]
    came: Sequence[Came]
    door: AtTheDoor
    full: SaidFull | None


def today(viewer: Person) -> Today:
    """The viewer's own morning: as many statements whoever they walk with."""
    now, day = clock.now(), clock.today()
    morning = morning_of(viewer=viewer, since=now - A_WEEK)
    around = doings.promises_around(viewer=viewer, people=morning.people, until=day + A_FORTNIGHT)
    promised = doings.people_in(around)
    # Names are asked for once, for the whole page.
    others = names_of(viewer, (morning.others | promised) - set(morning.called))
    called = doings.also_on_plans({**others, **morning.called}, promised)
    promises = [tell_promise(promise, called) for promise in around]
    people = morning.walked(called)
    due = [_due(viewer, told) for told in promises if told.promise.day <= day]
    coming = [each for each in due if _comes_today(each.told, day)]
    due = [each for each in due if each not in coming]
    rows = [Row(one, _next(promises, one.who.pk, day)) for one in people if not _rests(one)]
    cover = [row for row in rows if not row.walked.is_walker]
    return Today(
        mine=[row for row in rows if row.walked.is_walker],
        covering_today=[row for row in cover if row.walked.away_until],
        covering=[row for row in cover if not row.walked.away_until],
        resting=[one for one in people if _rests(one)],
        quiet=[one for one in people if one.is_quiet and (one.is_walker or one.away_until)],
        coming=coming,
        my_promises=[each for each in due if each.is_mine],
        their_promises=[each for each in due if not each.is_mine],
        came=morning.told(called),
        door=at_the_door(viewer=viewer, since=now - A_WEEK),
        full=said_full(viewer=viewer),
    )


def _due(viewer: Person, told: ToldPromise) -> Due:
    return Due(told, bool({told.promise.owner_id, told.promise.answering_id} & selves(viewer)))


def _rests(one: Walked) -> bool:
    return bool(one.walk.state == "resting")


def _comes_today(told: ToldPromise, day: dt.date) -> bool:
    return told.promise.coming and told.promise.day == day


def _next(promises: Sequence[ToldPromise], person: UUID, day: dt.date) -> ToldPromise | None:
    return next(
        (told for told in promises if told.promise.person_id == person and told.promise.day >= day), None
    )
