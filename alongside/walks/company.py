"""Who keeps a walk, who of them reads, and each step written down: what every operation on a walk is made of.

None of this is done but inside an operation, which records it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.audit.recording import record
from alongside.consent import operations as consent
from alongside.consent.models import Basis
from alongside.consent.policies import live_now
from alongside.kernel.acting import working_on
from alongside.people.models import Person
from alongside.people.policies import selves
from alongside.walks import policies
from alongside.walks.covered import over_where_covered
from alongside.walks.models import Company, Walk, WalkPerson, WalkStep
from alongside.walks.one_at_a_time import one_at_a_time

WALKER, COVER = Company.Part.WALKER, Company.Part.COVER
HELD = (
    "walk_has_one_walker_and_one_cover, cover_is_another_than_the_walker,"
    " walk_has_its_company, company_keeps_its_walk, people_keep_their_walk"
)


def held() -> None:
    """Ask the database now whether every walk of this transaction has its company (I6), not only at its end."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {HELD} IMMEDIATE; SET CONSTRAINTS {HELD} DEFERRED")


def add(row: models.Model) -> None:
    """Write a row that is new."""
    row.save(force_insert=True)


def whose(walk: Walk) -> UUID:
    """The key of the one whose walk it is (of several, the first): whom its audit rows are about."""
    return walk.people.order_by("from_at", "pk").values_list("person_id", flat=True)[0]


def people_of(walk: Walk) -> list[Person]:
    """Whose walk it is now, as far as whoever acts may know them."""
    return [one.person for one in walk.people.filter(to_at__isnull=True).select_related("person")]


def everybody_of(walk: Walk) -> list[Person]:
    """Whose walk it is, each of them: for a change that acts on the story of each.

    One of several may not speak for the others. Raises ValueError with a sentence where they are unknown to
    whoever acts: then whoever walks with all of them writes it down.
    """
    found = people_of(walk)
    if len(found) < walk.people.filter(to_at__isnull=True).count():
        raise ValueError(_("You are several. Say it together to whoever walks with you, who writes it down."))
    return found


def keeper(walk: Walk, part: str) -> Person | None:
    """Who keeps this part of a walk now, or None."""
    found = Company.objects.filter(policies.keeping_now(), walk=walk, part=part).select_related("person")
    return next((row.person for row in found), None)


def walker_of(walk: Walk) -> Person:
    """Whoever walks now. Raises ValueError with a sentence where nobody does at the moment."""
    found = keeper(walk, WALKER)
    if found is None:
        raise ValueError(_("Nobody walks here at the moment. Come back first: that is one tap."))
    return found


def step(
    walk: Walk, what: str, *, by: Person, words: str, at: dt.datetime, said_by: Person | None = None
) -> WalkStep:
    """Write one step of a walk down: `said_by` is the one whose words they are, where `by` wrote them."""
    taken = WalkStep(walk=walk, step=what, words=words.strip(), by=by, said_by=said_by, at=at)
    add(taken)
    return taken


def becomes(walk: Walk, state: str, at: dt.datetime) -> None:
    """The next step. Raises ValueError with a sentence where it does not follow from what the walk is."""
    if not walk.may_become(state):
        raise ValueError(_("This has changed meanwhile. Look at it again, and choose anew."))
    walk.state, walk.state_at = state, at
    walk.save(update_fields=["state", "state_at"])


def one_by_one(walk: Walk) -> None:
    """Two taps at once take turns, and the second finds the walk as the first has left it."""
    one_at_a_time(f"walk {walk.pk}")
    walk.refresh_from_db()


def recorded(did: str, walk: Walk, *, by: Person, words: str = "", about: UUID | None = None) -> Walk:
    """The end of every operation on a walk: it has its company, its gap is over if it was found, and it is recorded."""
    held()
    over_where_covered(by=by, walks=[walk.pk])
    fields = {"state": walk.state, "words": words}
    record(did, by=by, thing=walk, person_id=about or whose(walk), fields=fields)
    return walk


def who_said(walk: Walk, by: Person, said_by: Person | None) -> Person:
    """Whose yes or no it is: one of the walk's own people. Raises Denied, or ValueError where nobody said it."""
    own = selves(by)
    mine = next((person for person in people_of(walk) if person.pk in own), None)
    if (said_by or mine) is None:
        raise ValueError(_("Write down who of them said so: nobody says yes or no for another."))
    policies.check_is_walked_with(said_by or mine, walk)
    return said_by or mine  # type: ignore[return-value]


def ends(row: Company | WalkPerson, at: dt.datetime) -> None:
    """The time that somebody kept a walk, or was walked with, is over; it stands as it was."""
    row.to_at = max(at, row.from_at)
    row.save(update_fields=["to_at"])


def keeps(walk: Walk, wanted: dict[str, Person | None], *, by: Person, at: dt.datetime) -> set[Person]:
    """From `at` on these keep the walk, by their part (None: nobody); whoever did before has done.

    Who comes is written before who goes, and the one who writes it goes last: from then on it is not theirs.
    Returns who keeps the walk no more.
    """
    now = list(Company.objects.filter(policies.keeping_now(), walk=walk).select_related("person"))
    have = {(row.part, row.person_id) for row in now}
    for part, whoever in wanted.items():
        if whoever is not None and (part, whoever.pk) not in have:
            add(Company(walk=walk, person=whoever, part=part, from_at=at))
    gone = [row for row in now if row.part in wanted and wanted[row.part] != row.person]
    for row in sorted(gone, key=lambda row: row.person_id == by.pk):
        ends(row, at)
    stays = set(wanted.values()) | {row.person for row in now if row not in gone}
    return {row.person for row in gone} - stays


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
    """The people of a walk let its walker and its cover read their story: each of them speaks for themself only.

    Where one of several says yes with their own hand, it is their own story that is read from then on.
    """
    own = selves(by)
    mine = [person for person in people if person.pk in own]
    for whoever, for_what in ((walker, _("walking with me")), (cover, when_not_there(walker))):
        let_read(whoever, by=by, people=mine or people, for_what=for_what, at=at)


def reads_no_more(gone: Iterable[Person], *, by: Person, people: Sequence[Person], at: dt.datetime) -> None:
    """What opened a story to somebody who no longer keeps a walk of theirs has done what it was for.

    The house ends it, in the name of `by`: one of several cannot speak for the others, and theirs ends too.
    """
    for whoever in sorted(gone, key=lambda one: one == by):
        for person in people:
            if not _keeps_another(whoever, person):
                with working_on("consent.end", person=by):
                    _end(whoever, person, by=by, at=at)


def everyone_of(walk: Walk) -> list[Person]:
    """Whose walk it is now, by their keys alone: also those whom whoever acts may not know by name."""
    keys = walk.people.filter(to_at__isnull=True).values_list("person_id", flat=True)
    return [Person(pk=key) for key in keys]


def _keeps_another(whoever: Person, person: Person) -> bool:
    """Whether they keep a walk of this person now, this one or another."""
    its = WalkPerson.objects.filter(person=person, to_at__isnull=True).values("walk")
    return Company.objects.filter(policies.keeping_now(), person=whoever, walk__in=its).exists()


def _end(whoever: Person, person: Person, *, by: Person, at: dt.datetime) -> None:
    # Not `live_now`: it joins the person, whom one of several may not know.
    going_on = Q(to_at__isnull=True) | Q(to_at__gt=at)
    for basis in Basis.objects.filter(going_on, actor=whoever, person=person, whole=True, kind="say_so"):
        consent.end_say_so(by=by, say_so=basis.say_so, at=at)
