"""The locks of a walk. Whose walk it is, who keeps it now, and whoever the person let read their story, see it.

A lead sees that a walk has a walker and a cover, and on which days not; never whose walk it is, nor a word of it.
"""

from alongside.walks.row_security import functions, triggers
from alongside.walks.row_security.rows import APPEND_ONLY, ROWS

FUNCTIONS = functions.FUNCTIONS + triggers.TRIGGERS

__all__ = ["APPEND_ONLY", "FUNCTIONS", "ROWS"]
