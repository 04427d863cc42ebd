"""A story at a glance, for the pages that combine rooms: the words that stand now, and the circle as it is today.

It names nobody: whoever puts the page together asks for names once, for everything on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alongside.kernel import clock
from alongside.kernel.asked import asked
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story import policies
from alongside.story.circle_on import TieOn, tie_on
from alongside.story.models import Medium, PartVersion, StoryPart, Tie, TieChange, Upload
from alongside.story.told import Named, Told, ToldVersion

# What is told of a change, beside the tie it became of.
CHANGE = ("id", "what", "tie_words", "words", "help", "trusted", "on", "by_id", "at")


@dataclass(frozen=True)
class Glance:
    """The newest version of each part, with its part, strengths first; and those who stand in the circle."""

    versions: Sequence[PartVersion]
    uploads: Mapping[UUID, Upload]
    ties: Sequence[TieOn]

    @property
    def people(self) -> set[UUID]:
        """Everybody who speaks."""
        return {version.part.speaker_id for version in self.versions}

    def told(self, called: Mapping[UUID, Named]) -> list[Told]:
        """The parts with their newest words alone: what was said before, and answers, stand on the story itself."""
        return [
            Told(
                part=version.part,
                speaker=called[version.part.speaker_id],
                latest=ToldVersion(version, None, self.uploads.get(version.pk)),
                beside=(),
                earlier=(),
                answers=(),
            )
            for version in self.versions
        ]


def glance(*, viewer: Person, person: Person) -> Glance:
    """What the viewer may read of a person's story and circle. Two statements, or three with a photo or a voice."""
    found = sorted(asked(_newest, person=person.pk, may=policies.visible_to(viewer, person)), key=_in_order)
    made = [version.pk for version in found if version.medium != Medium.TEXT]
    uploads = Upload.objects.filter(version__in=made) if made else ()
    return Glance(found, {upload.version_id: upload for upload in uploads}, _circle(viewer, person))


def _newest(person: UUID, may: Q) -> QuerySet[PartVersion]:
    parts = narrow(StoryPart.objects.filter(person=person, put_away_at__isnull=True), may)
    newest = PartVersion.objects.filter(part__in=parts).order_by("part", "-number").distinct("part")
    return newest.select_related("part")


def _in_order(version: PartVersion) -> tuple[object, ...]:
    return version.part.place_in_order, version.part.began_at, version.part.pk


def _circle(viewer: Person, person: Person) -> list[TieOn]:
    """Who stands in it today, those they trust first."""
    today = clock.today()
    ties: dict[UUID, Tie] = {}
    changes: dict[UUID, list[TieChange]] = {}
    for row in asked(_ties, person=person.pk, may=policies.circle_visible_to(viewer, person)):
        ties.setdefault(row.pk, row)
        changes.setdefault(row.pk, []).extend(_change_beside(row))
    stood = [now for tie in ties.values() if (now := tie_on(tie, changes[tie.pk], today))]
    return sorted((tie for tie in stood if tie.stands), key=lambda tie: not tie.trusted)


def _ties(person: UUID, may: Q) -> QuerySet[Tie]:
    """Each tie once for every change of it, which stands beside it, and once where nothing became of it."""
    beside = {f"change_{name}": F(f"changes__{name}") for name in CHANGE}
    return narrow(Tie.objects.filter(person=person), may).annotate(**beside).order_by("began_at", "pk")


def _change_beside(row: Any) -> list[TieChange]:
    told = {name: getattr(row, f"change_{name}") for name in CHANGE}
    return [TieChange(tie=row, **told)] if told["id"] else []
