"""What writing a plan down has in common: who does it, who decided it, the words, and the first step."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.doings import policies, steps
from alongside.doings.models import Doing, Lane, Together
from alongside.people.models import Person
from alongside.story.wording import as_said

# The lanes something is put in and moved between by saying who does it; `to` asks for more.
HERE = {Lane.BY, Lane.BY_WITH_HELP, Lane.FOR}


@dataclass(frozen=True)
class Who:
    """Who owns a doing and who helps: people here, or the words for whoever is not."""

    owner: Person | None = None
    owner_words: str = ""
    helper: Person | None = None
    helper_words: str = ""

    def _doer(self, lane: str, whose: Person | Together, by: Person) -> tuple[Person | None, str]:
        """Who owns it. Where nobody is said to: the person; together, all of them; `for` them, whoever writes."""
        if self.owner is not None or as_said(self.owner_words):
            return self.owner, as_said(self.owner_words)
        if lane == Lane.FOR and by == whose:
            raise ValueError(_("Say who does it for you. A first name is plenty."))
        if lane == Lane.FOR:
            return by, ""
        return (whose, "") if isinstance(whose, Person) else (None, str(_("all of us")))

    def fields(self, lane: str, whose: Person | Together, by: Person) -> dict[str, Any]:
        """What a lane keeps of this. Raises ValueError with a sentence where help names nobody (I3)."""
        owner, owner_words = self._doer(lane, whose, by)
        helper, helper_words = self.helper, as_said(self.helper_words)
        if lane == Lane.BY_WITH_HELP and helper is None and not helper_words:
            raise ValueError(_("Say who helps. A first name is plenty."))
        if lane == Lane.BY:
            helper, helper_words = None, ""
        return {
            "owner": owner, "owner_words": owner_words[:200], "helper": helper, "helper_words": helper_words[:200],
        }  # fmt: skip


NOT_SAID = Who()


def whose_is(person: Person | None, together: Together | None) -> Person | Together:
    """The one a doing is about. Raises ValueError unless it is one of the two."""
    whose = person or together
    if whose is None or (person is not None and together is not None):
        raise ValueError("a doing is about a person or about a together: one of the two")
    return whose


def said(words: str) -> str:
    """The words as they were said. Raises ValueError with a sentence where there are none."""
    if not as_said(words):
        raise ValueError(_("Say it in a word or two."))
    return as_said(words)


def decision(lane: str, *, by: Person, whose: Person | Together, decided_by: Person | None, words: str,
             at: dt.datetime) -> dict[str, Any]:  # fmt: skip
    """What the lane `for` keeps of a decision (I2); nothing in any other. Raises Denied, ValueError."""
    if lane != Lane.FOR:
        return {"decided_by": None, "decided_at": None, "decision_words": ""}
    policies.check_can_decide(by, whose)
    decided_by = decided_by or (whose if isinstance(whose, Person) else by)
    if isinstance(whose, Person) and decided_by != whose:
        raise ValueError(_("Only %(called)s decides this.") % {"called": whose})
    return {"decided_by": decided_by, "decided_at": at, "decision_words": as_said(words)}


def keep(what: str, *, by: Person, at: dt.datetime, **fields: Any) -> Doing:
    """A new doing with its first step."""
    doing = Doing(written_down_by=by, began_at=at, **fields)
    doing.save(force_insert=True)
    steps.add(doing, what, by=by, words="", at=at)
    return doing
