"""What stands on the one page: sections in the person's own order, the same on the screen and on paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.circle_on import TieOn
from alongside.story.queries import OnePageOf
from alongside.story.told import Told

# Points on paper: large print, and clear print for whoever asked for it.
LARGE, CLEAR = 18, 14


@dataclass(frozen=True)
class Line:
    """One thing said, in its own language.

    `name` is somebody in the circle; `by` who said it, where it was not the person.
    """

    words: str
    language: str
    name: str = ""
    by: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind that follow each other."""

    heading: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """The whole page: a title, words to begin with, sections, and whose it is to give."""

    person: Person
    title: str
    intro: Line
    sections: list[Section]
    foot: list[str]
    large: bool
    chosen: bool

    def texts(self) -> Iterator[str]:
        """Everything a font has to draw."""
        yield from (self.title, self.intro.words, *self.foot)
        for section in self.sections:
            yield section.heading
            for line in section.lines:
                yield from (line.name, line.words, line.by)

    def as_data(self, language: str) -> dict[str, Any]:
        """What the paper's template reads; `language` is the one the house speaks on this page."""
        return {
            "title": self.title,
            "author": self.person.called,
            "language": primary(language),
            "size": LARGE if self.large else CLEAR,
            "intro": _line(self.intro, language),
            "sections": [
                {"heading": section.heading, "lines": [_line(line, language) for line in section.lines]}
                for section in self.sections
            ],
            "foot": self.foot,
        }


def _line(line: Line, language: str) -> dict[str, str]:
    spoken = primary(line.language or language)
    return {"words": line.words, "language": spoken, "name": line.name, "by": line.by}


def primary(tag: str) -> str:
    """The language of a BCP 47 tag, as paper takes it: two or three letters ("und" where it says none)."""
    first = tag.split("-")[0].lower()
    return first if first.isalpha() and first.isascii() and len(first) in (2, 3) else "und"


def sheet_of(page: OnePageOf, *, whom_to_ask: str) -> Sheet:
    """The sheet of somebody's one page, as far as its viewer may read it."""
    person = page.person
    return Sheet(
        person=person,
        title=_("About %(called)s") % {"called": person},
        intro=Line(page.intro, ""),
        sections=_sections(page),
        foot=_foot(person, whom_to_ask),
        large=page.large_print,
        chosen=page.chosen,
    )


def _sections(page: OnePageOf) -> list[Section]:
    by_heading = groupby(page.things, key=_heading)
    return [
        Section(heading, [_said(thing, page.person) for thing in things]) for heading, things in by_heading
    ]


def _heading(thing: Told | TieOn) -> str:
    return _("People around me") if isinstance(thing, TieOn) else str(thing.get_kind_display())


def _said(thing: Told | TieOn, person: Person) -> Line:
    if isinstance(thing, TieOn):
        name = f"{thing.name}, {thing.tie}" if thing.tie else thing.name
        return Line(thing.words, thing.language, name=name)
    words = thing.words
    if thing.upload is not None:
        words = "\n".join(filter(None, [words, _picture(thing)]))
    by = "" if thing.speaker.pk == person.pk else _("%(who)s said this.") % {"who": thing.speaker}
    return Line(words, thing.language, by=by)


def _picture(thing: Told) -> str:
    """A photo, drawing or voice note in words: paper cannot play it, nor can everybody see it."""
    assert thing.upload is not None  # noqa: S101
    kind = thing.latest.version.get_medium_display()
    return f"({kind}: {thing.upload.described})" if thing.upload.described else f"({kind})"


def _foot(person: Person, whom_to_ask: str) -> list[str]:
    called = {"called": person, "walker": whom_to_ask}
    ask = _("If you want to know more, ask %(called)s.") % called
    if whom_to_ask:
        ask = (
            _("If you want to know more, ask %(called)s, or %(walker)s, who walks with %(called)s.") % called
        )
    mine = _("This page belongs to %(called)s, and is for %(called)s to give. Please show nobody else.")
    today = date_format(clock.today(), "j F Y")
    return [ask % called, mine % called, _("Printed on %(day)s.") % {"day": today}]
