"""Who may answer a hello, mend a message, look after what is broken, and answer a why."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.consent.policies import holds
from alongside.kernel.policy import Denied, policy
from alongside.messages import humans
from alongside.messages.models import Delivery, Hello, WhyAsked
from alongside.people.models import Person, Role

LOOKS_AFTER = (Role.STEWARD, Role.TEAM_LEAD, Role.DUTY_HUMAN)


@policy(because=_lazy("Who is written to, and when, tells a story of its own; UK GDPR article 5(1)(f)."))
def check_can_look_after_messages(viewer: Person | None, thing: object = None) -> None:
    """Who sees what is stuck: stewards, team leads and the duty human. They never read the words."""
    if not holds(viewer, *LOOKS_AFTER):
        raise Denied(_("Those who look after the place see this."), humans.to_alarm())


@policy(because=_lazy("A message comes from the human who wrote it, and from nobody in their name."))
def check_can_mend(viewer: Person | None, thing: Delivery) -> None:
    """A message that is stuck is mended by its sender, or by those who look after the place."""
    if viewer is None or not (thing.sender_id == viewer.pk or holds(viewer, *LOOKS_AFTER)):
        raise Denied(_("The one who wrote this message can mend it."), thing.sender)


@policy(because=_lazy("A message ticked off by another may never have been brought to anybody."))
def check_can_tick(viewer: Person | None, thing: Delivery) -> None:
    """What a human does for a message is ticked by its sender."""
    if viewer is None or thing.sender_id != viewer.pk:
        raise Denied(_("The one who wrote this ticks it when it is done."), thing.sender)


@policy(
    because=_lazy(
        "A hello is often the first time somebody says it at all; it is for the one they said it to."
    )
)
def check_can_open_hello(viewer: Person | None, thing: Hello) -> None:
    """A hello is read by the one who said it, who wrote it down, and the human who was named."""
    if viewer is None or not _hello_is_theirs(viewer, thing):
        raise Denied(_("A hello is between the one who said it and the human who was named."), thing.named)


def _hello_is_theirs(viewer: Person, hello: Hello) -> bool:
    if viewer.pk in (hello.named_id, hello.entered_by_id, hello.person_id):
        return True
    return hello.no_room and holds(viewer, Role.DUTY_HUMAN)


def visible_hellos(viewer: Person) -> Q:
    """Which hellos the viewer may read (row-level security says the same)."""
    own = Q(named=viewer) | Q(entered_by=viewer) | Q(person=viewer)
    return own | Q(no_room=True) if holds(viewer, Role.DUTY_HUMAN) else own


@policy(because=_lazy("An answer from somebody nobody named is one more stranger."))
def check_can_answer_hello(viewer: Person | None, thing: Hello) -> None:
    """The named human answers; when nobody had room, any duty human too."""
    if viewer is None or not (
        viewer.pk == thing.named_id or (thing.no_room and holds(viewer, Role.DUTY_HUMAN))
    ):
        raise Denied(_("The human who was named answers this hello."), thing.named)


@policy(because=_lazy("A hello written down by nobody in particular could be a way to harm somebody."))
def check_can_say_hello_for(viewer: Person | None, thing: object = None) -> None:
    """Anyone signed in may write down a hello for somebody else; a neighbour with the person's yes."""
    if viewer is None:
        raise Denied(_("Sign in first, so that it is known who wrote it down."), humans.at_the_door())


@policy(because=_lazy("Only the one who looked knows why they did; UK GDPR article 15."))
def check_can_answer_why(viewer: Person | None, thing: WhyAsked) -> None:
    """The one who looked answers, or the other human who was told."""
    if viewer is None or viewer.pk not in (thing.looker_id, thing.also_told_id):
        raise Denied(_("The one who looked answers this."), thing.looker)


def visible_whys(viewer: Person) -> Q:
    """Which whys the viewer may read: their own, those about their looks, those they were told of."""
    return Q(person=viewer) | Q(looker=viewer) | Q(also_told=viewer)


def visible_messages(viewer: Person) -> Q:
    """Which messages the viewer may read: to them, or from them; never a link to sign in."""
    return (Q(to_person=viewer) | Q(sender=viewer)) & ~Q(about_type="sign_in")
