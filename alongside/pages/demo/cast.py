"""The people, organisations and roles of Tynebank."""

import datetime as dt
from typing import Any

from alongside.accounts.models import Account, Neighbourhood
from alongside.accounts.operations import open_account
from alongside.kernel.acting import working_on
from alongside.pages.demo.extras import DUTY_HUMAN, ORGANISATIONS, REACH, ROLES, SERVING
from alongside.people import operations as people
from alongside.people.models import Organisation, Person, Role

Cast = dict[str, Person]
LONG_SERVED = 900


def _reach(entry: dict[str, Any]) -> dict[str, Any] | None:
    told = entry.get("reach")
    if not told:
        return None
    known = dict(REACH.get(entry["id"], {}))
    for hour in ("from_hour", "to_hour"):
        if hour in known:
            known[hour] = dt.time.fromisoformat(str(known[hour]))
    return known | {
        "how_words": told.get("how", ""),
        "never_words": told.get("not", ""),
        "note": told.get("note", ""),
        "languages": entry.get("languages", []),
    }


def _account(name: str) -> Account:
    with working_on("accounts.open"):
        return open_account(by=None, username=f"tynebank {name}")


def _resident(entry: dict[str, Any], where: Neighbourhood | None) -> Person:
    called = entry.get("calls_himself") or entry.get("calls_herself") or ""
    age = str(entry.get("age") or entry.get("age_note") or "")
    own = {"age_words": age, "pronouns": entry.get("pronouns", ""), "neighbourhood": where}
    return people.write_down_person(
        by=None,
        name=entry["name"],
        called=called.partition(" until ")[0],
        reach=_reach(entry),  # type: ignore[arg-type]
        particulars=own,  # type: ignore[arg-type]
        account=_account(entry["name"]),
    )


def _serving(
    name: str, role: str, organisation: Organisation, title: str, today: dt.date, **more: Any
) -> Person:
    person = people.write_down_person(by=None, name=name, account=_account(name))
    people.hold_role(
        by=None, person=person, role=role, organisation=organisation, title=title,
        from_day=today - dt.timedelta(days=LONG_SERVED), neighbourhoods=more.pop("neighbourhoods", ()),
    )  # fmt: skip
    return person


def write_down(stories: dict[str, Any], today: dt.date) -> Cast:
    """Organisations, staff, the named humans of organisations, and the residents. Returns them by the stories' keys."""
    with working_on("demo"):
        places = {hood.slug: hood for hood in Neighbourhood.objects.all()}
        organisations = _organisations(stories, places)
        cast = _staff(stories, organisations, places, today)
        cast |= _others(organisations, today)
        for story in stories["stories"]:
            for entry in story["people"]:
                cast[entry["id"]] = _resident(entry, places.get(story["neighbourhood"]))
    return cast


def _organisations(stories: dict[str, Any], places: dict[str, Neighbourhood]) -> dict[str, Organisation]:
    return {
        entry["id"]: people.add_organisation(
            by=None, slug=entry["id"], name=entry["name"], kind=entry["kind"], note=entry.get("note", ""),
            neighbourhood=places.get(entry.get("neighbourhood", "")),
        )
        for entry in [*stories["shared"]["organisations"], *ORGANISATIONS]
    }  # fmt: skip


def _staff(
    stories: dict[str, Any],
    organisations: dict[str, Organisation],
    places: dict[str, Neighbourhood],
    today: dt.date,
) -> Cast:
    cast: Cast = {}
    for entry in stories["shared"]["staff"]:
        patch = [places[slug] for slug in entry.get("patch", []) if slug in places]
        title = entry.get("title") or entry["role"]
        person = _serving(
            entry["name"], ROLES[entry["role"]], organisations[entry["organisation"]], title, today,
            neighbourhoods=patch,
        )  # fmt: skip
        cast[entry["id"]] = person
        if "room_for" in entry:
            people.set_room(
                by=None, person=person, room_for=entry["room_for"], walking_with=entry["walking_with"],
                languages=entry.get("languages", []), lived_experience=_chosen(entry),
            )  # fmt: skip
    door = cast[DUTY_HUMAN]
    people.hold_role(
        by=None, person=door, role=Role.DUTY_HUMAN, organisation=organisations["council"],
        title="at the front door on weekdays", from_day=today - dt.timedelta(days=LONG_SERVED),
    )  # fmt: skip
    return cast


def _chosen(entry: dict[str, Any]) -> str:
    return str(entry.get("lived_experience", "")).removeprefix("chose to say: ")


def _others(organisations: dict[str, Organisation], today: dt.date) -> Cast:
    return {
        key: _serving(one.name, one.role, organisations[one.organisation], one.title, today)
        for key, one in SERVING.items()
    }
