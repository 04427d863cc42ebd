"""How somebody is reached: as they asked, in their hours and language, and never by what is never."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from alongside.messages import providers
from alongside.people.languages import known_as
from alongside.people.models import Channel, Person, Reach

# Tried in this order where the way they asked for is not possible. The last three are done by a human.
NEXT_BEST = (Channel.OWN_PAGE, Channel.EMAIL, Channel.TEXT, Channel.CALL, Channel.IN_PERSON, Channel.LETTER)
BY_A_HUMAN = {Channel.CALL, Channel.IN_PERSON, Channel.LETTER, Channel.VOICE_NOTE}


@dataclass(frozen=True)
class Way:
    """How one message goes. `channel` is "" where every way is on the person's list of never.

    `not_before` is None when it may go now; `only_ring`: somebody else may read it, so it says nothing.
    """

    channel: str
    address: str = ""
    not_before: dt.datetime | None = None
    only_ring: bool = False
    language: str = ""

    @property
    def by_a_human(self) -> bool:
        """Whether the sender does it themself."""
        return self.channel in BY_A_HUMAN


def reach_of(person: Person) -> Reach:
    """How this person is reached; where they never said, on their own page. Call in `messages.send`."""
    return Reach.objects.filter(person=person).first() or Reach(person=person)


def way_to(person: Person, *, now: dt.datetime, asked: str = "", at_once: bool = False) -> Way:
    """The way to this person now. `asked`: a wish for this one message; `at_once`: they wait for it.

    Call inside the work `messages.send`, which may read how people are reached.
    """
    reach = reach_of(person)
    channel = next((way for way in _wishes(reach, asked) if _possible(way, person, reach)), "")
    return Way(
        channel=channel,
        address={Channel.EMAIL: reach.email, Channel.TEXT: reach.phone}.get(Channel(channel), "")
        if channel
        else "",
        not_before=None if at_once or not leaves(channel) else in_hours(now, reach.from_hour, reach.to_hour),
        only_ring=channel == Channel.TEXT and bool(reach.who_may_answer),
        language=reach.languages[0] if reach.languages else "",
    )


def leaves(channel: str) -> bool:
    """Whether a message by this way goes out by itself, and could ring at night."""
    return channel in (Channel.EMAIL, Channel.TEXT)


def _wishes(reach: Reach, asked: str) -> list[str]:
    wished = [asked, reach.how, *NEXT_BEST]
    return [way for way in dict.fromkeys(wished) if way and way not in reach.never]


def _possible(way: str, person: Person, reach: Reach) -> bool:
    if way == Channel.EMAIL:
        return bool(reach.email) and providers.carries(way)
    if way == Channel.TEXT:
        return bool(reach.phone) and providers.carries(way)
    if way == Channel.OWN_PAGE:
        return person.account_id is not None
    return way != Channel.CALL or bool(reach.phone) or reach.how == Channel.CALL


def in_hours(now: dt.datetime, from_hour: dt.time | None, to_hour: dt.time | None) -> dt.datetime | None:
    """None when it is a good hour now, else the next good one. Hours may go over midnight (22:00–06:00)."""
    if from_hour is None and to_hour is None:
        return None
    here = now.astimezone(timezone.get_default_timezone())
    start, end = from_hour or dt.time.min, to_hour or dt.time.max
    time = here.time()
    good = start <= time <= end if start <= end else (time >= start or time <= end)
    if good:
        return None
    day = here.date() if time < start else here.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, start, tzinfo=here.tzinfo)


def spoken(language: str) -> str:
    """The code of the language that words to somebody are said in: theirs, where the house speaks it.

    `language` is as it was written down, a code ("cy") or a name ("Welsh", "Cymraeg"). Where the house does not
    speak it, the place's own language; where nobody said one, the language of this moment.
    """
    if not language.strip():
        return translation.get_language() or settings.LANGUAGE_CODE
    return known_as(language) or settings.LANGUAGE_CODE


def never_at_all() -> str:
    """Why a message is kept back when every way is on the person's list of never."""
    return _("They have said never to every way we have. A human who knows them decides what is right.")
