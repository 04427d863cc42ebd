"""A place that is only told: words, and neighbourhoods that are a name and a point."""

from collections.abc import Mapping
from typing import Any

from alongside.accounts.models.place import Neighbourhood, Place
from alongside.audit.recording import operation, record

WORDS = ("name", "note", "mission", "charter_words", "two_rules", "principles")


@operation("place.tell")
def tell_of_place(*, by: Any, told: Mapping[str, Any]) -> Place:
    """Make the place from words, as the demo's stories have it, or bring it up to date.

    `told` has `id` (its slug), `name`, and if known `note`, `mission`, `charter_words`, `two_rules`,
    `principles`, `languages` (codes) and `neighbourhoods`: each with `id`, `name`, `lat`, `lon` (degrees),
    and if known `people` and `note`. Doing it twice changes nothing. Raises KeyError where a name is missing.
    """
    words = {name: told[name] for name in WORDS if name in told}
    languages = list(told.get("languages", ["en"]))
    spoken = {"languages": languages, "default_language": languages[0]}
    place, _made = Place.objects.update_or_create(
        the_place=True, defaults={**words, **spoken}, create_defaults={"slug": told["id"], **words, **spoken}
    )
    _write_told(place, told.get("neighbourhoods", ()))
    record("place.tell", by=by, thing=place, fields=dict(told))
    return place


def _write_told(place: Place, neighbourhoods: Any) -> None:
    Neighbourhood.objects.bulk_create(
        [
            Neighbourhood(
                place=place,
                kind=Neighbourhood.Kind.TOLD,
                slug=each["id"],
                name=each["name"],
                note=each.get("note", ""),
                lat=each["lat"],
                lon=each["lon"],
                residents=each.get("people"),
            )
            for each in neighbourhoods
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["name", "note", "lat", "lon", "residents"],
    )
