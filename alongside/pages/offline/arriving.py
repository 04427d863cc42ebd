"""What a phone sends: written down once, or answered with a sentence. Nothing is ever dropped."""

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.policy import Denied
from alongside.pages.offline.clocks import Clocks, happened_at, on_day
from alongside.pages.offline.sealed import Draft, Refused, opened
from alongside.people.models import Person
from alongside.story.models import Audience
from alongside.walks import operations, queries
from alongside.walks.models import Moment


@dataclass(frozen=True)
class Answer:
    """What became of one: "kept" now, "here" already, or "refused" with a sentence."""

    client_id: str
    answer: str
    sentence: str = ""

    def as_json(self) -> dict[str, str]:
        """As the phone reads it."""
        return {"client_id": self.client_id, "answer": self.answer, "sentence": self.sentence}


def arrived(viewer: Person, client_id: UUID, envelope: str, phone_now: dt.datetime) -> Answer:
    """Open one envelope of the viewer's and write its moment down, unless it is here already."""
    key = str(client_id)
    try:
        with transaction.atomic():
            draft = opened(viewer, client_id, envelope)
            here = _write_down(viewer, client_id, draft, phone_now)
    except (Refused, Denied, ValueError) as refusal:
        return Answer(key, "refused", str(refusal.args[0]))
    return Answer(key, "here" if here else "kept")


def belongs(viewer: Person, client_id: UUID, draft: Draft, phone_now: dt.datetime) -> None:
    """Write down what had stayed on a phone, where its writer says now that it belongs (`draft.person`).

    It keeps the phone's own id, so that the phone lets go of it. Raises Refused, Denied or ValueError.
    """
    with transaction.atomic():
        _write_down(viewer, client_id, draft, phone_now)


def _write_down(viewer: Person, client_id: UUID, draft: Draft, phone_now: dt.datetime) -> bool:
    """Whether it was here already. Raises Refused, Denied or ValueError, and has written nothing then."""
    if not draft.words:
        raise Refused(_("There are no words in it."))
    name = _name_for(viewer, client_id, draft.words)
    if queries.arrived_before(viewer=viewer, client_id=name):
        return True
    if draft.later:
        person = person_meant(viewer, draft)
        operations.keep_draft(by=viewer, person=person, words=draft.words, client_id=name)
        return False
    _record(viewer, name, draft, when(draft, phone_now))
    return False


def _name_for(viewer: Person, client_id: UUID, words: str) -> UUID:
    """The name to keep words under. Where a page sent others under the same before, they get one of their own.

    That happens where a page's answer was lost, and its writer went on writing before it came again.
    """
    there = queries.arrived_before(viewer=viewer, client_id=client_id)
    return uuid5(client_id, words) if there is not None and there.words != words else client_id


def _record(viewer: Person, client_id: UUID, draft: Draft, at: dt.datetime) -> None:
    person = person_meant(viewer, draft)
    if draft.audience not in Audience.values:
        raise Refused(_("Nobody here knows whom it is for. Open it again, and say where it belongs."))
    operations.record_moment(
        by=viewer,
        person=person,
        words=draft.words,
        kind=draft.kind,
        who=person if draft.kind == Moment.Kind.SAID else viewer,
        with_=queries.people_named(viewer=viewer, person=person, keys=draft.there_too),
        audience=draft.audience,
        language=draft.language,
        at=at,
        client_id=client_id,
        minutes_together=draft.minutes_together,
        seconds_writing=draft.seconds_recording,
    )


def placed(draft: Draft, person: Person, day: dt.date | None) -> Draft:
    """The same words, on the page and the day that their writer chose now."""
    return replace(draft, person=person.pk, day=day, not_a_day="")


def when(draft: Draft, phone_now: dt.datetime) -> dt.datetime:
    """When it happened, by the place's clock. Raises Refused for a day that is still to come, or is none."""
    now = clock.now()
    at = happened_at(draft.at, Clocks(draft.place_then, draft.phone_then, now, phone_now))
    if draft.not_a_day:
        raise Refused(_("That day is not in the calendar: %(day)s.") % {"day": draft.not_a_day[:20]})
    if draft.day is None:
        return at
    if draft.day > timezone.localdate(now):
        raise Refused(_("The day you gave it is still to come. Read it again, and say which day it was."))
    return on_day(draft.day, at)


def person_meant(viewer: Person, draft: Draft) -> Person:
    """Whoever was chosen, or is called so, of those the viewer walks with. Raises Refused otherwise.

    The sentence never tells more than the viewer knows: it says what they wrote themself.
    """
    if draft.person == viewer.pk:
        return viewer
    found = [each for each in walked_with(viewer) if _is_meant(each, draft)]
    if len(found) == 1:
        return found[0]
    who = draft.who or "…"
    if found:
        raise Refused(_("You walk with more than one called %(who)s.") % {"who": who})
    if draft.person:
        raise Refused(_("You do not walk with them now, so it cannot be put on their page."))
    raise Refused(_("You do not walk with anybody called %(who)s now.") % {"who": who})


def _is_meant(person: Person, draft: Draft) -> bool:
    if draft.person:
        return person.pk == draft.person
    return draft.who.casefold() in (person.name.casefold(), person.called.casefold())


def walked_with(viewer: Person) -> list[Person]:
    """Those whose whole story is open to the viewer, and so whose moments they write down."""
    return list(queries.people_to_write_for(viewer=viewer))
