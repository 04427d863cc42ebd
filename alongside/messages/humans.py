"""Which human it ends in: who is at the door today, who is told when something was left undone."""

from alongside.people.door import who_holds
from alongside.people.models import Person, Role, RoleHeld
from alongside.people.policies import held_now

ALARMED = (Role.TEAM_LEAD, Role.STEWARD, Role.DUTY_HUMAN)


def at_the_door() -> Person | None:
    """The duty human of today, if there is one."""
    return next(iter(who_holds(Role.DUTY_HUMAN)), None)


def to_alarm(*, but_not: Person | None = None) -> Person | None:
    """Whoever is told when something was left undone: a team lead, else a steward, else the duty human."""
    found = who_holds(*ALARMED)
    return next((one for one in found if one != but_not), found[0] if found else None)


def role_of(person: Person) -> str:
    """What this person is here today, in words ("relational worker, Tynebank Council"); "" for a resident."""
    held = (
        RoleHeld.objects.filter(held_now(), person=person)
        .select_related("organisation")
        .order_by("from_day")
        .first()
    )
    if held is None:
        return ""
    what = held.title or held.get_role_display()
    return f"{what}, {held.organisation}" if held.organisation else str(what)
