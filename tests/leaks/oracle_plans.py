"""Who may see which word of a plan, by a plain reading of ADR 10 and of nothing else."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.leaks.oracle import Row, Viewer


# Where somebody belongs by their own yes, and has not left.
def togethers(viewer: "Viewer") -> set[UUID]:
    return {
        row["together_id"]
        for row in viewer.rows["doings.Belongs"].values()
        if viewer.is_me(row["person_id"]) and row["from_at"] and not row["to_at"]
    }


# A duty in law opens a page and lends nobody the person's voice: whom I walk with by their say-so.
def walking(viewer: "Viewer") -> set[UUID]:
    return {
        basis["person_id"]
        for basis in viewer.rows["consent.Basis"].values()
        if basis["whole"] and basis["kind"] == "say_so" and viewer._holds(basis)
    }


# A consent and a duty are the person's to read, always; whoever walks with them reads them; and who wrote a
# consent down, or carries a duty.
def words_of_a_consent(viewer: "Viewer", row: "Row") -> bool:
    return _theirs(viewer, row) or _me(viewer, row["written_down_by_id"])


def words_of_a_duty(viewer: "Viewer", row: "Row") -> bool:
    return _theirs(viewer, row) or _me(viewer, row["written_down_by_id"], row["who_person_id"])


def step_of_a_duty(viewer: "Viewer", row: "Row") -> bool:
    return words_of_a_duty(viewer, viewer.rows["consent.Duty"][row["duty_id"]])


# A doing and a promise: whose they are, who belongs, whom they are for; who owns it, helps with it or answers for
# it reads that one. What a duty makes somebody do is read by whoever reads the duty.
def words_of_a_doing(viewer: "Viewer", row: "Row") -> bool:
    duty = viewer.rows["consent.Duty"].get(row["duty_id"])
    if duty is not None and words_of_a_duty(viewer, duty):
        return True
    return _of_a_plan(viewer, row) or _selves(viewer, row["owner_id"], row["helper_id"])


def words_of_a_promise(viewer: "Viewer", row: "Row") -> bool:
    return _of_a_plan(viewer, row) or _selves(viewer, row["owner_id"], row["answering_id"])


def _of_a_plan(viewer: "Viewer", row: "Row") -> bool:
    if viewer.is_me(row["person_id"]) or row["together_id"] in togethers(viewer):
        return True
    if row["audience"] == "only_us":
        return False
    return row["id"] in viewer.named or (
        row["audience"] == "walkers" and row["person_id"] in viewer.walks_with
    )


def step_of_a_doing(viewer: "Viewer", row: "Row") -> bool:
    return words_of_a_doing(viewer, viewer.rows["doings.Doing"][row["doing_id"]])


def step_of_a_promise(viewer: "Viewer", row: "Row") -> bool:
    return words_of_a_promise(viewer, viewer.rows["doings.Promise"][row["promise_id"]])


def words_of_a_quick_thing(viewer: "Viewer", row: "Row") -> bool:
    return _theirs(viewer, row) or _selves(viewer, row["owner_id"])


# A family or a street: who belongs, and who was asked in, or walks with somebody who was.
def words_of_a_together(viewer: "Viewer", row: "Row") -> bool:
    asked = {
        each["together_id"]
        for each in viewer.rows["doings.Belongs"].values()
        if not each["from_at"]
        and not each["to_at"]
        and (viewer.is_me(each["person_id"]) or each["person_id"] in walking(viewer))
    }
    return row["id"] in togethers(viewer) | asked


def own_calendar(viewer: "Viewer", row: "Row") -> bool:
    return viewer.is_me(row["person_id"])


# Whoever may read one thing on a plan knows what those are called who stand there: whose it is, who does it, who
# helps, who answers for it; and those who belong know each other's names.
def on_a_plan(viewer: "Viewer", person: UUID) -> bool:
    read = (
        ("doings.Doing", words_of_a_doing, "helper_id"),
        ("doings.Promise", words_of_a_promise, "answering_id"),
        ("doings.QuickThing", words_of_a_quick_thing, "owner_id"),
    )
    ours = togethers(viewer)
    return any(
        person in (row["person_id"], row["owner_id"], row[other]) and may(viewer, row)
        for model, may, other in read
        for row in viewer.rows[model].values()
    ) or any(
        row["person_id"] == person and row["together_id"] in ours
        for row in viewer.rows["doings.Belongs"].values()
    )


def _theirs(viewer: "Viewer", row: "Row") -> bool:
    return viewer.is_me(row["person_id"]) or row["person_id"] in viewer.walks_with


def _me(viewer: "Viewer", *keys: UUID | None) -> bool:
    return viewer.me is not None and viewer.me in keys


def _selves(viewer: "Viewer", *keys: UUID | None) -> bool:
    return any(key is not None and viewer.is_me(key) for key in keys)


RULES: dict[str, Any] = {
    "consent.Consent": words_of_a_consent,
    "consent.Duty": words_of_a_duty,
    "consent.DutyStep": step_of_a_duty,
    "doings.Together": words_of_a_together,
    "doings.Doing": words_of_a_doing,
    "doings.DoingStep": step_of_a_doing,
    "doings.QuickThing": words_of_a_quick_thing,
    "doings.Promise": words_of_a_promise,
    "doings.PromiseStep": step_of_a_promise,
    "doings.CalendarFeed": own_calendar,
}
