"""Today's people, for those who chose to take them along on their own phone: each of them a look."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent import queries
from alongside.consent.looks import looked_at_each
from alongside.consent.models import SaySo
from alongside.pages.offline.arriving import walked_with
from alongside.pages.person.brief import HowToReach, how_to_reach
from alongside.pages.policies import check_can_prepare_visit
from alongside.people import queries as people
from alongside.people.models import Person, Reach
from alongside.story import queries as stories
from alongside.story.models import StoryPart
from alongside.story.told import Told

# A morning until the next one begins, and no longer.
LASTS_SECONDS = 18 * 3600
# More than anybody walks with; whoever has more needs somebody to share them with, and not a longer list.
MOST = 40
Kind = StoryPart.Kind
# In the order of the page before a visit: what somebody is good at comes first (R171).
TOLD = {
    Kind.GOOD_AT: _lazy("Good at"),
    Kind.WHAT_MATTERS: _lazy("What matters"),
    Kind.HOPE: _lazy("Hopes"),
    Kind.DO_NOT_WANT: _lazy("Does not want"),
    Kind.DO_NOT_KNOW_YET: _lazy("We do not know yet"),
}


def taken_along(viewer: Person) -> list[dict[str, Any]]:
    """What one screen says of each person the viewer may visit; every one is written down as a look.

    As many statements for forty people as for one.
    """
    can = [each for each in walked_with(viewer) if check_can_prepare_visit.allows(viewer, each)][:MOST]
    told = stories.stories_of(viewer=viewer, people=can)
    shown = {key: [part for part in parts if part.kind in TOLD] for key, parts in told.items()}
    keys = {key: [part.pk for part in parts] for key, parts in shown.items()}
    people_shown = looked_at_each(viewer, can, page="taken along offline", parts=keys)
    reaches = people.reaches_of(viewer=viewer, people=can)
    refused = queries.refused_of(viewer=viewer, people=can)
    return [
        _one(each, shown[each.pk], reaches.get(each.pk), refused.get(each.pk, [])) for each in people_shown
    ]


def _one(person: Person, shown: list[Told], reach: Reach | None, refused: list[SaySo]) -> dict[str, Any]:
    how = how_to_reach(reach)
    brief = [
        {"title": str(title), "lines": [part.words for part in shown if part.kind == kind and part.words]}
        for kind, title in TOLD.items()
    ]
    brief += [
        {"title": _("Said no to"), "lines": [row.what for row in refused]},
        {"title": _("To mind"), "lines": [*how.mind, *filter(None, [_never(how)])] if how else []},
    ]
    return {
        "person": str(person.pk),
        "called": person.called,
        "name": person.name,
        "where": how.how if how else "",
        "brief": [each for each in brief if each["lines"]],
    }


def _never(how: HowToReach) -> str:
    return _("Never: %(ways)s") % {"ways": how.never} if how.never else ""
