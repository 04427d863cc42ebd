"""Which human it ends in: who is at the door today, who leads, who looks after the place."""

from django.db.models import Q, QuerySet

from alongside.kernel import clock
from alongside.people.models import Person, Role, RoleHeld

# In this order a human of the house is found, so that no path ends in nobody (I11).
HOUSE = (Role.DUTY_HUMAN, Role.STEWARD, Role.TEAM_LEAD, Role.WORKER, Role.CONNECTOR)
ALARMED = (Role.TEAM_LEAD, Role.STEWARD, Role.DUTY_HUMAN)


def roles_today() -> QuerySet[RoleHeld]:
    """Every role held today."""
    today = clock.today()
    return RoleHeld.objects.filter(from_day__lte=today).filter(Q(to_day__isnull=True) | Q(to_day__gte=today))


def who_holds(*roles: str) -> list[Person]:
    """People who hold one of these roles today, in the order of the roles, longest first."""
    held = list(roles_today().filter(role__in=roles).select_related("person").order_by("from_day", "id"))
    held.sort(key=lambda one: roles.index(one.role))
    return list(dict.fromkeys(one.person for one in held))


def at_the_door() -> Person | None:
    """The duty human of today, if there is one."""
    return next(iter(who_holds(Role.DUTY_HUMAN)), None)


def a_human(*, but_not: Person | None = None) -> Person | None:
    """Somebody of the house who can be named, rather not `but_not`; None only where nobody serves."""
    found = who_holds(*HOUSE)
    return next((one for one in found if one != but_not), found[0] if found else None)


def to_alarm(*, but_not: Person | None = None) -> Person | None:
    """Whoever is told when something was left undone: a team lead, else a steward, else the duty human."""
    found = who_holds(*ALARMED)
    return next((one for one in found if one != but_not), found[0] if found else None)


def role_of(person: Person) -> str:
    """What this person is here today, in words ("relational worker, Tynebank Council"); "" for a resident."""
    held = roles_today().filter(person=person).select_related("organisation").order_by("from_day").first()
    if held is None:
        return ""
    what = held.title or held.get_role_display()
    return f"{what}, {held.organisation}" if held.organisation else str(what)
