"""Which language the house speaks to somebody: theirs, the one chosen at the door, or the browser's."""

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.http import HttpRequest
from django.utils import translation

# In the session: the language chosen, and who chose it ("" at the door, before anybody was known).
CHOSEN, CHOSEN_BY = "language", "language_by"


def known_as(language: str) -> str:
    """The house's code of a language as people write it ("cy", "Welsh", "Cymraeg"); "" where it speaks it not."""
    said = language.strip().casefold()
    return next((str(code) for code, _name in settings.LANGUAGES if said in _names(code)), "")


def _names(code: str) -> set[str]:
    """What people call a language of the house: its code, and its names in English and in itself."""
    family = code.split("-")[0]
    told = [LANG_INFO.get(each, {}) for each in (code, family)]
    names = {str(info[name]).casefold() for info in told for name in ("name", "name_local") if name in info}
    return names | {code.casefold(), family}


def language_for(request: HttpRequest, viewer: Any) -> str:
    """The code of the language for this request.

    What they pressed themselves on any page of this visit, then what they said of how to reach them, then what
    was chosen at the door, then what the browser asks for.
    """
    session = request.session
    chosen = known_as(str(session.get(CHOSEN) or ""))
    if chosen and viewer is not None and session.get(CHOSEN_BY) == str(viewer.pk):
        return chosen
    theirs = (known_as(each) for each in getattr(viewer, "speaks", None) or [])
    return next(filter(None, theirs), "") or chosen or translation.get_language_from_request(request)


def choose(request: HttpRequest, viewer: Any, code: str) -> bool:
    """Remember a language for this visit; False where the house does not speak it."""
    if code not in dict(settings.LANGUAGES):
        return False
    request.session[CHOSEN] = code
    request.session[CHOSEN_BY] = str(viewer.pk) if viewer is not None else ""
    return True
