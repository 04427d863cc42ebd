"""What the house says by itself, always in the name of a human: a say-so ended, a hello was left alone."""

import logging
from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.audit.recording import operation, record
from alongside.consent.emergencies import operations as emergencies
from alongside.consent.models import Opening, SaySo
from alongside.consent.operations import end_all_by_date, mark_told
from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import humans
from alongside.messages.models import HelloWait
from alongside.messages.operations.outbox import send
from alongside.messages.sweeping import sweep_forgotten
from alongside.people.door import somebody_at_the_door, who_holds
from alongside.people.models import Person, Role

logger = logging.getLogger("alongside.messages")


def every_minute() -> None:
    """All of it. What fails is logged and does not keep the others from being done."""
    works: tuple[Callable[[], int], ...] = (
        end_all_by_date, tell_of_withdrawals, alarm_about_hellos, alarm_about_openings, sweep_forgotten,
    )  # fmt: skip
    failed = [work.__name__ for work in works if not _done(work)]
    if failed:
        raise RuntimeError(f"not done this minute: {', '.join(failed)}")


def _done(work: Callable[[], int]) -> bool:
    try:
        work()
    except Exception:
        logger.exception("%s was not done this minute; it is tried again in the next", work.__name__)
        return False
    return True


def tell_of_withdrawals() -> int:
    """Tell those whom something was shared with that it was taken back, or ended (I5). Returns how many."""
    with working_on("consent.tell"):
        ended = [SaySo.State.WITHDRAWN, SaySo.State.ENDED]
        due = list(SaySo.objects.filter(state__in=ended, told_at__isnull=True).values_list("pk", flat=True))
    return sum(_tell(key) for key in due)


def _tell(key) -> bool:
    with working_on("consent.tell"):
        say_so = SaySo.objects.select_for_update().filter(pk=key, told_at__isnull=True).first()
        if say_so is None:
            return False
        with working_on("messages.send"):
            whose = Person.objects.get(pk=say_so.person_id)
            to = Person.objects.get(pk=say_so.given_to_id)
            sender = somebody_at_the_door(but_not=to) or whose
            send(
                by=sender,
                to=to,
                subject=_("Something you could read has ended"),
                words=_words(say_so, whose.called),
                reference=f"say-so-{say_so.pk}-{say_so.state_at:%Y%m%d%H%M%S}",
                about=say_so,
            )
        mark_told(by=None, say_so=say_so)
    return True


def _words(say_so: SaySo, called: str):
    if say_so.state == SaySo.State.WITHDRAWN:
        said = _("{called} has taken back what they let you read. You can no longer open it.")
    else:
        said = _("What {called} let you read has come to its end. You can no longer open it.")
    after = _("Nothing is asked of you, and they do not have to give a reason.")
    return format_lazy("{said} {after}", said=format_lazy(said, called=called), after=after)


def alarm_about_hellos() -> int:
    """Tell a named human of each hello that nobody answered in a working day, once. Returns how many."""
    with working_on("hello"):
        late = HelloWait.objects.filter(
            answered_at__isnull=True, alarmed_at__isnull=True, answer_by__lte=clock.now()
        )
        due = list(late.values_list("pk", flat=True))
    return sum(_alarm(key) for key in due)


def _alarm(key) -> bool:
    with working_on("hello"):
        wait = HelloWait.objects.select_for_update(of=("self",)).select_related("named").get(pk=key)
        whom = humans.to_alarm(but_not=wait.named) or somebody_at_the_door()
        if wait.alarmed_at or whom is None:
            return False
        alarm(by=None, wait=wait, whom=whom)
    return True


@operation("messages.alarm")
def alarm(*, by: Person | None, wait: HelloWait, whom: Person) -> HelloWait:
    """Tell one human that a hello was left alone. Runs in the work `hello`."""
    wait.alarmed, wait.alarmed_at = whom, clock.now()
    wait.save(update_fields=["alarmed", "alarmed_at"])
    said = _(
        "Somebody said hello and nobody has answered for a working day. {named} was named. "
        "Please see that they hear from a human today."
    )
    send(
        by=humans.at_the_door() or wait.named or whom,
        to=whom,
        subject=_("A hello is waiting"),
        words=format_lazy(said, named=wait.named.called if wait.named else _("Nobody")),
        reference=f"hello-alone-{wait.pk}",
        about=wait,
    )
    record("messages.alarm", by=by, thing=wait, fields={"alarmed": whom.pk})
    return wait


def alarm_about_openings() -> int:
    """Tell a steward of each emergency that nobody looked at within its day, once. Returns how many."""
    with working_on("consent.tell"):
        late = Opening.objects.filter(reviewed_at=None, alarmed_at=None, review_by__lte=clock.now())
        due = list(late.values_list("pk", flat=True))
    return sum(_alarm_about(key) for key in due)


def _alarm_about(key) -> bool:
    with working_on("consent.tell"):
        opening = Opening.objects.select_for_update().get(pk=key)
        with working_on("messages.send"):
            opener = Person.objects.get(pk=opening.by_id)
        could = emergencies.could_review(opening.person_id, opener)
        stewards = [one for one in who_holds(Role.STEWARD) if one in could]
        # Whoever was named for it had their day.
        whom = next((one for one in [*stewards, *could] if one.pk != opening.reviewer_id), None)
        if opening.alarmed_at or opening.reviewed_at or whom is None:
            return False
        said = _(
            "A page was opened in an emergency, and nobody has looked at it within the day. Please do it today."
        )
        with working_on("messages.send"):
            send(
                by=humans.at_the_door() or opener,
                to=whom,
                subject=_("An emergency nobody looked at"),
                words=said,
                reference=f"opening-alone-{opening.pk}",
                about=opening,
            )
        emergencies.mark_alarmed(by=None, opening=opening)
    return True
