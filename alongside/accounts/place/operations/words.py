"""What people say and draw about their place, and the words the place gives itself."""

import datetime as dt
from typing import Any, TypedDict

from alongside.accounts.models.place import Neighbourhood, Place, Voice
from alongside.accounts.place import policies
from alongside.accounts.place.names import free_slug
from alongside.accounts.place.reading.geometry import Geometry, middle
from alongside.audit.recording import operation, record
from alongside.kernel import clock


class PlaceWords(TypedDict, total=False):
    """The words of a place that a steward may change; `languages` are codes and hold `default_language`."""

    name: str
    note: str
    mission: str
    charter_words: list[str]
    two_rules: list[str]
    default_language: str
    languages: list[str]


@operation("place.change_words")
def change_words(*, by: Any, place: Place, words: PlaceWords) -> Place:
    """Change the mission, charter, rules or languages of the place; its principles have `change_principles`.

    Only the words given change. Raises Denied when `by` is no place steward; ValueError for a word that the
    place does not have.
    """
    policies.check_can_change_words(by, place)
    unknown = set(words) - PlaceWords.__annotations__.keys()
    if unknown:
        raise ValueError(f"a place has no {', '.join(sorted(unknown))}")
    for name, value in words.items():
        setattr(place, name, value)
    place.save(update_fields=list(words))
    record("place.change_words", by=by, thing=place, fields=dict(words))
    return place


@operation("place.draw_neighbourhood")
def draw_neighbourhood(*, by: Any, name: str, boundary: Geometry, note: str = "") -> Neighbourhood:
    """Keep a neighbourhood as somebody who knows it drew it; it may overlap any other.

    `boundary` is a sound Polygon in WGS84 degrees, longitude first (see `drawing.read_lines`). Raises Denied
    when nobody is signed in.
    """
    policies.check_can_draw(by)
    place = Place.objects.get()
    lon, lat = middle(boundary)
    drawn = Neighbourhood.objects.create(
        place=place,
        kind=Neighbourhood.Kind.DRAWN,
        slug=free_slug(name, set(Neighbourhood.objects.values_list("slug", flat=True))),
        name=name,
        note=note,
        boundary=boundary,
        lat=round(lat, 5),
        lon=round(lon, 5),
        drawn_by_id=by.pk,
    )
    record(
        "place.draw_neighbourhood",
        by=by,
        thing=drawn,
        fields={"name": name, "note": note, "boundary": boundary},
    )
    return drawn


@operation("place.say_about_place")
def say_about_place(
    *,
    by: Any,
    words: str,
    said_by: str = "",
    language: str = "en",
    said_on: dt.date | None = None,
    neighbourhood: Neighbourhood | None = None,
) -> Voice:
    """Put somebody's words about the place (or one neighbourhood of it) beside the open data.

    They are public by the speaker's choice, under the name they want shown (none is fine). `said_on` is
    today unless told. Raises Denied when nobody is signed in.
    """
    policies.check_can_speak_about(by, neighbourhood)
    voice = Voice.objects.create(
        place=Place.objects.get(),
        neighbourhood=neighbourhood,
        words=words,
        said_by=said_by,
        language=language,
        said_on=said_on or clock.today(),
        speaker_id=by.pk,
    )
    record("place.say_about_place", by=by, thing=voice, person_id=by.pk, fields={"words": words})
    return voice


@operation("place.take_back_words")
def take_back_words(*, by: Any, voice: Voice) -> None:
    """Remove words about the place, at once and for good.

    Raises Denied for anyone but the speaker or a steward.
    """
    policies.check_can_take_back(by, voice)
    record("place.take_back_words", by=by, thing=voice, person_id=voice.speaker_id)
    voice.delete()
