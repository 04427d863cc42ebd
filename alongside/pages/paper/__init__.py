"""Paper that a screen reader can read too: tagged PDF (PDF/UA-1), made without a network."""

from alongside.pages.paper.letters import Script, cannot_draw, missing_scripts
from alongside.pages.paper.making import CannotDraw, make

__all__ = ["CannotDraw", "Script", "cannot_draw", "make", "missing_scripts"]
