"""Everything the software refuses, with the law or the harm that makes it so: one generated list."""

from alongside.pages.stops.finding import HardStop, hard_stops
from alongside.pages.stops.reference import as_markdown

__all__ = ["HardStop", "as_markdown", "hard_stops"]
