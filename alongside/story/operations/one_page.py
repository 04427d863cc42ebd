"""Choosing what stands on one's one page."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.people.models import Person
from alongside.story import policies
from alongside.story.models import OnePage, StoryPart, Tie
from alongside.story.wording import as_said


def _readable(by: Person, person: Person, parts: Sequence[UUID]) -> set[UUID]:
    told = StoryPart.objects.filter(policies.visible_to(by), person=person, pk__in=parts)
    tied = Tie.objects.filter(policies.circle_visible_to(by), person=person, pk__in=parts)
    return {*told.values_list("pk", flat=True), *tied.values_list("pk", flat=True)}


@operation("story.choose_one_page")
def choose_one_page(
    *, by: Person, person: Person, parts: Sequence[UUID], intro: str = "", large_print: bool = True
) -> OnePage:
    """Choose the parts and ties for a person's one page, in this order, with words to begin with.

    `parts` are keys of parts and ties of theirs that `by` may read. What the person chose and `by` may not
    read stays on it, at the end. Raises Denied; ValueError for a key that is none of these.
    """
    policies.check_can_write(by, person)
    page = OnePage.objects.filter(person=person).first() or OnePage(person=person)
    chosen = [UUID(key) for key in page.parts]
    readable = _readable(by, person, [*parts, *chosen])
    if not readable.issuperset(parts):
        raise ValueError(_("One of these is not on this page any more. Choose again."))
    keys = list(dict.fromkeys([*parts, *(key for key in chosen if key not in readable)]))
    page.parts, page.intro, page.large_print = [str(key) for key in keys], as_said(intro), large_print
    page.save()
    record(
        "story.choose_one_page",
        by=by,
        thing=page,
        person_id=person.pk,
        fields={"parts": page.parts, "intro": intro},
    )
    return page
