"""Today's people, for those who chose to take them along on their own phone: each of them a look."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent import queries
from alongside.consent.looks import looked
from alongside.consent.models import SaySo
from alongside.pages.offline.arriving import walked_with
from alongside.pages.person.brief import how_to_reach
from alongside.pages.policies import check_can_prepare_visit
from alongside.people import queries as people
from alongside.people.models import Person
from alongside.story import queries as stories
from alongside.story.models import StoryPart

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
    """What one screen says of each person the viewer may visit; every one is written down as a look."""
    can = [each for each in walked_with(viewer) if check_can_prepare_visit.allows(viewer, each)]
    return [_one(viewer, person) for person in can[:MOST]]


def _one(viewer: Person, person: Person) -> dict[str, Any]:
    parts = stories.story_of(viewer=viewer, person=person)
    shown = [part for part in parts if part.kind in TOLD]
    looked(viewer, person, page="taken along offline", parts=[part.pk for part in shown])
    reach = how_to_reach(people.reach_of(viewer=viewer, person=person))
    brief = [
        {"title": str(title), "lines": [part.latest.version.words for part in shown if part.kind == kind]}
        for kind, title in TOLD.items()
    ]
    brief += [
        {"title": _("Said no to"), "lines": _said_no(viewer, person)},
        {"title": _("To mind"), "lines": [*reach.mind, *filter(None, [reach.never])] if reach else []},
    ]
    return {
        "person": str(person.pk),
        "called": person.called,
        "name": person.name,
        "where": reach.how if reach else "",
        "brief": [each for each in brief if each["lines"]],
    }


def _said_no(viewer: Person, person: Person) -> list[str]:
    given = queries.say_sos_of(viewer=viewer, person=person)
    return [row.what for row in given if row.state == SaySo.State.REFUSED]
