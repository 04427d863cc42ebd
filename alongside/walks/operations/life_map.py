"""A map of one's own life: begun by the person, never asked for, never added up (T6)."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.wording import as_said
from alongside.walks import policies
from alongside.walks.models import LifeMap, LifeMapPlace

MOST_LETTERS = 200


@operation("walks.put_on_life_map")
def put_on_life_map(
    *, by: Person, person: Person, name: str, words: str = "", at: dt.datetime | None = None
) -> LifeMapPlace:
    """Put a place on one's own map: what it is called, and how it is there. The first one begins the map.

    Raises Denied for anybody but the person; ValueError without a name, or with one that is too long.
    """
    policies.check_is_own_to_draw(by, person)
    at = at or clock.now()
    drawn, _new = LifeMap.objects.get_or_create(person=person, defaults={"began_at": at})
    place = _put(drawn, name, words, at)
    record("walks.put_on_life_map", by=by, thing=place, person_id=person.pk,
           fields={"name": name, "words": words})  # fmt: skip
    return place


def _put(drawn: LifeMap, name: str, words: str, at: dt.datetime) -> LifeMapPlace:
    called = as_said(name)
    if not called:
        raise ValueError(_("Give this place a name. Any word of yours will do."))
    if len(called) > MOST_LETTERS:
        raise ValueError(_("Give it a shorter name, and say the rest beneath: 200 letters at most."))
    place = LifeMapPlace(life_map=drawn, name=called, words=as_said(words), at=at)
    place.save(force_insert=True)
    return place


@operation("walks.say_life_map_place_again")
def say_life_map_place_again(
    *, by: Person, place: LifeMapPlace, words: str, at: dt.datetime | None = None
) -> LifeMapPlace:
    """How it is there now. What was said before stays, taken off the map with its day. Raises Denied."""
    policies.check_is_own_to_draw(by, place.life_map.person)
    at = at or clock.now()
    _off(place, at)
    again = _put(place.life_map, place.name, words, at)
    record("walks.say_life_map_place_again", by=by, thing=again, person_id=place.life_map.person_id,
           fields={"words": words})  # fmt: skip
    return again


@operation("walks.take_off_life_map")
def take_off_life_map(*, by: Person, place: LifeMapPlace, at: dt.datetime | None = None) -> LifeMapPlace:
    """Take a place off the map. Raises Denied."""
    policies.check_is_own_to_draw(by, place.life_map.person)
    _off(place, at or clock.now())
    record("walks.take_off_life_map", by=by, thing=place, person_id=place.life_map.person_id,
           fields={"taken_off_at": place.taken_off_at})  # fmt: skip
    return place


def _off(place: LifeMapPlace, at: dt.datetime) -> None:
    place.taken_off_at = place.taken_off_at or at
    place.save(update_fields=["taken_off_at"])


@operation("walks.show_life_map")
def show_life_map(*, by: Person, life_map: LifeMap, shown: bool) -> LifeMap:
    """Let whoever walks with the person see their map, or nobody any more. Raises Denied."""
    policies.check_is_own_to_draw(by, life_map.person)
    life_map.shown = shown
    life_map.save(update_fields=["shown"])
    record("walks.show_life_map", by=by, thing=life_map, person_id=life_map.person_id,
           fields={"shown": shown})  # fmt: skip
    return life_map
