"""The same list for the shelf: `docs/reference/hard-stops.md`."""

from itertools import groupby

from django.utils import translation

from alongside.pages.stops.finding import HardStop, hard_stops

HOW = (
    "ALONGSIDE_NO_DATABASE=1 python -m django hard_stops --settings alongside.config.settings"
    " > docs/reference/hard-stops.md"
)
TOP = f"""\
# What the software refuses, and why
Generated from the policies by `{HOW}`; a test fails when it is out of date.
Each refusal ends in a named human. Everybody can read the list at `/hard-stops/`.
"""


def as_markdown() -> str:
    """The whole page, in English."""
    with translation.override("en-gb"):
        rooms = groupby(hard_stops(), key=lambda stop: stop.room)
        return TOP + "".join(f"\n## {room}\n" + "".join(map(_entry, stops)) for room, stops in rooms)


def _entry(stop: HardStop) -> str:
    said = "".join(f"  It says: “{sentence}”\n" for sentence in stop.sentences)
    return f"- `{stop.name}`: {stop.allows}\n{said}  Because: {stop.because}\n"
