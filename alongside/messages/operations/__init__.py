"""Every write of the room."""

from alongside.messages.operations.answering import add_words, answer_hello, choose_together, write_down
from alongside.messages.operations.emergencies import open_in_an_emergency, review_opening, say_of_opening
from alongside.messages.operations.hello import Said, answer_full_house, say_hello
from alongside.messages.operations.outbox import let_go, send, tick_done, try_again
from alongside.messages.operations.why import answer_why, ask_why

__all__ = [
    "Said",
    "add_words",
    "answer_full_house",
    "answer_hello",
    "answer_why",
    "ask_why",
    "choose_together",
    "let_go",
    "open_in_an_emergency",
    "review_opening",
    "say_hello",
    "say_of_opening",
    "send",
    "tick_done",
    "try_again",
    "write_down",
]
