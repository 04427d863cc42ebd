"""The base of every table: an id that tells nothing, and fields that say how sensitive they are."""

import uuid
from typing import Any, ClassVar, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.base import ModelBase

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


def one_of(model: "type[models.Model]", field: "models.Field[Any, Any]") -> models.CheckConstraint | None:
    """The constraint that a field holds one of its choices; None where it offers none.

    An array holds nothing but its choices. Empty text stands only where the field may be left empty.
    """
    name = f"{model._meta.db_table}_{field.column}_is_one_of_its_choices"
    if isinstance(field, ArrayField):
        offered = [value for value, _label in field.base_field.flatchoices]
        condition = models.Q(**{f"{field.name}__contained_by": offered})
    else:
        offered = [value for value, _label in field.flatchoices]
        condition = models.Q(**{f"{field.name}__in": [*offered, *([""] if field.blank else [])]})
    return models.CheckConstraint(condition=condition, name=name) if offered else None


class HeldToChoices(ModelBase):
    """Every table is held to the choices its fields offer, in the database, without anybody having to ask.

    Choices alone are kept by forms, and a job, a command or a hand in the database goes past forms. A nested
    `Meta` cannot see the choices of the class around it, so each table would have to write them out twice.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any) -> Any:
        """Make the table's class, with one named constraint for each field that offers choices."""
        made: Any = super().__new__(cls, name, bases, attrs, **kwargs)
        if made._meta.abstract:
            return made
        held = [constraint for field in made._meta.local_fields if (constraint := one_of(made, field))]
        if held:
            made._meta.constraints = [*made._meta.constraints, *held]
            # What a migration is made from.
            made._meta.original_attrs["constraints"] = made._meta.constraints
        return made


class Model(models.Model, metaclass=HeldToChoices):
    """A row with a random UUID, so that an address never tells how many there are or which came first."""

    # For fields inherited from a library, which cannot be wrapped: {"password": PRIVATE}.
    sensitivity: ClassVar[dict[str, str]] = {}

    id = open_(models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False))

    class Meta:
        abstract = True
