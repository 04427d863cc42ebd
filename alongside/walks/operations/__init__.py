"""Every write of the room."""

from alongside.walks.operations.walk import (
    begin_walk,
    change_cover,
    come_back,
    decline_walk,
    died,
    join_walk,
    leave_walk,
    moved_away,
    offer_walk,
    rest_walk,
    say_usual,
)

__all__ = [
    "begin_walk",
    "change_cover",
    "come_back",
    "decline_walk",
    "died",
    "join_walk",
    "leave_walk",
    "moved_away",
    "offer_walk",
    "rest_walk",
    "say_usual",
]
