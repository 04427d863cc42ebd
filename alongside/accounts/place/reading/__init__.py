"""Reading a district's open data: pure, no database. Everything wrong is told at once, by row and column."""

from .problems import Problem, Told, Weight
from .together import LeftOut, NeighbourhoodRead, PlaceRead, WardRead, read_place

__all__ = ["LeftOut", "NeighbourhoodRead", "PlaceRead", "Problem", "Told", "WardRead", "Weight", "read_place"]
