"""Who may draw, change and see what is a person's own: the arc of their months, and the map of their life."""

from uuid import UUID

from django.db.models import QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import people_walked_with, selves
from alongside.kernel.asked import asked
from alongside.kernel.policy import Denied, policy
from alongside.people.models import Person
from alongside.walks.models import ArcChoice, LifeMap


@policy(because=_lazy("What is somebody's own to draw is drawn for nobody else's eyes first."))
def check_is_own_to_draw(viewer: Person, person: Person) -> None:
    """The arc of somebody's months and the map of their life are theirs alone to begin, change and show."""
    if person.pk not in selves(viewer):
        raise Denied(_("Only the one it is about draws this, and only if they like."), whom=person)


@policy(because=_lazy("An arc is nobody's measure: its person sees it first, and shows it or not."))
def check_can_see_arc(viewer: Person, person: Person) -> None:
    """The person; and whoever walks with them, once they were shown it."""
    if person.pk in selves(viewer):
        return
    shown = ArcChoice.objects.filter(person=person, seen_at__isnull=False, shown_at__isnull=False)
    if person.pk not in people_walked_with(viewer) or not shown.exists():
        raise Denied(_("This is shown by the one it is about, if they like and when they like."), whom=person)


@policy(because=_lazy("A map of one's life is one's own; nobody asks for it, nobody adds it up."))
def check_can_see_life_map(viewer: Person, person: Person) -> None:
    """The person; and whoever walks with them, once they were shown it."""
    if person.pk in selves(viewer):
        return
    shown = LifeMap.objects.filter(person=person, shown=True)
    if person.pk not in people_walked_with(viewer) or not shown.exists():
        raise Denied(_("This is shown by the one it is about, if they like and when they like."), whom=person)


def shown_by(viewer: Person, person: Person) -> frozenset[str]:
    """What of their own a person shows to the viewer, who walks with them: "arc", "life_map", both or nothing.

    One statement, and what is not shown is not asked about: nothing tells whether there is any.
    """
    if person.pk not in people_walked_with(viewer):
        return frozenset()
    return frozenset(asked(_shown, person=person.pk))


def _shown(person: UUID) -> QuerySet[ArcChoice, str]:
    arc = ArcChoice.objects.filter(person=person, seen_at__isnull=False, shown_at__isnull=False)
    drawn = LifeMap.objects.filter(person=person, shown=True)
    return arc.annotate(what=Value("arc")).values_list("what", flat=True).union(
        drawn.annotate(what=Value("life_map")).values_list("what", flat=True)
    )  # fmt: skip
