"""What the page of one emergency puts together, for whoever may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.audit.models import Look
from alongside.consent.emergencies import policies, queries
from alongside.consent.models import Opening
from alongside.consent.policies import selves
from alongside.consent.queries import names_of
from alongside.pages.emergencies.told import told
from alongside.pages.person.looks import PAGES
from alongside.people.models import Channel, Person, Reach


@dataclass(frozen=True)
class ToRing:
    """Whom to ring first, how the person is reached, and how never."""

    walkers: Sequence[Person]
    reach: Reach | None

    @property
    def never(self) -> list[str]:
        """The ways in which they never are, in words."""
        return [str(Channel(way).label) for way in self.reach.never] if self.reach else []


def read(looks: Iterable[Look]) -> list[tuple[Any, Look]]:
    """What was opened, in the person's words for each page, and when."""
    return [(PAGES.get(look.page, look.page), look) for look in looks]


def context_of(viewer: Person, opening: Opening) -> dict[str, Any]:
    """Everything the page shows of one emergency, and what the viewer may do about it."""
    (one,) = told([opening])
    words = list(opening.answers.all())
    names = names_of({said.by_id for said in words})
    own = opening.person_id in selves(viewer)
    open_now = queries.is_open(viewer=viewer, opening=opening)
    return {
        "one": one,
        "opening": opening,
        "own": own,
        "open_now": open_now,
        "mine": opening.by_id == viewer.pk,
        "i_tell": opening.tells_id == viewer.pk,
        "read": read(queries.looks_by(viewer=viewer, opening=opening)),
        "said": [(said, names.get(said.by_id)) for said in words],
        "may_review": policies.check_can_review.allows(viewer, opening),
        "may_tell": not own and policies.check_can_tell_of_opening.allows(viewer, opening),
        "may_close": open_now and policies.check_can_close_opening.allows(viewer, opening),
        "may_say": policies.check_can_say_of_opening.allows(viewer, opening),
    }
