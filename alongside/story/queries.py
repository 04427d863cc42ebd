"""Every read of stories and circles, for a viewer. None grows with the number of parts, ties or answers."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.audit.models import Look
from alongside.consent.models import Basis
from alongside.consent.policies import live_bases, live_now, nameable, opened_to, selves
from alongside.consent.queries import person_to_open
from alongside.kernel import clock
from alongside.kernel.policy import narrow
from alongside.people.models import Person
from alongside.story import policies
from alongside.story.circle_on import TieOn, days_of_change, tie_on
from alongside.story.models import (
    Gap,
    Medium,
    OnePage,
    PartAnswer,
    PartVersion,
    StoryPart,
    Tie,
    TieChange,
    Upload,
)
from alongside.story.told import Named, Told, ToldAnswer, ToldVersion, split

# Their name is not the viewer's to know: a person sees only those who serve them or whose page is open.
SOMEBODY = _("somebody they know")


def _names(viewer: Person, keys: set[UUID], *here: Person) -> dict[UUID, Named]:
    """What people are called, as far as the viewer may know. One statement, or none.

    Most pages name only their reader and whom they are about: those of them who are `here` are not asked for.
    """
    near = selves(viewer) | {basis.person_id for basis in live_bases(viewer)}
    names = {one.pk: Named(one.pk, one.called) for one in (viewer, *here) if one.pk in near}
    if others := keys - names.keys():
        # Those whose page is open, and nobody else: a much smaller question to ask.
        may = opened_to(viewer) if others <= near else nameable(viewer)
        found = narrow(Person.objects.filter(pk__in=others), may).values_list("pk", "called")
        names |= {key: Named(key, called) for key, called in found}
    return {key: names.get(key, Named(key, SOMEBODY)) for key in keys}


def _with_words(parts: QuerySet[StoryPart]) -> QuerySet[StoryPart]:
    versions = PartVersion.objects.order_by("-number")
    answers = PartAnswer.objects.order_by("at")
    return parts.prefetch_related(
        Prefetch("versions", queryset=versions), Prefetch("answers", queryset=answers)
    )


def _uploads(parts: Iterable[StoryPart]) -> dict[UUID, Upload]:
    """Each version's photo, drawing or voice note. One statement; none where all was said in words."""
    made = [version for part in parts for version in part.versions.all() if version.medium != Medium.TEXT]
    found = Upload.objects.filter(version__in=made) if made else ()
    return {upload.version_id: upload for upload in found}


def _people_in(parts: Iterable[StoryPart]) -> set[UUID]:
    keys = set()
    for part in parts:
        keys.add(part.speaker_id)
        keys.update(version.written_down_by_id for version in part.versions.all())
        for answer in part.answers.all():
            keys.update((answer.by_id, answer.written_down_by_id))
    return keys


def _opened_by_name(viewer: Person, person_id: UUID) -> dict[UUID, set[UUID]]:
    """Which single parts are open to whom now: the person's own to know."""
    if person_id not in selves(viewer):
        return {}
    opened: dict[UUID, set[UUID]] = {}
    for actor, keys in Basis.objects.filter(live_now(), person=person_id, whole=False).values_list(
        "actor", "parts"
    ):
        for key in keys:
            opened.setdefault(key, set()).add(actor)
    return opened


def _told(
    part: StoryPart, names: dict[UUID, Named], uploads: dict[UUID, Upload], opened: Iterable[UUID] = ()
) -> Told:
    def other(key: UUID, than: UUID) -> Named | None:
        return names[key] if key != than else None

    versions = [
        ToldVersion(version, other(version.written_down_by_id, part.speaker_id), uploads.get(version.pk))
        for version in part.versions.all()
    ]
    answers = [
        ToldAnswer(answer, names[answer.by_id], other(answer.written_down_by_id, answer.by_id))
        for answer in part.answers.all()
    ]
    latest, beside, earlier = split(versions)
    return Told(
        part, names[part.speaker_id], latest, beside, earlier, answers, [names[key] for key in opened]
    )


def _tell(viewer: Person, person_id: UUID, parts: QuerySet[StoryPart], *here: Person) -> list[Told]:
    opened = _opened_by_name(viewer, person_id)
    # A part is written with its first words in one transaction: one without them is not there yet.
    found = [part for part in _with_words(parts) if part.versions.all()]
    whom = {part.pk: opened.get(part.pk, set()) for part in found}
    names = _names(viewer, _people_in(found) | set().union(*whom.values()), *here)
    uploads = _uploads(found)
    return [_told(part, names, uploads, whom[part.pk]) for part in found]


def story_of(*, viewer: Person, person: Person, put_away: bool = False) -> list[Told]:
    """The parts of a person's story that the viewer may read, strengths first.

    With `put_away`, those taken off the page instead. At most nine statements, however long the story.
    """
    parts = narrow(StoryPart.objects.filter(person=person), policies.visible_to(viewer, person))
    parts = parts.filter(put_away_at__isnull=not put_away)
    return _tell(viewer, person.pk, parts.order_by("place_in_order", "began_at", "pk"), person)


def stories_of(*, viewer: Person, people: Sequence[Person]) -> dict[UUID, list[Told]]:
    """The same of several others at once, by their key. As many statements as for one."""
    parts = narrow(StoryPart.objects.filter(person__in=people), policies.visible_to(viewer))
    parts = parts.filter(put_away_at__isnull=True).order_by("place_in_order", "began_at", "pk")
    found = [part for part in _with_words(parts) if part.versions.all()]
    names, uploads = _names(viewer, _people_in(found), *people), _uploads(found)
    told: dict[UUID, list[Told]] = {person.pk: [] for person in people}
    for part in found:
        told[part.person_id].append(_told(part, names, uploads))
    return told


def part(*, viewer: Person, pk: UUID) -> StoryPart | None:
    """One part the viewer may read."""
    return narrow(StoryPart.objects.filter(pk=pk), policies.visible_to(viewer)).first()


def part_to_open(*, viewer: Person, person: UUID, part: UUID) -> StoryPart | None:
    """One part the viewer may read, on a page they may open, with its `person`."""
    whose = person_to_open(viewer=viewer, person=person)
    parts = narrow(StoryPart.objects.filter(pk=part, person=person), policies.visible_to(viewer))
    return _of(whose, parts)


def _of(whose: Person | None, found: QuerySet[Any]) -> Any:
    """The row that was found, with the person already fetched; None where their page is not open."""
    thing = found.first() if whose else None
    if thing is not None:
        thing.person = whose
    return thing


def told(*, viewer: Person, part: StoryPart) -> Told:
    """One part with its words, answers and versions."""
    parts = narrow(StoryPart.objects.filter(pk=part.pk), policies.visible_to(viewer))
    return _tell(viewer, part.person_id, parts)[0]


def upload(*, viewer: Person, pk: UUID) -> Upload | None:
    """One photo, drawing or voice note whose part the viewer may read, with `version.part`."""
    readable = narrow(StoryPart.objects.all(), policies.visible_to(viewer))
    found = Upload.objects.filter(pk=pk, version__part__in=readable)
    return found.select_related("version__part").first()


def upload_to_open(*, viewer: Person, person: UUID, upload: UUID) -> Upload | None:
    """The same, on a page the viewer may open, with `version.part.person`."""
    whose = person_to_open(viewer=viewer, person=person)
    readable = narrow(StoryPart.objects.filter(person=person), policies.visible_to(viewer))
    found = (
        Upload.objects.filter(pk=upload, version__part__in=readable).select_related("version__part").first()
    )
    if whose is None or found is None:
        return None
    found.version.part.person = whose
    return found


def began_to_hear(*, viewer: Person, upload: Upload) -> bool:
    """Whether the viewer's look at this file was written down within the hour: the pieces after it belong to it."""
    part = upload.version.part
    since = clock.now() - dt.timedelta(hours=1)
    looks = Look.objects.filter(by_id=viewer.pk, person_id=part.person_id, page="upload", at__gte=since)
    return looks.filter(parts__contains=[str(part.pk)]).exists()


@dataclass(frozen=True)
class Circle:
    """A person's circle on a day: who stands in it, who did not stay, what was missing, when it changed."""

    on: dt.date
    ties: list[TieOn]
    gone: list[TieOn]
    gaps: list[Gap]
    filled: list[Gap] = field(default_factory=list)
    days: list[dt.date] = field(default_factory=list)


def circle_of(*, viewer: Person, person: Person, on: dt.date | None = None) -> Circle:
    """A person's circle as far as the viewer may see it, as it was at the end of a day (today when None).

    Those they trust come first. At most seven statements, however large the circle.
    """
    on = on or clock.today()
    seen = policies.circle_visible_to(viewer, person)
    changes = TieChange.objects.order_by("on", "at")
    ties = narrow(Tie.objects.filter(person=person), seen).prefetch_related(
        Prefetch("changes", queryset=changes)
    )
    known = [(tie, list(tie.changes.all())) for tie in ties.order_by("began_at", "pk")]
    stood = [found for tie, changes in known if (found := tie_on(tie, changes, on))]
    gaps = list(narrow(Gap.objects.filter(person=person, named_on__lte=on), seen).order_by("named_on", "pk"))
    return Circle(
        on=on,
        ties=sorted((tie for tie in stood if tie.stands), key=lambda tie: not tie.trusted),
        gone=[tie for tie in stood if not tie.stands],
        gaps=[gap for gap in gaps if gap.filled_on is None or gap.filled_on > on],
        filled=[gap for gap in gaps if gap.filled_on is not None and gap.filled_on <= on],
        days=days_of_change(known),
    )


def tie_to_open(*, viewer: Person, person: UUID, tie: UUID) -> Tie | None:
    """One tie the viewer may see, on a page they may open, with its `person`."""
    whose = person_to_open(viewer=viewer, person=person)
    found: Tie | None = _of(
        whose, narrow(Tie.objects.filter(pk=tie, person=person), policies.circle_visible_to(viewer))
    )
    return found


def tie_now(tie: Tie) -> TieOn | None:
    """A tie that was found for a viewer, as it stands today."""
    return tie_on(tie, tie.changes.all(), clock.today())


def gap_to_open(*, viewer: Person, person: UUID, gap: UUID) -> Gap | None:
    """One gap the viewer may see, on a page they may open, with its `person`."""
    whose = person_to_open(viewer=viewer, person=person)
    found: Gap | None = _of(
        whose, narrow(Gap.objects.filter(pk=gap, person=person), policies.circle_visible_to(viewer))
    )
    return found


def people_to_name(*, viewer: Person, person: Person) -> QuerySet[Person]:
    """Who an owner may say is in their circle: those who may open their page, or open theirs (I20)."""
    known = Basis.objects.filter(live_now(), person=person).values("actor")
    open_to_me = narrow(Person.objects.all(), opened_to(viewer)).values("pk")
    found = Person.objects.filter(pk__in=known) | Person.objects.filter(pk__in=open_to_me)
    return found.exclude(pk__in=selves(viewer)).order_by("called")


@dataclass(frozen=True)
class OnePageOf:
    """What stands on somebody's one page: words to begin with, and parts and ties in the order they chose."""

    person: Person
    intro: str
    large_print: bool
    things: list[Told | TieOn]
    chosen: bool
    changed_at: dt.datetime | None


# What a page begins with until the person chooses: who they are before what is going on.
AT_FIRST = (StoryPart.Kind.GOOD_AT, StoryPart.Kind.WHAT_MATTERS, StoryPart.Kind.DO_NOT_WANT)


def one_page(*, viewer: Person, person: Person) -> OnePageOf:
    """A person's one page, as far as the viewer may read it.

    Until they choose, it holds what they are good at, what matters and what they do not want, of the parts
    that are for whoever walks with them.
    """
    page = narrow(OnePage.objects.filter(person=person), policies.one_page_visible_to(viewer)).first()
    parts = story_of(viewer=viewer, person=person)
    if page is None:
        at_first: list[Told | TieOn] = [
            told for told in parts if told.part.kind in AT_FIRST and not told.only_us
        ]
        return OnePageOf(person, "", True, at_first, chosen=False, changed_at=None)
    ties = circle_of(viewer=viewer, person=person).ties
    found: dict[str, Told | TieOn] = {str(told.part.pk): told for told in parts}
    found |= {str(tie.pk): tie for tie in ties}
    things = [found[key] for key in page.parts if key in found]
    return OnePageOf(person, page.intro, page.large_print, things, chosen=True, changed_at=page.changed_at)
