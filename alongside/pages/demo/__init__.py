"""Tynebank, the made-up place: everything in it goes through the same operations as a real place's."""

from alongside.pages.demo.loading import NotHere, load

__all__ = ["NotHere", "load"]
