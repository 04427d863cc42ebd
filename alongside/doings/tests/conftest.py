"""Trace, and who has anything to do with her plan."""

from alongside.doings.tests.world import around_trace
from tests.standing import standing

built, world = standing(around_trace)
