"""The tables of the room."""

from alongside.doings.models.beside import CalendarFeed, Promise, PromiseStep, QuickThing
from alongside.doings.models.plan import Belongs, Doing, DoingStep, Lane, Together

__all__ = [
    "Belongs",
    "CalendarFeed",
    "Doing",
    "DoingStep",
    "Lane",
    "Promise",
    "PromiseStep",
    "QuickThing",
    "Together",
]
