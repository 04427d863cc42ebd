"""A story at a glance, for the pages that combine rooms: the words that stand now, and the circle as it is today.

It names nobody: whoever puts the page together asks for names once, for everything on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story import policies
from alongside.story.circle_on import TieOn, tie_on
from alongside.story.models import Medium, PartVersion, StoryPart, Tie, TieChange, Upload
from alongside.story.told import Named, Told, ToldVersion


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
    """What the viewer may read of a person's story and circle. Three statements, or four with a photo or a voice."""
    parts = narrow(
        StoryPart.objects.filter(person=person, put_away_at__isnull=True), policies.visible_to(viewer, person)
    )
    newest = PartVersion.objects.filter(part__in=parts).order_by("part", "-number").distinct("part")
    found = sorted(newest.select_related("part"), key=_in_order)
    made = [version.pk for version in found if version.medium != Medium.TEXT]
    uploads = Upload.objects.filter(version__in=made) if made else ()
    return Glance(found, {upload.version_id: upload for upload in uploads}, _circle(viewer, person))


def _in_order(version: PartVersion) -> tuple[object, ...]:
    return version.part.place_in_order, version.part.began_at, version.part.pk


def _circle(viewer: Person, person: Person) -> list[TieOn]:
    """Who stands in it today, those they trust first."""
    seen = narrow(Tie.objects.filter(person=person), policies.circle_visible_to(viewer, person))
    ties, today = list(seen.order_by("began_at", "pk")), clock.today()
    changes: dict[UUID, list[TieChange]] = {tie.pk: [] for tie in ties}
    for change in TieChange.objects.filter(tie__in=list(changes)).order_by("on", "at") if ties else ():
        changes[change.tie_id].append(change)
    stood = [now for tie in ties if (now := tie_on(tie, changes[tie.pk], today))]
    return sorted((tie for tie in stood if tie.stands), key=lambda tie: not tie.trusted)
