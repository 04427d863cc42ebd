"""Who may find whom: one written policy, the search that keeps it, and the one exact question beyond it.

It stands here and not in `people`, because finding somebody needs a Basis. Row-level security and the two
functions `guard.find_people` and `guard.someone_walks_with` (`people/row_security.py`) say the same in SQL.
"""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.audit import recording
from alongside.audit.models import Event
from alongside.audit.recording import operation, record
from alongside.consent.models import SaySo
from alongside.consent.operations import say_close
from alongside.consent.policies import live_bases, selves
from alongside.kernel import clock
from alongside.kernel.policy import Denied, narrow, policy
from alongside.people.models import Person, Role, RoleHeld
from alongside.people.operations.people import tidy
from alongside.people.policies import ASKING_AFTER, held_now, holds
from alongside.people.problems import wrong

KNOWN = "consent.say_i_know_them"
ASKED_AFTER = "consent.ask_after"
EXACT_SEARCH = "exact search"
A_DAY = 20
SHORTEST = 2
SHOWN = 20


def may_find(viewer: Person) -> Q:
    """The one policy of who may find whom, as the condition on a Person. Four statements.

    A steward finds everybody, by name, to look after names and roles (no story, no other name). Anybody
    else finds themself, those whose page is open to them, those they gave a say-so to, and those who serve
    the place today. Nobody finds anybody because they live next door, or because they share a child.
    """
    if holds(viewer, Role.STEWARD):
        return Q()
    open_to_me = {basis.person_id for basis in live_bases(viewer)}
    own = selves(viewer)
    said_to = SaySo.objects.filter(person__in=own).values("given_to")
    serving = RoleHeld.objects.filter(held_now()).values("person")
    return Q(pk__in=own | open_to_me) | Q(pk__in=said_to) | Q(pk__in=serving)


@policy(
    because=_lazy(
        "That somebody walks with a person is part of their story; it is told only to those whose work may "
        "bring them to that person's door. UK GDPR article 5(1)(b)."
    )
)
def check_can_ask_after(viewer: Person | None, thing: object = None) -> None:
    """Those whose work may bring them to somebody's door may ask whether anyone walks with them."""
    if not holds(viewer, *ASKING_AFTER):
        raise Denied(_("Say hello for them at the front door. Somebody there finds out, and goes with you."))


@policy(because=_lazy("A name asked after again and again is a way of going through a list of people."))
def check_has_questions_left(viewer: Person, thing: object = None) -> None:
    """The exact question may be asked so many times a day."""
    if questions_today(viewer) >= A_DAY:
        sentence = _("You have asked after %(count)s names today, and that is as many as there are in a day.")
        raise Denied(sentence % {"count": A_DAY})


def questions_today(viewer: Person) -> int:
    """How many times the viewer has asked the exact question since midnight, in the place's own time."""
    midnight = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time.min))
    return Event.objects.filter(did=ASKED_AFTER, by_id=viewer.pk, at__gte=midnight).count()


@dataclass(frozen=True)
class Found:
    """What a search by part of a name brought: people by name, and whether there are more than are shown."""

    people: list[Person] = field(default_factory=list)
    more: bool = False
    too_short: bool = False


def find_people(*, viewer: Person, words: str, up_to: int = SHOWN) -> Found:
    """People the viewer may find, by part of a name, of what they are called, or (with a Basis) another name.

    At most `up_to` of them; fewer than two letters find nobody. The number of statements does not depend on
    how many there are.
    """
    sought = tidy(words.replace("\x00", ""))  # which PostgreSQL cannot hold
    if len(sought) < SHORTEST:
        return Found(too_short=bool(sought))
    with connection.cursor() as cursor:
        cursor.execute("SELECT guard.find_people(%s, %s)", [sought, up_to + 1])
        keys: list[UUID] = [key for (key,) in cursor.fetchall()]
    may_see = narrow(Person.objects.filter(pk__in=keys), may_find(viewer))
    people = {person.pk: person for person in may_see}
    in_order = [people[key] for key in keys if key in people]
    return Found(in_order[:up_to], more=len(keys) > up_to)


@operation(ASKED_AFTER)
def ask_after(*, by: Person, name: str, why: str) -> list[Person]:
    """Ask whether anyone walks with somebody of exactly this name or other name, and say why.

    Answers only whom to ask: those who walk with them. Nobody for a name nobody has, for somebody no one
    walks with, and for somebody close to the one who asks; the three cannot be told apart, by words or by
    work done. What was told is a look, which the person reads with its why. Raises Denied, also when too
    many names were asked after today, or ValidationError without a name or a why.
    """
    check_can_ask_after(by)
    check_has_questions_left(by)
    if len(tidy(name)) < SHORTEST:
        raise wrong("name", _("Write their whole name, as they would write it."))
    if not tidy(why):
        raise wrong("why", _("Say why you ask. They will read it."))
    record(ASKED_AFTER, by=by, thing=by, person_id=by.pk, fields={"name": name, "why": why})
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, walker FROM guard.someone_walks_with(%s)", [tidy(name)])
        told: list[tuple[UUID, UUID]] = cursor.fetchall()
    for person in {person for person, _walker in told}:
        recording.look(by=by, person_id=person, page=EXACT_SEARCH, why=tidy(why))
    return list(Person.objects.filter(pk__in={walker for _person, walker in told}).order_by("name"))


@operation(KNOWN)
def say_i_know_them(*, by: Person, name: str, words: str = "") -> None:
    """Say "I know them myself" of somebody asked after by exactly this name: kin, neighbour or friend (I18).

    It says nothing back, whoever was meant and whether anybody was: what the law opened to `by` is closed at
    once, and the exact question answers them nothing about that name any more. Raises Denied as `ask_after`.
    """
    check_can_ask_after(by)
    record(KNOWN, by=by, thing=by, person_id=by.pk, fields={"name": name})
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT person FROM guard.someone_walks_with(%s)", [tidy(name)])
        known: list[UUID] = [key for (key,) in cursor.fetchall()]
    for key in known:
        # Only the key: who they are is not told to the one who says this.
        say_close(by=by, person=Person(pk=key), other=by, words=tidy(words) or _("I know them myself"))
