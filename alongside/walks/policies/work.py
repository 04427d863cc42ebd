"""Who may say that they are full or away, who answers for it, and who looks for what has no cover."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import WALKING_ROLES
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person, Role
from alongside.people.policies import holds
from alongside.walks.models import Away, SaidFull


@policy(because=_lazy("Who is full, and which walk has no cover, is seen by those who can mend it."))
def check_leads(viewer: Person, thing: object = None) -> None:
    """A team lead or a place steward."""
    if not holds(viewer, Role.TEAM_LEAD, Role.STEWARD):
        raise Denied(_("This is for whoever looks after those who walk alongside."))


@policy(because=_lazy("What somebody can carry is theirs to say; nobody is full for another."))
def check_works_along(viewer: Person, thing: object = None) -> None:
    """Whoever walks alongside people here, and whoever leads them."""
    if not holds(viewer, *WALKING_ROLES, Role.STEWARD):
        raise Denied(_("This is said by those who walk alongside people."))


@policy(because=_lazy("What somebody can carry is theirs to say; nobody is full for another."))
def check_can_say_full(viewer: Person, thing: object = None) -> None:
    """Whoever walks alongside people says so of themself."""
    if not holds(viewer, *WALKING_ROLES):
        raise Denied(_("This is said by those who walk alongside people."))


@policy(because=_lazy("Whoever is full has said enough: the place answers for it, and not they themself."))
def check_can_answer_full(viewer: Person, full: SaidFull) -> None:
    """A lead, and never the one who is full."""
    check_leads(viewer)
    if full.worker_id == viewer.pk:
        raise Denied(
            _("Somebody else answers for it: that is what it is for. Ask another lead, or a steward.")
        )


@policy(because=_lazy("Days away are said by the one who is away, or by whoever looks after them."))
def check_can_say_away(viewer: Person, worker: Person) -> None:
    """Oneself; or a lead, for somebody who is ill and cannot say it."""
    if viewer != worker:
        check_leads(viewer)


@policy(because=_lazy("Days away are said by the one who is away, or by whoever looks after them."))
def check_can_take_back_away(viewer: Person, away: Away) -> None:
    """Oneself; or a lead."""
    check_can_say_away(viewer, away.worker)


@policy(because=_lazy("An alarm that anybody could raise is one that nobody hears."))
def check_is_the_morning_look(work: str, thing: object = None) -> None:
    """The house's own look for walks without cover."""
    if work != "walks.cover":
        raise Denied(_("The house looks for this by itself, every morning."))
