"""A worker's own days: full, away; and the look for walks that nobody covers."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.kernel.acting import current
from alongside.people.models import Person, Room
from alongside.story.wording import as_said
from alongside.walks import policies
from alongside.walks.covered import over, over_where_covered
from alongside.walks.models import Away, Company, CoverGap, SaidFull


@operation("walks.say_full")
def say_full(*, by: Person, words: str = "", at: dt.datetime | None = None) -> SaidFull:
    """ "I'm full", in one tap: nobody new is named to them, and the place must answer for it. Twice is once."""
    policies.check_can_say_full(by)
    known = SaidFull.objects.filter(worker=by, over_at__isnull=True).first()
    full = known or SaidFull(worker=by, words=as_said(words), said_at=at or clock.now())
    if known is None:
        full.save(force_insert=True)
        Room.objects.update_or_create(person=by, defaults={"room_for": 0})
    record("walks.say_full", by=by, thing=full, person_id=by.pk, fields={"words": words})
    return full


@operation("walks.have_room")
def have_room(*, by: Person, room_for: int = 1, at: dt.datetime | None = None) -> Room:
    """There is room again, for so many more. Raises ValueError for fewer than one."""
    policies.check_can_say_full(by)
    if room_for < 1:
        raise ValueError(_("Say for how many more, one at least."))
    for full in SaidFull.objects.filter(worker=by, over_at__isnull=True):
        full.over_at = at or clock.now()
        full.save(update_fields=["over_at"])
    room, _new = Room.objects.update_or_create(person=by, defaults={"room_for": room_for})
    record("walks.have_room", by=by, thing=room, person_id=by.pk, fields={"room_for": room_for})
    return room


@operation("walks.answer_full")
def answer_full(*, by: Person, full: SaidFull, words: str, at: dt.datetime | None = None) -> SaidFull:
    """What the place does about somebody being full, in words. Raises Denied; ValueError without words."""
    policies.check_can_answer_full(by, full)
    if not words.strip():
        raise ValueError(_("Say what is being done, or why nothing can be."))
    full.answer, full.answered_by, full.answered_at = words.strip(), by, at or clock.now()
    full.save(update_fields=["answer", "answered_by", "answered_at"])
    record("walks.answer_full", by=by, thing=full, person_id=full.worker_id, fields={"answer": words})
    return full


@operation("walks.say_away")
def say_away(
    *, by: Person, worker: Person, from_day: dt.date, to_day: dt.date, at: dt.datetime | None = None
) -> Away:
    """Days on which somebody is not there. Raises Denied; ValueError where the last day is before the first."""
    policies.check_can_say_away(by, worker)
    if to_day < from_day:
        raise ValueError(_("The last day away is before the first."))
    away = Away(worker=worker, from_day=from_day, to_day=to_day, said_at=at or clock.now())
    away.save(force_insert=True)
    record("walks.say_away", by=by, thing=away, person_id=worker.pk, fields={"from": from_day, "to": to_day})
    return away


@operation("walks.not_away")
def not_away(*, by: Person, away: Away, at: dt.datetime | None = None) -> Away:
    """They are here after all: whatever nobody covered for it is covered again."""
    policies.check_can_take_back_away(by, away)
    away.taken_back_at = at or clock.now()
    away.save(update_fields=["taken_back_at"])
    record("walks.not_away", by=by, thing=away, person_id=away.worker_id, fields={"at": away.taken_back_at})
    kept = Company.objects.filter(policies.keeping_now(), person=away.worker_id)
    over_where_covered(by=by, walks=kept.values_list("walk_id", flat=True))
    return away


@operation("walks.note_gap")
def note_gap(*, by: Person | None, gap: CoverGap, alarmed: Person | None = None) -> CoverGap:
    """Write down that a walk has nobody to cover, and who hears of it. Only in the work `walks.cover`."""
    policies.check_is_the_morning_look(current().work)
    gap.alarmed = alarmed
    gap.save(force_insert=True)
    record("walks.note_gap", by=by, thing=gap, fields={"why": gap.why, "found_on": gap.found_on})
    return gap


@operation("walks.mend_gap")
def mend_gap(*, by: Person | None, gap: CoverGap) -> CoverGap:
    """Somebody covers again, as the morning finds it. Only in the work `walks.cover`."""
    policies.check_is_the_morning_look(current().work)
    over(gap, by=by)
    return gap
