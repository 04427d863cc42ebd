"""Alongside: a locally owned, whole-system learning platform for people who work in a relational way."""

__version__ = "0.1.0"
