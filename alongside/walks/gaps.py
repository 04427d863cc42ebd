"""The morning's look for walks that nobody covers today. It finds and tells; it never changes a walk."""

from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.acting import working_on
from alongside.messages import humans
from alongside.messages.operations.outbox import send
from alongside.people.door import somebody_at_the_door
from alongside.people.models import Person
from alongside.walks.covered import WORK, Kept, today
from alongside.walks.models import CoverGap
from alongside.walks.operations.work import mend_gap, note_gap


def find_gaps() -> int:
    """Note each walk that nobody covers from today on, tell its walker and a lead, and note what was mended.

    Returns how many were found new. Running it twice tells nobody twice.
    """
    with working_on(WORK):
        now = today()
        known = {gap.walk_id: gap for gap in CoverGap.objects.filter(mended_at__isnull=True)}
        missing = now.missing()
        for key, gap in known.items():
            if key not in missing:
                mend_gap(by=None, gap=gap)
        new = {key: why for key, why in missing.items() if key not in known}
    for key, why in new.items():
        _note(key, now.walks[key], why)
    return len(new)


def _note(walk: UUID, kept: Kept, why: str) -> None:
    with working_on("messages.send"):
        lead = humans.to_alarm()
    with working_on(WORK):
        gap = CoverGap(
            walk_id=walk, walker_id=kept.walker, cover_id=kept.cover, why=why, found_on=clock.today()
        )
        note_gap(by=None, gap=gap, alarmed=lead)
        with working_on("messages.send"):
            for whom in _told(kept, lead):
                _tell(whom, gap)


def _told(kept: Kept, lead: Person | None) -> list[Person]:
    walker = Person.objects.filter(pk=kept.walker).first() if kept.walker else None
    return [whom for whom in dict.fromkeys([walker, lead]) if whom is not None]


def _tell(whom: Person, gap: CoverGap) -> None:
    sender = somebody_at_the_door(but_not=whom) or whom
    words = format_lazy(
        _("From {day} on, {why}, on a walk you look after. Please see today that somebody is there."),
        day=f"{gap.found_on:%d.%m.%Y}",
        why=gap.get_why_display(),
    )
    send(
        by=sender,
        to=whom,
        subject=_("A walk has nobody to cover"),
        words=words,
        reference=f"cover-gap-{gap.pk}-{whom.pk}",
        about=gap,
    )
