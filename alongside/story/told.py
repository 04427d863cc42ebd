"""A part of a story as a page shows it: its latest words, what was said before, who said it, who answered."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from alongside.story.models import Audience, PartAnswer, PartVersion, StoryPart, Upload


@dataclass(frozen=True)
class Named:
    """Somebody on a page: their key, what they are called, as far as the viewer may know it, and their whole name.

    `name` stands only where the page asked for it, and is "" where the viewer may not know it.
    """

    pk: UUID
    called: str | Promise
    name: str = ""

    def __str__(self) -> str:
        return str(self.called)


@dataclass(frozen=True)
class ToldVersion:
    """One version, who wrote it down (None where the speaker did), its photo, drawing or voice note."""

    version: PartVersion
    written_down_by: Named | None
    upload: Upload | None


@dataclass(frozen=True)
class ToldAnswer:
    """An answer, who gave it, and who wrote it down (None where they did)."""

    answer: PartAnswer
    by: Named
    written_down_by: Named | None


@dataclass(frozen=True)
class Told:
    """A part with everything a page shows of it.

    `latest` is the newest version; `beside` those written at the same time by somebody else, newest first;
    `earlier` all before. `opened_to` are people it was opened to by name, on the person's own page.
    """

    part: StoryPart
    speaker: Named
    latest: ToldVersion
    beside: Sequence[ToldVersion]
    earlier: Sequence[ToldVersion]
    answers: Sequence[ToldAnswer]
    opened_to: Sequence[Named] = ()

    @property
    def pk(self) -> UUID:
        """The key of the part."""
        return self.part.pk

    @property
    def kind(self) -> str:
        """What kind of part it is."""
        return self.part.kind

    def get_kind_display(self) -> str:
        """The kind, in words."""
        return str(StoryPart.Kind(self.part.kind).label)

    @property
    def words(self) -> str:
        """The latest words; "" where it is a photo, drawing or voice note alone."""
        return self.latest.version.words

    @property
    def language(self) -> str:
        """The BCP 47 tag of the latest words."""
        return self.latest.version.language

    @property
    def upload(self) -> Upload | None:
        """The photo, drawing or voice note of the latest version."""
        return self.latest.upload

    @property
    def is_hunch(self) -> bool:
        """Whether this is what somebody else thinks."""
        return self.part.kind == StoryPart.Kind.HUNCH

    @property
    def answered(self) -> bool:
        """Whether the one it is about has answered."""
        return any(reply.by.pk == self.part.person_id for reply in self.answers)

    @property
    def only_us(self) -> bool:
        """Whether it is for the person and the speaker alone."""
        return self.part.audience == Audience.ONLY_US

    @property
    def only_named(self) -> bool:
        """Whether whoever walks with them needs to be named as well."""
        return self.part.audience == Audience.NAMED

    @property
    def said_on(self) -> dt.date:
        """The day the latest words were said."""
        return self.latest.version.said_on


def split(versions: Sequence[ToldVersion]) -> tuple[ToldVersion, list[ToldVersion], list[ToldVersion]]:
    """The newest version, those written beside it without having seen one another, and all earlier ones.

    `versions` are newest first. A version stands beside the newest when the newest does not follow it.
    """
    latest, *rest = versions
    seen = latest.version.follows
    beside = [told for told in rest if told.version.number > seen]
    return latest, beside, [told for told in rest if told.version.number <= seen]
