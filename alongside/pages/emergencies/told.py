"""Emergencies with the names of those in them, for whoever may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from alongside.consent.models import Opening
from alongside.consent.queries import names_of
from alongside.people.models import Person


@dataclass(frozen=True)
class Told:
    """One emergency with the names of those in it, as far as the viewer may know them."""

    opening: Opening
    person: Person | None
    by: Person | None
    reviewer: Person | None
    tells: Person | None

    @property
    def was_not_right(self) -> bool:
        """Whether it should not have been opened."""
        return self.opening.found == Opening.Found.NOT_RIGHT


def told(openings: Iterable[Opening]) -> list[Told]:
    """Each with its names. One statement for all of them, two where there are any."""
    found = list(openings)
    keys = {key for one in found for key in (one.person_id, one.by_id, one.reviewer_id, one.tells_id) if key}
    names: dict[UUID, Person] = names_of(keys) if keys else {}
    return [
        Told(
            opening=one,
            person=names.get(one.person_id),
            by=names.get(one.by_id),
            reviewer=names.get(one.reviewer_id) if one.reviewer_id else None,
            tells=names.get(one.tells_id),
        )
        for one in found
    ]
