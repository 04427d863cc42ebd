"""What the pages of people put together: whose page is open to me and why, and what a search brought."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from alongside.consent import finding
from alongside.consent.models import Basis
from alongside.consent.policies import live_bases, pages_of
from alongside.consent.queries import first_given
from alongside.people.models import Person, RoleHeld
from alongside.people.queries import roles_today


@dataclass(frozen=True)
class Open:
    """Somebody whose page is open to me: on what basis, and since when, however often it was given again."""

    person: Person
    basis: Basis
    since: dt.datetime


@dataclass(frozen=True)
class Row:
    """Somebody a search found: with what they are here, and whether their page is open to me."""

    person: Person
    role: RoleHeld | None
    open: bool


def open_to(viewer: Person) -> list[Open]:
    """Everybody whose page is open to the viewer, by name, each once, with the widest basis."""
    widest: dict[UUID, Basis] = {}
    for held in live_bases(viewer):
        widest.setdefault(held.person_id, held)
    began = first_given(viewer=viewer)
    return [
        Open(person, basis, began.get(basis.say_so_id, basis.from_at) if basis.say_so_id else basis.from_at)
        for person in pages_of(viewer)
        if (basis := widest.get(person.pk)) is not None
    ]


def search(viewer: Person, words: str, opened: list[Open]) -> tuple[list[Row], finding.Found]:
    """People the viewer may find by part of a name, the viewer left out."""
    found = finding.find_people(viewer=viewer, words=words)
    roles = roles_today(person.pk for person in found.people)
    may_open = {row.person.pk for row in opened}
    rows = [
        Row(person, next(iter(roles.get(person.pk, [])), None), person.pk in may_open)
        for person in found.people
        if person.pk != viewer.pk
    ]
    return rows, found
