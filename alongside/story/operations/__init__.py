"""Every write of the room: the story, the circle, and the one page."""

from alongside.story.operations.circle import change_tie, gap_filled, name_gap, tie
from alongside.story.operations.one_page import choose_one_page
from alongside.story.operations.story import answer, bring_back, put_away, say, say_again, set_audience

__all__ = [
    "answer",
    "bring_back",
    "change_tie",
    "choose_one_page",
    "gap_filled",
    "name_gap",
    "put_away",
    "say",
    "say_again",
    "set_audience",
    "tie",
]
