"""Who may see which word of a walk, by a plain reading of ADR 5 and of what a walk is, and of nothing else."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from tests.leaks.oracle import Row, Viewer


# A walk belongs to its people. They see it, whoever keeps it today, and whoever they let read their whole story:
# the two who are there come and go, and whoever kept it once keeps nothing of it.
def walks_seen(viewer: "Viewer") -> set[UUID]:
    own = {
        row["walk_id"]
        for row in viewer.rows["walks.WalkPerson"].values()
        if viewer.is_me(row["person_id"]) or row["person_id"] in viewer.walks_with
    }
    return own | {
        row["walk_id"] for row in viewer.rows["walks.Company"].values() if _keeps_today(viewer, row)
    }


def _keeps_today(viewer: "Viewer", row: "Row") -> bool:
    if viewer.me is None or row["person_id"] != viewer.me or row["from_at"] > viewer.now:
        return False
    return row["to_at"] is None or row["to_at"] > viewer.now


# Whoever offers to walk with somebody, or covers, knows whom: their name, before anything of theirs is open.
def walks_or_offered(viewer: "Viewer", person: UUID) -> bool:
    kept = {row["walk_id"] for row in viewer.rows["walks.Company"].values() if _keeps_today(viewer, row)}
    return any(
        row["walk_id"] in kept and row["person_id"] == person and not row["to_at"]
        for row in viewer.rows["walks.WalkPerson"].values()
    )


def words_of_a_walk(viewer: "Viewer", row: "Row") -> bool:
    return row["id"] in walks_seen(viewer)


def step_of_a_walk(viewer: "Viewer", row: "Row") -> bool:
    return row["walk_id"] in walks_seen(viewer)


# A handover is talked through by three: whoever may come knows of it too, and of nothing else.
def words_of_a_handover(viewer: "Viewer", row: "Row") -> bool:
    comes = viewer.me is not None and row["to_walker_id"] == viewer.me
    return comes or row["walk_id"] in walks_seen(viewer)


def meeting_of_a_handover(viewer: "Viewer", row: "Row") -> bool:
    return words_of_a_handover(viewer, viewer.rows["walks.Handover"][row["handover_id"]])


# A moment: the person's own, one's own words, what one wrote down; where one was there too, unless it stays
# between two; opened by name, unless it stays between two; and for whoever walks with them, where it is for those.
def words_of_a_moment(viewer: "Viewer", row: "Row") -> bool:
    if viewer.is_me(row["person_id"]):
        return True
    if viewer.me is not None and viewer.me in (row["by_id"], row["written_down_by_id"]):
        return True
    if row["audience"] == "only_us":
        return False
    if row["id"] in viewer.named or _was_there(viewer, row["id"]):
        return True
    return row["audience"] == "walkers" and row["person_id"] in viewer.walks_with


def _was_there(viewer: "Viewer", moment: UUID) -> bool:
    return any(
        row["moment_id"] == moment and viewer.is_me(row["person_id"])
        for row in viewer.rows["walks.MomentWith"].values()
    )


def words_after_a_moment(viewer: "Viewer", row: "Row") -> bool:
    return words_of_a_moment(viewer, viewer.rows["walks.Moment"][row["moment_id"]])


# How long writing took is the worker's own, and nobody else's whatever they are.
def own_time(viewer: "Viewer", row: "Row") -> bool:
    return viewer.me is not None and row["worker_id"] == viewer.me


# A draft belongs to one author on one person's page, while they may write there (or answer that moment).
def own_draft(viewer: "Viewer", row: "Row") -> bool:
    if viewer.me is None or row["author_id"] != viewer.me:
        return False
    about = viewer.rows["walks.Moment"].get(row["about_id"])
    return of_the_two(viewer, row) or (about is not None and words_of_a_moment(viewer, about))


# What the two agreed, and what is offered after a duty: the person's, and whoever walks with them.
def of_the_two(viewer: "Viewer", row: "Row") -> bool:
    return viewer.is_me(row["person_id"]) or row["person_id"] in viewer.walks_with


# An arc and a map of one's life are the person's, and somebody else's only once they showed them.
def line_of_an_arc(viewer: "Viewer", row: "Row") -> bool:
    shown = any(
        choice["person_id"] == row["person_id"] and choice["shown_at"]
        for choice in viewer.rows["walks.ArcChoice"].values()
    )
    return viewer.is_me(row["person_id"]) or (shown and row["person_id"] in viewer.walks_with)


def place_on_a_map(viewer: "Viewer", row: "Row") -> bool:
    own = viewer.rows["walks.LifeMap"][row["life_map_id"]]
    return viewer.is_me(own["person_id"]) or (own["shown"] and own["person_id"] in viewer.walks_with)


# "I'm full" is the worker's own words, and for those who must answer for it.
def words_of_being_full(viewer: "Viewer", row: "Row") -> bool:
    if viewer.me is None:
        return False
    return row["worker_id"] == viewer.me or bool(viewer.roles & {"team_lead", "place_steward"})


RULES: dict[str, Any] = {
    "walks.Walk": words_of_a_walk,
    "walks.WalkStep": step_of_a_walk,
    "walks.Handover": words_of_a_handover,
    "walks.HandoverMeeting": meeting_of_a_handover,
    "walks.Moment": words_of_a_moment,
    "walks.MomentAfter": words_after_a_moment,
    "walks.TimeWriting": own_time,
    "walks.Draft": own_draft,
    "walks.Repair": of_the_two,
    "walks.Challenge": of_the_two,
    "walks.ArcLine": line_of_an_arc,
    "walks.LifeMapPlace": place_on_a_map,
    "walks.SaidFull": words_of_being_full,
}
