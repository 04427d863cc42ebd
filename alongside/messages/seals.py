"""The seal of the newest day goes to stewards whom the place named, by e-mail, from a human: off the machine."""

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.audit import keeping
from alongside.audit.exporting import lines
from alongside.audit.models import Carried, Seal
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages.operations import send
from alongside.messages.reaching import way_to
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Channel, Person, Reach, Role, RoleHeld
from alongside.people.policies import held_now

WORDS = gettext_lazy(
    "This is the seal of our audit, up to {day}. Please keep this message where nobody else can change it. The seal "
    "says nothing about anybody. If what was recorded is ever written anew, it shows: save the line below as a file, "
    "and whoever runs the machine compares it (alongside audit verify --against FILE)."
)


def mail_the_seal() -> None:
    """Write to each steward of ALONGSIDE_AUDIT_STEWARDS, once for a seal; and note what stood in the way."""
    named = [each.strip() for each in settings.AUDIT_STEWARDS.split(",") if each.strip()]
    way = Carried.Way.MAIL
    with working_on("audit.seal"):
        seal = keeping.newest_seal(after_way=way) if named else None
    if seal is None:
        if not named:
            keeping.forget_trouble(way)
        return
    troubles = [trouble for address in named if (trouble := _mailed(address, seal))]
    keeping.note(way, through=None if troubles else seal.day, trouble=" ".join(troubles))


def _mailed(address: str, seal: Seal) -> str:
    """Send it to one; "" where it goes by e-mail, else a sentence on why it does not."""
    with working_on("messages.send"):
        steward = _steward(address)
        if steward is None:
            return _("No place steward has the e-mail address %(address)s written down.") % {
                "address": address
            }
        if way_to(steward, now=clock.now(), asked=Channel.EMAIL).channel != Channel.EMAIL:
            return _("The seal for %(name)s cannot leave the machine: no e-mail goes to them from here.") % {
                "name": steward.name
            }
        (line,) = lines([seal], rows=False)
        send(
            by=somebody_at_the_door(but_not=steward) or steward,
            to=steward,
            subject=gettext_lazy("The seal of our audit"),
            words=format_lazy("{words}\n\n{line}", words=format_lazy(WORDS, day=seal.day), line=line),
            reference=f"seal-{seal.pk}-{steward.pk}",
            about_type="audit.seal",
            channel=Channel.EMAIL,
        )
    return ""


def _steward(address: str) -> Person | None:
    """Who looks after the place today and is reached at this address. Call in the work `messages.send`."""
    stewards = RoleHeld.objects.filter(held_now(), role=Role.STEWARD).values("person")
    reached = Reach.objects.filter(email__iexact=address, person__in=stewards).select_related("person")
    found = reached.order_by("pk").first()
    return found.person if found else None
