"""Every address there is, filled with the keys of everything there is.

Most holes name a model ("say_so" is a SaySo), so a new room needs nothing here. A hole that names none stands
in `HOLES`; `test_pages` fails with a sentence where one is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from tests import crawl
from tests.leaks import words
from tests.leaks.place import Here

# "hole" or "address's name.hole": a model and the column whose values fill it, or one value.
HOLES: dict[str, tuple[str, str] | str] = {
    "place_neighbourhood.slug": ("accounts.Neighbourhood", "slug"),
    "slug": ("people.Organisation", "slug"),
    "reason": ("consent.LegalReason", "id"),
    "held": ("people.RoleHeld", "id"),
    "same": ("people.SamePerson", "id"),
    "look": ("audit.Look", "id"),
    "line": ("accounts.EasyReadLine", "id"),
    "steward_easy_read.page": "who_looked",
    "steward_easy_read.language": "en",
    # Keys that are somebody's own secret: nobody else's leads anywhere.
    "sign_in_with_link.key": "nobody-was-given-this-key",
    "hello_key.key": "nobody-was-given-these-words",
    "calendar_feed.token": "nobody-was-given-this-calendar",
    "mfa_remove_webauthn.pk": "1",
}
# What leads from a row to the person it is about.
UPWARDS = ("person_id", "part", "version", "tie", "say_so", "hello", "message", "wait")


@dataclass(frozen=True)
class Filled:
    """One address, the page it belongs to, and whose it is (None where it is nobody's)."""

    page: crawl.Page
    address: str
    whose: UUID | None = None


class Keys:
    """What may stand in the holes of an address, and whose each of it is."""

    def __init__(self, here: Here, most: int) -> None:
        """Read as the owner. `most` values a hole, as different from one another as there are."""
        self.here, self.most = here, most
        self.models = {
            name: words.label(model) for model in reversed(apps.get_models()) for name in _names_of(model)
        }
        self._whose: dict[str, dict[Any, UUID | None]] = {}
        self._values: dict[str, list[tuple[Any, UUID | None]]] = {}

    def of(self, page: crawl.Page, hole: str) -> list[tuple[Any, UUID | None]] | None:
        """Values for a hole of a page with whose they are; None where nobody said what belongs in it."""
        own = f"{page.name}.{hole}"
        told = HOLES.get(own, HOLES.get(hole))
        if isinstance(told, str):
            return [(told, None)]
        model, column = told or (self.models.get(hole.replace("_", "").lower(), ""), "id")
        if not model:
            return None
        return self._values.setdefault(f"{model}.{column}", self._read(model, column))

    def _read(self, model: str, column: str) -> list[tuple[Any, UUID | None]]:
        table = _model(model)._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT id, "{column}" FROM "{table}"')
            values = dict(cursor.fetchall())
        whose = self._owners(model)
        ordered = [key for key in self.here.rows[model] if key in values]
        return self._varied([(values[key], whose.get(key)) for key in ordered])

    def _varied(self, found: list[tuple[Any, UUID | None]]) -> list[tuple[Any, UUID | None]]:
        """At most so many, taking turns between the people they are about."""
        piles: dict[UUID | None, list[tuple[Any, UUID | None]]] = {}
        for value, whose in found:
            piles.setdefault(whose, []).append((value, whose))
        taken = []
        while piles and len(taken) < self.most:
            for whose in list(piles):
                taken.append(piles[whose].pop(0))
                if not piles[whose]:
                    del piles[whose]
        return taken[: self.most]

    def _owners(self, model: str) -> dict[Any, UUID | None]:
        """Whose each row is, by following its keys upwards."""
        if model == "people.Person":
            return {key: key for key in self.here.rows[model]}
        if model in self._whose:
            return self._whose[model]
        found: dict[Any, UUID | None] = {}
        columns = {field.name: field for field in _model(model)._meta.concrete_fields}
        up = next((name for name in UPWARDS if name in columns or name.removesuffix("_id") in columns), None)
        if up is not None:
            field = columns.get(up) or columns[up.removesuffix("_id")]
            above = {} if up == "person_id" else self._owners(words.label(field.related_model))
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT id, "{field.column}" FROM "{_model(model)._meta.db_table}"')
                found = {key: above.get(value) if above else value for key, value in cursor.fetchall()}
        self._whose[model] = found
        return found


def _names_of(model: Any) -> Iterator[str]:
    name = model.__name__.lower()
    yield name
    # "part" and "version" are short for a story's part and its version; "why" for a why that was asked.
    yield from SHORT.get(words.label(model), ())


SHORT = {
    "story.StoryPart": ("part",),
    "story.PartVersion": ("version",),
    "messages.WhyAsked": ("why",),
    "accounts.SignInLink": ("link", "linkid"),
    "accounts.Account": ("accountid",),
    "usersessions.UserSession": ("session",),
}


def _model(name: str) -> Any:
    return next(model for model in apps.get_models() if words.label(model) == name)


def filled(here: Here, most: int) -> tuple[list[Filled], list[str]]:
    """Every address with values in its holes, and a sentence for each page that has none."""
    keys, found, lacking = Keys(here, most), [], []
    for page in crawl.pages():
        if not (values := _filled(page, keys)):
            lacking.append(
                f"{page.name or page.route}: say in HOLES (tests/leaks/addresses.py) what stands in "
                f"{', '.join(page.holes)}, or write such a row in tests/leaks/place.py"
            )
        found += values
    return found, lacking


def _filled(page: crawl.Page, keys: Keys) -> list[Filled]:
    made = []
    for values, whose in _values(page, keys):
        address = crawl.address_of(page, values)
        if address is not None:
            made.append(Filled(page, address, whose))
    return made


def _values(page: crawl.Page, keys: Keys) -> Iterator[tuple[dict[str, Any], UUID | None]]:
    """Values for all holes at once. A thing stands under the person it is about, and under somebody else."""
    holes = [hole for hole in page.holes if hole != "person"]
    if not holes:
        for key, whose in keys.of(page, "person") or [] if page.holes else [("", None)]:
            yield ({"person": key} if page.holes else {}), whose
        return
    lists = [keys.of(page, hole) for hole in holes]
    if None in lists:
        return
    for row in zip(*lists, strict=False):
        values = {hole: value for hole, (value, _) in zip(holes, row, strict=True)}
        whose = row[0][1]
        if "person" in page.holes:
            yield values | {"person": whose or keys.here.ada.pk}, whose
            if whose is not None:
                yield values | {"person": keys.here.sister.pk}, whose
        else:
            yield values, whose
