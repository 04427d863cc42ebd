"""Who may ask whose pages somebody opened, and be told a name.

Row-level security (`audit/row_security.py`: `guard.looks_asked_for`, `guard.tell_name`) says the same in SQL.
"""

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.audit.models import LONGEST, Question
from alongside.kernel import clock
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person, Role, RoleHeld
from alongside.people.policies import holds, is_own

ANSWERED_FOR = dt.timedelta(days=1)


@policy(
    because=_lazy(
        "Who works with whom is watched by nobody; misuse is looked into by a named steward, and whoever is asked"
        " about reads it; Human Rights Act 1998, article 8."
    )
)
def check_can_ask_whose_pages(viewer: Person | None, person: Person) -> None:
    """A place steward, about another who serves here or did, and never about a resident."""
    if not holds(viewer, Role.STEWARD):
        raise Denied(_("A place steward can ask this, with a reason. Tell them what worries you."))
    if is_own(viewer, person):
        raise Denied(_("Another place steward asks this about you."))
    if not RoleHeld.objects.filter(person=person).exists():
        raise Denied(_("This is asked only about those who work here."))


@policy(
    because=_lazy("An answer is for the one who asked, while their reason holds; UK GDPR article 5(1)(b).")
)
def check_can_read_answer(viewer: Person | None, thing: Question) -> None:
    """The steward who asked, for a day."""
    if viewer is None or not holds(viewer, Role.STEWARD) or thing.look.by_id != viewer.pk:
        raise Denied(_("This was asked by another place steward, and answered to them."))
    if thing.look.at <= clock.now() - ANSWERED_FOR:
        raise Denied(_("This was answered for a day. Ask again, and say why."))


class OneLook(NamedTuple):
    """One line of an answer: the question, and what was opened (`queries.Opened`)."""

    question: Question
    opened: Any


@policy(because=_lazy("One name at a time, each for a reason its owner reads; UK GDPR article 5(1)(c)."))
def check_can_be_told_name(viewer: Person | None, thing: OneLook) -> None:
    """The steward who asked, as long as they are answered, where they do not know the name yet."""
    check_can_read_answer(viewer, thing.question)
    if thing.opened.person is not None:
        raise Denied(_("You know this name already: it stands in the list."))


@policy(because=_lazy("Whoever is asked about reads why; a look without a why is one more secret."))
def check_says_why_asked(viewer: Person | None, thing: str) -> None:
    """Some words on why."""
    if not thing.strip():
        raise Denied(_("Say in a few words why you ask. They read it."))


class Days(NamedTuple):
    """From a moment to before another."""

    from_at: dt.datetime
    to_at: dt.datetime


@policy(because=_lazy("Years of somebody's days laid out at once is watching, not asking."))
def check_asks_a_short_time(viewer: Person | None, thing: Days) -> None:
    """At most three months at once, and the first day before the last."""
    if thing.to_at <= thing.from_at:
        raise Denied(_("The first day comes before the last."))
    if thing.to_at - thing.from_at > LONGEST:
        raise Denied(_("Ask about three months or less at once."))


@policy(
    because=_lazy(
        "Who is walked with is theirs to tell, most of all to those close to them; UK GDPR article 34 has a place"
        " tell whoever was harmed."
    )
)
def check_name_may_be_told(viewer: Person | None, thing: UUID | None) -> None:
    """One name at a time, of a look in one's own answer, and of nobody close."""
    # `thing` is whose it is, or None where the database does not tell.
    if thing is None:
        raise Denied(_("This name is not told to you. Another place steward can ask for it."))
