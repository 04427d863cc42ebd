"""Every read that has a viewer."""

from alongside.walks.queries.around import (
    people_named,
    people_to_write_for,
    voices,
    walked_with_together,
    where_words_go,
)
from alongside.walks.queries.timeline import (
    Asked,
    Page,
    arrived_before,
    draft_to_drop,
    drafts_on,
    is_said,
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
    "draft_to_drop",
    "drafts_on",
    "is_said",
    "moment_to_open",
    "one",
    "people_named",
    "people_to_write_for",
    "time_writing",
    "timeline",
    "voices",
    "walked_with_together",
    "where_words_go",
]
