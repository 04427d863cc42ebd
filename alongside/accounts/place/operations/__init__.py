"""Every write about the place."""

from .load import Loaded, OtherDistrict, load_place
from .tell import tell_of_place
from .words import change_words, draw_neighbourhood, say_about_place, take_back_words

__all__ = [
    "Loaded",
    "OtherDistrict",
    "change_words",
    "draw_neighbourhood",
    "load_place",
    "say_about_place",
    "take_back_words",
    "tell_of_place",
]
