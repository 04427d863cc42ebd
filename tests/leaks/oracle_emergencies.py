"""Who may see what of a page that was opened in an emergency, by a plain reading of ADR 14 and of nothing else."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.leaks.oracle import Viewer

Row = dict[str, Any]


# Whoever was named to look at it; and stewards, where nobody looked or told in time, who know neither of the two.
def to_look_at(viewer: "Viewer", row: Row) -> bool:
    if viewer.me is None:
        return False
    if row["reviewer_id"] == viewer.me:
        return True
    unseen = not row["reviewed_at"] and (not row["reviewer_id"] or row["review_by"] <= viewer.now)
    untold = not row["told_at"] and row["tell_by"] <= viewer.now
    near = [key for key in (row["person_id"], row["by_id"]) if viewer.is_me(key) or viewer._close(key)]
    return viewer.is_steward() and (unseen or untold) and not near


# The person, whoever walks with them by their own say-so, the one who opened it, and those above; who tells them.
def why_it_was_opened(viewer: "Viewer", row: Row) -> bool:
    if viewer.me is None:
        return False
    if viewer.is_me(row["person_id"]) or viewer.me in (row["by_id"], row["tells_id"]):
        return True
    return to_look_at(viewer, row) or _walks_by_say_so(viewer, row["person_id"])


def _walks_by_say_so(viewer: "Viewer", person: UUID) -> bool:
    return any(
        basis["kind"] == "say_so" and basis["whole"] and basis["person_id"] == person and viewer._holds(basis)
        for basis in viewer.rows["consent.Basis"].values()
    )


def what_was_said_of_it(viewer: "Viewer", row: Row) -> bool:
    return why_it_was_opened(viewer, viewer.rows["consent.Opening"][row["opening_id"]])


# Whoever looks at it reads its reason and which pages were opened by it.
def of_one_to_look_at(viewer: "Viewer", basis: Row) -> bool:
    opening = viewer.rows["consent.Opening"].get(basis["opening_id"]) if basis["opening_id"] else None
    return opening is not None and to_look_at(viewer, opening)


# A name is known to whoever wrote it to open the page, tells them, or looks at it.
def opened(viewer: "Viewer", person: UUID) -> bool:
    return viewer.me is not None and any(
        row["person_id"] == person
        and (viewer.me in (row["by_id"], row["tells_id"]) or to_look_at(viewer, row))
        for row in viewer.rows["consent.Opening"].values()
    )


# While it is open, whoever opened it knows how to reach the person, and how never.
def open_now(viewer: "Viewer", person: UUID) -> bool:
    return any(
        basis["kind"] == "emergency" and basis["person_id"] == person and viewer._holds(basis)
        for basis in viewer.rows["consent.Basis"].values()
    )


def never_longer_than_a_day(rows: Any) -> bool:
    """Whether every Basis of an emergency is of named parts, and over within a day."""
    return all(
        not basis["whole"] and basis["to_at"] - basis["from_at"] <= dt.timedelta(days=1)
        for basis in rows["consent.Basis"].values()
        if basis["kind"] == "emergency"
    )


RULES: dict[str, Callable[["Viewer", Row], bool]] = {
    "consent.Opening": why_it_was_opened,
    "consent.OpeningWords": what_was_said_of_it,
}
