"""The base of every table: an id that tells nothing, and fields that say how sensitive they are."""

import uuid
from typing import Any, ClassVar, TypeVar

from django.db import models

FieldType = TypeVar("FieldType", bound="models.Field[Any, Any]")

OPEN, SHARED, PRIVATE = "open", "shared", "private"


def open_(field: FieldType) -> FieldType:
    """A field anyone may read, also in feeds and on public pages."""
    field.sensitivity = OPEN  # type: ignore[attr-defined]
    return field


def shared(field: FieldType) -> FieldType:
    """A field read by those who have a reason to open the row; never in feeds."""
    field.sensitivity = SHARED  # type: ignore[attr-defined]
    return field


def private(field: FieldType) -> FieldType:
    """A field in somebody's own words, or one that could hurt: never in logs, feeds, audit or prompts."""
    field.sensitivity = PRIVATE  # type: ignore[attr-defined]
    return field


def sensitivity_of(field: "models.Field[Any, Any]") -> str | None:
    """`open`, `shared` or `private`; None where nobody has said (a house test fails on that)."""
    declared = getattr(field.model, "sensitivity", {})
    return getattr(field, "sensitivity", None) or declared.get(field.name)


class Model(models.Model):
    """A row with a random UUID, so that an address never tells how many there are or which came first."""

    # For fields inherited from a library, which cannot be wrapped: {"password": PRIVATE}.
    sensitivity: ClassVar[dict[str, str]] = {}

    id = open_(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False))

    class Meta:
        abstract = True
