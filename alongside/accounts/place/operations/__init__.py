"""Every write about the place."""

from .easy_read import EasyLine, write_easy_read
from .load import Loaded, OtherDistrict, load_place
from .principles import ChangedMeanwhile, change_principles
from .tell import tell_of_place
from .words import change_words, draw_neighbourhood, say_about_place, take_back_words

__all__ = [
    "ChangedMeanwhile",
    "EasyLine",
    "Loaded",
    "OtherDistrict",
    "change_principles",
    "change_words",
    "draw_neighbourhood",
    "load_place",
    "say_about_place",
    "take_back_words",
    "tell_of_place",
    "write_easy_read",
]
