"""Every write of the room."""

from alongside.doings.operations.beside import (
    add_quick_thing,
    end_calendar,
    make_calendar,
    promise,
    promise_settled,
    quick_thing_done,
    quick_thing_let_go,
    reminded,
)
from alongside.doings.operations.lanes import (
    agree_to,
    decide_for,
    do_by_duty,
    end_duty,
    question_duty,
    told_of_duty,
    withdraw,
)
from alongside.doings.operations.plan import (
    begin,
    finish,
    let_go,
    move_lane,
    not_yet,
    reword,
    set_audience,
    wish,
)
from alongside.doings.operations.together import ask_in, begin_together, join, leave

__all__ = [
    "add_quick_thing",
    "agree_to",
    "ask_in",
    "begin",
    "begin_together",
    "decide_for",
    "do_by_duty",
    "end_calendar",
    "end_duty",
    "finish",
    "join",
    "leave",
    "let_go",
    "make_calendar",
    "move_lane",
    "not_yet",
    "promise",
    "promise_settled",
    "question_duty",
    "quick_thing_done",
    "quick_thing_let_go",
    "reminded",
    "reword",
    "set_audience",
    "told_of_duty",
    "wish",
    "withdraw",
]
