"""Canaries: every private or shared word in the database becomes a word of its own that tells where it stood.

What is a word is read from the models' own sensitivity, so a text field added tomorrow is covered without
anybody remembering it. A token is "zaq" and four syllables; three of them are enough to know it again when a
page cuts it short.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from alongside.kernel.models import OPEN, sensitivity_of

CONSONANTS, VOWELS = "bdfgklmnprstvjz", "aeiou"
SYLLABLES = [c + v for c in CONSONANTS for v in VOWELS]
KNOWN_AGAIN = 9  # letters of a token that are its own
TOKEN = re.compile(r"zaq[a-z]{6,8}")
# A private number (of seconds) becomes one that nothing else counts, known again in minutes too.
NUMBER = re.compile(r"(?<![\w.-])\d{7,9}(?![\w-])")
EVERYBODY = "zaq"  # what all tokens begin with: a search for it asks for everything at once

# Text that is no word about anybody, and why.
NOT_WORDS = {
    "language": "a BCP 47 tag",
    "content_type": "a media type",
    "audit.Event.did": "the name of an operation",
    "audit.Event.work": "the name of a work",
    "audit.Event.thing": "the name of a table",
    "audit.Event.fields": "digests, salted",
    "audit.Look.page": "the name of a page",
    "audit.Look.parts": "keys",
    "audit.Carried.trouble": "why seals could not be taken to a folder or sent",
    "messages.WhyAsked.page": "the name of a page",
    "messages.Message.about_type": "the name of a table",
    "messages.Delivery.about_type": "the name of a table",
    "story.OnePage.parts": "keys",
    "walks.Walk.about": "the name of a table",
}
# Secrets whose own value is watched, since they mean something only as they are.
AS_THEY_ARE = re.compile(r"^(!|\$?argon2|pbkdf2_|[0-9a-f]{40,})")
# Tables of libraries cannot declare a sensitivity themselves.
OF_LIBRARIES = {
    "account.EmailAddress": {"email"},
    "usersessions.UserSession": {"user_agent"},
    "mfa.Authenticator": {"data"},
}


@dataclass(frozen=True)
class Cell:
    """Where a word stood: the model, the row, the field."""

    model: str
    pk: Any
    field: str

    def __str__(self) -> str:
        return f"{self.model}.{self.field} of {self.pk}"


def label(model: type[models.Model]) -> str:
    """How a model is called here: "story.Tie"."""
    return f"{model._meta.app_label.replace('alongside_', '')}.{model.__name__}"


def token(number: int) -> str:
    """The token of one number, pronounceable, below 75 to the power of three."""
    mixed = (number * 104_729 + 31_337) % 75**3
    syllables = [SYLLABLES[mixed // 75**place % 75] for place in range(3)]
    return "zaq" + "".join(syllables) + SYLLABLES[number % 75]


def is_text(field: Any) -> bool:
    """Whether a field holds words somebody wrote."""
    if isinstance(field, ArrayField):
        return is_text(field.base_field)
    return isinstance(field, models.CharField | models.TextField | models.JSONField) and not field.choices


def _watched(model: type[models.Model], field: Any) -> bool:
    own = f"{label(model)}.{field.name}"
    if field.name in OF_LIBRARIES.get(label(model), ()):
        return True
    if sensitivity_of(field) in (OPEN, None) or field.name in NOT_WORDS or own in NOT_WORDS:
        return False
    return is_text(field) or _is_private_day(field) or _is_private_number(field)


def _is_private_number(field: Any) -> bool:
    number = isinstance(field, models.IntegerField) and not field.primary_key
    return number and sensitivity_of(field) == "private"


def _is_private_day(field: Any) -> bool:
    day = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
    return day and sensitivity_of(field) == "private"


def watched() -> Iterator[tuple[type[models.Model], list[Any]]]:
    """Every model that holds words of somebody's, with those fields."""
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if _watched(model, field)]
        if fields:
            yield model, fields


class Canaries:
    """The tokens of one database, and the cell each stood in."""

    def __init__(self) -> None:
        self.by_stem: dict[str, Cell] = {}
        self.as_they_are: dict[str, Cell] = {}
        self.numbers: dict[str, Cell] = {}
        self.of: dict[Cell, str] = {}

    def mint(self, cell: Cell) -> str:
        """A new token for a cell."""
        made = token(len(self.by_stem))
        self.by_stem[made[:KNOWN_AGAIN]] = cell
        self.of[cell] = made
        return made

    def watch(self, value: str, cell: Cell) -> None:
        """Watch a value as it is."""
        self.as_they_are[value.lower()] = cell
        self.of[cell] = value

    def watch_number(self, cell: Cell) -> int:
        """A number of seconds of its own for a cell, known again as it is and in minutes."""
        minutes = 7_300_000 + 37 * (len(self.numbers) // 2 + 1)
        self.numbers |= {str(minutes): cell, str(60 * minutes): cell}
        self.of[cell] = str(minutes)
        return 60 * minutes

    def watch_file(self, upload: Any) -> None:
        """A token for the bytes of an upload's file."""
        self.mint(Cell("story.Upload", upload.pk, "file"))

    def found_in(self, text: str, typed: str = "") -> set[Cell]:
        """The cells whose words stand in a text; what the viewer `typed` themself and comes back is no news."""
        low = text.lower()
        found = {self.by_stem[hit[:KNOWN_AGAIN]] for hit in self._hits(low) if hit not in typed.lower()}
        found |= {self.numbers[hit] for hit in set(NUMBER.findall(low)) if hit in self.numbers}
        return found | {cell for value, cell in self.as_they_are.items() if value in low}

    def _hits(self, low: str) -> Iterator[str]:
        for hit in set(TOKEN.findall(low)):
            if hit[:KNOWN_AGAIN] in self.by_stem:
                yield hit

    def token_of(self, model: str, pk: Any, field: str) -> str:
        """The token of one cell."""
        return self.of[Cell(model, pk, field)]


def put_in_place() -> Canaries:
    """Replace every watched word of this database by its token. Call as the owner.

    Triggers that keep the audit as it is are asleep meanwhile: this is not a write of the house.
    """
    canaries = Canaries()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, fields in watched():
            _replace(cursor, model, fields, canaries)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return canaries


def given(canaries: Canaries) -> set[Cell]:
    """The cells in all rows of all tables that the database gives to whoever acts."""
    seen: set[Cell] = set()
    with connection.cursor() as cursor:
        for model, fields in watched():
            columns = ", ".join(f'"{field.column}"' for field in fields)
            cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
            seen |= canaries.found_in("\n".join(str(value) for row in cursor.fetchall() for value in row))
    return seen


def _replace(cursor: Any, model: type[models.Model], fields: list[Any], canaries: Canaries) -> None:
    table, key = model._meta.db_table, model._meta.pk.column
    columns = ", ".join(f'"{field.column}"' for field in fields)
    cursor.execute(f'SELECT "{key}", {columns} FROM "{table}" ORDER BY ctid')
    changed = []
    for pk, *values in cursor.fetchall():
        new = [
            _canary(field, value, Cell(label(model), pk, field.name), canaries)
            for field, value in zip(fields, values, strict=True)
        ]
        changed.append([*new, pk])
    sets = ", ".join(f'"{field.column}" = %s' for field in fields)
    cursor.executemany(f'UPDATE "{table}" SET {sets} WHERE "{key}" = %s', changed)


def _canary(field: Any, value: Any, cell: Cell, canaries: Canaries) -> Any:
    if value in (None, "", [], {}):
        return field.get_db_prep_save(value, connection)
    if _is_private_day(field):
        return _a_day_of_its_own(cell, canaries)
    if _is_private_number(field):
        return canaries.watch_number(cell)
    if isinstance(value, str) and AS_THEY_ARE.match(value):
        canaries.watch(value, cell)
        return value
    if isinstance(field, ArrayField):
        return [canaries.mint(cell)]
    if isinstance(field, models.JSONField):
        return field.get_db_prep_save({"words": canaries.mint(cell)}, connection)
    made = canaries.mint(cell)
    return f"{made}@example.org" if isinstance(field, models.EmailField) else made


def _a_day_of_its_own(cell: Cell, canaries: Canaries) -> dt.date:
    """A day nobody else has, watched as a page and as a machine would write it."""
    day = dt.date(1903, 2, 1) + dt.timedelta(days=37 * len(canaries.as_they_are))
    canaries.watch(f"{day.day} {day:%B %Y}", cell)
    canaries.watch(day.isoformat(), cell)
    return day
