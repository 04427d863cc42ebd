"""Every read that has a viewer."""

from alongside.walks.queries.timeline import (
    Asked,
    Page,
    arrived_before,
    drafts_on,
    moment_to_open,
    one,
    timeline,
)
from alongside.walks.queries.writing import MonthOfWriting, time_writing

__all__ = [
    "Asked",
    "MonthOfWriting",
    "Page",
    "arrived_before",
    "drafts_on",
    "moment_to_open",
    "one",
    "time_writing",
    "timeline",
]
