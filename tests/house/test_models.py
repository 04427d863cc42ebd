"""Tables: each field says how sensitive it is, keys point down the floors, and no name ranks a person."""

import re
import tomllib
from typing import Any

from django.db import models

from alongside.kernel.models import Model, open_, sensitivity_of
from tests.house import sources

# I8 and I26: objects that this house does not have; F2: fields that would rank a person.
NO_SUCH_THING = {
    *("referral", "assessment", "threshold", "eligibility", "case", "caseload", "target", "rag", "league"),
    *("tender", "bid", "submission", "report", "return", "application", "score", "triage", "screening"),
    *("beneficiary", "client", "customer"),
}
NO_SUCH_FIELD = {"score", "risk", "priority", "rag", "band", "target", "likelihood", "rating", "rank"}
# Names that are somebody else's: published statistics about a neighbourhood, never about a person.
PUBLISHED = {("accounts.Neighbourhood", name) for name in ("deprivation_rank", "rank", "imd_rank")}
# The web's own word for the key a phone gives to what it sends.
PUBLISHED |= {("walks.Moment", "client_id"), ("walks.Draft", "client_id")}


def floors() -> list[set[str]]:
    """Rooms by floor, the highest first, as the import contract has them."""
    contract = tomllib.loads((sources.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ][0]
    return [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]


def undeclared(model: Any) -> list[str]:
    """Fields that do not say how sensitive they are."""
    if model._meta.auto_created:
        return []
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [f"{model._meta.label}.{field.name}" for field in fields if sensitivity_of(field) is None]


def test_every_field_says_how_sensitive_it_is() -> None:
    assert [each for model in sources.our_models() for each in undeclared(model)] == []


def test_a_field_that_does_not_say_is_found() -> None:
    class Planted(Model):
        said = open_(models.TextField())
        unsaid = models.TextField()

        class Meta:
            app_label = "planted"
            managed = False

    assert undeclared(Planted) == ["planted.Planted.unsaid"]


def unheld(model: Any) -> list[str]:
    """Fields that offer choices and have no constraint of that name in the database's own table."""
    offers = [
        field
        for field in model._meta.local_fields
        if getattr(getattr(field, "base_field", field), "flatchoices", None)
    ]
    named = {constraint.name for constraint in model._meta.constraints}
    return [
        f"{model._meta.label}.{field.name}"
        for field in offers
        if f"{model._meta.db_table}_{field.column}_is_one_of_its_choices" not in named
    ]


def test_every_field_with_choices_is_held_to_them_by_the_database() -> None:
    assert [each for model in sources.our_models() for each in unheld(model)] == []


def test_a_field_that_is_not_held_to_its_choices_is_found() -> None:
    class PlantedUnheld(models.Model):
        kind = models.CharField(max_length=10, choices=[("one", "one")])

        class Meta:
            app_label = "planted"
            managed = False

    class PlantedHeld(Model):
        kind = open_(models.CharField(max_length=10, choices=[("one", "one")]))

        class Meta:
            app_label = "planted"
            managed = False

    assert unheld(PlantedUnheld) == ["planted.PlantedUnheld.kind"]
    assert unheld(PlantedHeld) == []


def room_of(model: Any) -> str:
    """The room a table lives in ("" for the framework's own)."""
    first, room, *_ = (*model.__module__.split("."), "")
    return room if first == "alongside" else ""


def points_up(room: str, other: str, plan: list[set[str]]) -> bool:
    """Whether a key from one room to another goes up or sideways."""
    if room == other:
        return False
    height = {name: -number for number, names in enumerate(plan) for name in names}
    return height[other] >= height[room]


def test_keys_point_down_the_floors() -> None:
    plan = floors()
    rooms = set.union(*plan)
    found = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in sources.our_models()
        for field in model._meta.local_fields
        if field.is_relation and room_of(field.related_model) in rooms
        if points_up(room_of(model), room_of(field.related_model), plan)
    ]
    assert found == []


def test_a_key_that_points_up_is_found() -> None:
    plan = floors()
    assert points_up("people", "story", plan)
    assert points_up("story", "messages", plan)
    assert not points_up("story", "people", plan)


def parts_of(name: str) -> set[str]:
    """The words of a name, in snake or camel case, in the singular."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return {re.sub(r"s$", "", word.lower()) for word in words} | {word.lower() for word in words}


def test_no_table_is_a_thing_this_house_does_not_have() -> None:
    named = [model._meta.label for model in sources.our_models()]
    assert [label for label in named if parts_of(label.split(".")[1]) & NO_SUCH_THING] == []


def test_no_field_is_named_after_what_this_house_does_not_do() -> None:
    fields = [
        (model._meta.label, field.name)
        for model in sources.our_models()
        for field in model._meta.local_fields
    ]
    wrong = NO_SUCH_FIELD | NO_SUCH_THING
    assert [each for each in fields if parts_of(each[1]) & wrong and each not in PUBLISHED] == []


def test_a_name_that_ranks_is_found() -> None:
    assert parts_of("risk_score") & NO_SUCH_FIELD
    assert parts_of("RiskRating") & NO_SUCH_FIELD
    assert parts_of("caseReports") & NO_SUCH_THING
    assert not parts_of("showcase") & NO_SUCH_THING
