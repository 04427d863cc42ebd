"""Roles held from a day to a day, and how much room somebody has to walk with others."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from alongside.accounts.models import Neighbourhood
from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people import policies, queries
from alongside.people.models import Organisation, Person, Role, RoleHeld, Room
from alongside.people.problems import NotYet, wrong


@operation("people.hold_role")
def hold_role(
    *,
    by: Person | None,
    person: Person,
    role: str,
    organisation: Organisation | None = None,
    title: str = "",
    from_day: dt.date | None = None,
    to_day: dt.date | None = None,
    neighbourhoods: Iterable[Neighbourhood] = (),
) -> RoleHeld:
    """Somebody holds a role, from `from_day` (today unless told) to `to_day` (nothing for "until we say").

    It is public: people may know who serves them. Raises Denied, or ValidationError for a role that is not
    one, or that ends before it begins.
    """
    policies.allowed(policies.check_can_look_after_place, by)
    if role not in Role.values:
        raise wrong("role", _("That is not a role in this place."))
    begins = from_day or clock.today()
    if to_day and to_day < begins:
        raise wrong("to_day", _("The last day comes before the first. Look at the two days again."))
    held = RoleHeld(
        person=person,
        role=role,
        organisation=organisation,
        title=title.strip(),
        from_day=begins,
        to_day=to_day,
    )
    held.save(force_insert=True)
    held.neighbourhoods.set(neighbourhoods)
    record(
        "people.hold_role",
        by=by,
        thing=held,
        person_id=person.pk,
        fields={"role": role, "from_day": begins, "to_day": to_day},
    )
    return held


@operation("people.end_role")
def end_role(
    *, by: Person | None, held: RoleHeld, on: dt.date | None = None, knowing: bool = False
) -> RoleHeld:
    """Somebody stops holding a role, on a day (today unless told); it stands in the past, never deleted.

    Where people would be left without the one who walks with them, nothing happens until that was read and
    said (`knowing=True`): raises NotYet with a sentence that says how many (I32). Ending a role takes no
    say-so away: who walks with somebody is theirs to say, so a handover is made with them first. A relationship
    that a room above keeps (`endings`) is handed over before this can end at all: NotYet, knowing or not.
    Raises Denied, or ValidationError for a day before it began.
    """
    policies.allowed(policies.check_can_look_after_place, by)
    last = on or clock.today()
    if last < held.from_day:
        raise wrong("on", _("That is before the first day of this role. Look at the day again."))
    if by is not None and not knowing and (left := queries.left_behind(viewer=by, held=held)):
        raise NotYet(left.sentence)
    refuse_while_kept(by, queries.last_served_by(held))
    held.to_day = last
    held.save(update_fields=["to_day"])
    record(
        "people.end_role",
        by=by,
        thing=held,
        person_id=held.person_id,
        fields={"to_day": last, "knowing": knowing},
    )
    return held


def refuse_while_kept(by: Person | None, keepers: Iterable[Person]) -> None:
    """Raise NotYet, with a sentence, while these people keep relationships that are not handed over (I32)."""
    if left := queries.to_hand_over(viewer=by, keepers=keepers):
        raise NotYet(left.sentence)


@operation("people.set_room")
def set_room(
    *,
    by: Person | None,
    person: Person,
    room_for: int | None = None,
    languages: list[str] | None = None,
    lived_experience: str | None = None,
    offers: str | None = None,
    walking_with: int | None = None,
) -> Room:
    """Say how many more people somebody has room to walk with (0 is full, and it is right to say so).

    `lived_experience` and `offers` are shown to people who are choosing, so they are only what the worker
    chose to name. What is left out stays. Raises Denied, or ValidationError for less than none.
    """
    policies.allowed(policies.check_can_set_room, by, person)
    if room_for is not None and not 0 <= room_for <= 50:
        raise wrong("room_for", _("Write a number from 0, which means full, to 50."))
    given = {
        "room_for": room_for,
        "languages": languages,
        "lived_experience": lived_experience,
        "offers": offers,
        "walking_with": walking_with,
    }
    said = {field: value for field, value in given.items() if value is not None}
    room = Room.objects.filter(person=person).first() or Room(person=person)
    for field, value in said.items():
        setattr(room, field, value)
    room.save()
    record("people.set_room", by=by, thing=room, person_id=person.pk, fields=said)
    return room
