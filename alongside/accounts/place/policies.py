"""Who may do what with the place: everybody reads it, those signed in speak, stewards keep its words."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.accounts.models.place import Neighbourhood, Voice
from alongside.kernel import clock
from alongside.kernel.policy import Denied, policy

STEWARD = "place_steward"
# Those who hold the learning change what the place has learnt to hold to (R12).
KEEP_PRINCIPLES = (STEWARD, "learning_partner")


def keeps_the_place(viewer: Any) -> bool:
    """Does this person hold the steward's role today?"""
    return _holds(viewer, STEWARD)


def _holds(viewer: Any, *roles: str) -> bool:
    """Whether one of these is held today. Roles stand in a room above, so the person is asked."""
    if viewer is None:
        return False
    today = clock.today()
    held: bool = (
        viewer.roles.filter(role__in=roles, from_day__lte=today)
        .filter(Q(to_day__isnull=True) | Q(to_day__gte=today))
        .exists()
    )
    return held


@policy(
    because=_lazy(
        "The place's words belong to everybody who lives there, so one named person answers for them."
    )
)
def check_can_change_words(viewer: Any, thing: Any = None) -> None:
    """Only a place steward changes the place's words and the languages it speaks."""
    if not keeps_the_place(viewer):
        raise Denied(_("A place steward changes these words. Tell them what you would like to read here."))


@policy(
    because=_lazy("What everybody here works by, changed by nobody they can ask, is a promise broken unseen.")
)
def check_can_change_principles(viewer: Any, thing: Any = None) -> None:
    """The place's own principles are changed by its learning partner or its steward, by name and with a why."""
    if not _holds(viewer, *KEEP_PRINCIPLES):
        raise Denied(
            _(
                "The learning partner or a place steward writes these down, with the people who work by them."
                " Tell one of them what you have learnt."
            )
        )


@policy(because=_lazy("A line on a map that nobody drew cannot be talked about with anybody."))
def check_can_draw(viewer: Any, thing: Any = None) -> None:
    """Anyone signed in may draw the neighbourhood they know."""
    if viewer is None:
        raise Denied(_("Sign in first, so that it is known that a person drew it. Your name is not shown."))


@policy(because=_lazy("Words that nobody said cannot be taken back by anybody."))
def check_can_speak_about(viewer: Any, thing: Neighbourhood | None = None) -> None:
    """Anyone signed in may say something about the place."""
    if viewer is None:
        raise Denied(
            _(
                "Sign in first, so that you can take your words back. "
                "Your name is not shown unless you say so."
            )
        )


@policy(
    because=_lazy(
        "Words that somebody else removes are a voice taken away; Human Rights Act 1998, article 10."
    )
)
def check_can_take_back(viewer: Any, thing: Voice) -> None:
    """Words are taken back by the one who said them, or by a steward who is asked to."""
    if viewer is not None and (thing.speaker_id == viewer.pk or keeps_the_place(viewer)):
        return
    raise Denied(_("Only the one who said this can take it back, or a place steward whom they ask."))
