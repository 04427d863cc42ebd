"""Who may answer a hello, mend a message, look after what is broken, and answer a why."""

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alongside.audit.models import Look
from alongside.consent.policies import holds
from alongside.kernel import acting
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


# What an operation refuses once somebody may do it at all: the thing is not there yet, or done already.


@policy(because=_lazy("What has gone cannot be called back, and nobody may be told that it never went."))
def check_has_not_gone(viewer: Person | None, thing: Delivery) -> None:
    """A message that went, or is going out, is neither ticked nor let go."""
    if thing.state in (Delivery.State.SENT, Delivery.State.SENDING):
        raise Denied(_("This has gone already."), thing.sender)


@policy(
    because=_lazy(
        "A link to sign in lets somebody in, so it is not kept; and nobody is sent the same words twice."
    )
)
def check_can_go_again(viewer: Person | None, thing: Delivery) -> None:
    """Only what is stuck is tried again, and never a link to sign in."""
    if thing.about_type == "sign_in":
        raise Denied(_("A link to sign in is not kept. They ask for a new one."), thing.sender)
    if thing.state not in (*Delivery.STUCK, Delivery.State.WAITING):
        raise Denied(_("This is not stuck: %(state)s.") % {"state": thing.get_state_display()}, thing.sender)


@policy(because=_lazy("Whoever wrote a message that is let go has to be able to read why."))
def check_says_why_let_go(viewer: Person | None, thing: str) -> None:
    """Some words on why a message is not sent after all."""
    if not thing.strip():
        raise Denied(_("Say in a few words why it is let go."))


@policy(because=_lazy("A hello without a word tells nobody how to answer it."))
def check_hello_has_words(viewer: Person | None, thing: str) -> None:
    """Words are all that a hello needs."""
    if not thing.strip():
        raise Denied(_("Say a word or two, so that somebody can answer."))


class Yes(NamedTuple):
    """A hello for somebody else: of which kind, and whether the person said yes to it."""

    kind: str
    persons_yes: bool


@policy(because=_lazy("Talk behind somebody's back, however kindly meant, is not what they asked for."))
def check_has_persons_yes(viewer: Person | None, thing: Yes) -> None:
    """A neighbour says hello for somebody with that person's yes."""
    if thing.kind == Hello.Kind.NEIGHBOUR and not thing.persons_yes:
        raise Denied(_("Ask them first. With their yes, you can say hello for them."), humans.at_the_door())


@policy(because=_lazy("An answer without a word leaves somebody waiting who was told that it came."))
def check_answer_has_words(viewer: Person | None, thing: str) -> None:
    """A word or two, in an answer and in what is added to a hello."""
    if not thing.strip():
        raise Denied(_("Say a word or two first."))


@policy(because=_lazy("Words added by another would be taken for theirs; their four words are their key."))
def check_can_add_to_hello(viewer: Person | None, thing: Hello) -> None:
    """The one who said hello, or wrote it down for them, adds to it; a stranger by their four words."""
    if viewer is None and acting.current().work != "hello":
        raise Denied(_("Come back with your four words first."), thing.named)
    if viewer is not None and viewer.pk not in (thing.person_id, thing.entered_by_id):
        raise Denied(_("Only the one who said hello adds to it."), thing.named)


@policy(
    because=_lazy("What was done for somebody is theirs to know, in words, and not only that it is done.")
)
def check_says_what_was_done(viewer: Person | None, thing: str) -> None:
    """Some words on the simple thing that a hello became."""
    if not thing.strip():
        raise Denied(_("Say in a few words what was done."))


@policy(because=_lazy("A day on which nobody had room is the place's to answer for, in words."))
def check_says_what_the_place_did(viewer: Person | None, thing: str) -> None:
    """Some words on what the place did about a day without room."""
    if not thing.strip():
        raise Denied(_("Say in a few words what was done about it."))


@policy(because=_lazy("Somebody written down twice has two pages, and each is half of what they said."))
def check_is_not_written_down_yet(viewer: Person | None, thing: Hello) -> None:
    """Whoever said hello is written down once."""
    if thing.person_id:
        raise Denied(_("They are written down already."))


@policy(because=_lazy("A page without a name could be anybody's, and be opened as anybody's."))
def check_has_a_name(viewer: Person | None, thing: str) -> None:
    """A first name, or whatever they would like to be called."""
    if not thing.strip():
        raise Denied(_("Say what they are called; a first name is plenty."))


@policy(because=_lazy("Who looked at a page is told to the one whose page it is; UK GDPR article 15."))
def check_asks_of_own_look(viewer: Person, thing: Look | None) -> None:
    """One asks about looks at one's own page. `thing` is None where it is a look at nobody's or another's."""
    if thing is None:
        raise Denied(_("You can ask about looks at your own page."), humans.at_the_door())


@policy(because=_lazy("Whoever was looked at is owed a reason in words; UK GDPR article 15."))
def check_says_why(viewer: Person | None, thing: str) -> None:
    """A why is answered in words."""
    if not thing.strip():
        raise Denied(_("Say in your own words why."))


class LinkWay(NamedTuple):
    """The way a link to sign in would go ("" for none), and the human who can print one instead."""

    channel: str
    helper: Person | None


@policy(
    because=_lazy("A link sent where others read it lets them in as you; Computer Misuse Act 1990 section 1.")
)
def check_can_be_sent_link(viewer: Person | None, thing: LinkWay) -> None:
    """A link goes by a way that is the person's own, from a human who is there; else somebody prints one."""
    if viewer is None or not thing.channel or thing.helper is None:
        raise Denied(_("We cannot send you a link this way. Somebody can print one for you."), thing.helper)
