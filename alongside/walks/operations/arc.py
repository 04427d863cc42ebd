"""A person's arc: drawn for them when they ask, shown when they like, redrawn in their words. No number is kept."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.wording import as_said
from alongside.walks import policies
from alongside.walks.models import ArcChoice, ArcLine

MOST_LETTERS = 300


def _choice(person: Person) -> ArcChoice:
    return ArcChoice.objects.filter(person=person).first() or ArcChoice(person=person)


@operation("walks.draw_arc")
def draw_arc(*, by: Person, person: Person, at: dt.datetime | None = None) -> ArcChoice:
    """Draw the arc for the one it is about, who sees it before anybody else does. Twice is once. Raises Denied."""
    policies.check_is_own_to_draw(by, person)
    choice = _choice(person)
    choice.seen_at = choice.seen_at or at or clock.now()
    choice.save()
    record("walks.draw_arc", by=by, thing=choice, person_id=person.pk, fields={"seen_at": choice.seen_at})
    return choice


@operation("walks.show_arc")
def show_arc(*, by: Person, person: Person, at: dt.datetime | None = None) -> ArcChoice:
    """Let whoever walks with the person see their arc too. Raises Denied; ValueError where they have not seen it."""
    policies.check_is_own_to_draw(by, person)
    choice = _choice(person)
    if choice.seen_at is None:
        raise ValueError(_("Look at it first. Then say whether anybody else may."))
    choice.shown_at = at or clock.now()
    choice.save()
    record("walks.show_arc", by=by, thing=choice, person_id=person.pk, fields={"shown_at": choice.shown_at})
    return choice


@operation("walks.hide_arc")
def hide_arc(*, by: Person, person: Person) -> ArcChoice:
    """From now on nobody but the person sees their arc. Raises Denied."""
    policies.check_is_own_to_draw(by, person)
    choice = _choice(person)
    choice.shown_at = None
    choice.save()
    record("walks.hide_arc", by=by, thing=choice, person_id=person.pk, fields={"shown_at": None})
    return choice


@operation("walks.put_arc_away")
def put_arc_away(*, by: Person, person: Person) -> ArcChoice:
    """No arc any more, for anybody, until the person asks for it again. Their own words for it stay. Raises Denied."""
    policies.check_is_own_to_draw(by, person)
    choice = _choice(person)
    choice.seen_at = choice.shown_at = None
    choice.save()
    record("walks.put_arc_away", by=by, thing=choice, person_id=person.pk, fields={"seen_at": None})
    return choice


@operation("walks.say_in_arc")
def say_in_arc(
    *, by: Person, person: Person, month: dt.date, words: str, strand: str = ArcLine.Strand.MINE,
    at: dt.datetime | None = None,
) -> ArcLine:  # fmt: skip
    """Words of the person's own in a month of their arc ("I did"). `month` is any day of it.

    Raises Denied; ValueError with a sentence where there are no words, too many, or the month has not come.
    """
    policies.check_is_own_to_draw(by, person)
    said = as_said(words)
    if not said:
        raise ValueError(_("Say a word or two for this month."))
    if len(said) > MOST_LETTERS:
        raise ValueError(_("That is a lot for one month. Say it in fewer words: 300 letters at most."))
    line = ArcLine(
        person=person, month=_month(month), strand=_strand(strand), words=said, at=at or clock.now()
    )  # fmt: skip
    line.save(force_insert=True)
    record("walks.say_in_arc", by=by, thing=line, person_id=person.pk, fields={"words": said})
    return line


@operation("walks.leave_out_of_arc")
def leave_out_of_arc(
    *, by: Person, person: Person, month: dt.date, strand: str, what: UUID, at: dt.datetime | None = None
) -> ArcLine:
    """Leave one event of the record out of the arc; the event itself stays as it was. Twice is once. Raises Denied."""
    policies.check_is_own_to_draw(by, person)
    known = ArcLine.objects.filter(person=person, leaves_out=what).first()
    line = known or ArcLine(
        person=person, month=_month(month), strand=_strand(strand), leaves_out=what, at=at or clock.now()
    )
    if known is None:
        line.save(force_insert=True)
    record("walks.leave_out_of_arc", by=by, thing=line, person_id=person.pk, fields={"leaves_out": what})
    return line


@operation("walks.drop_arc_line")
def drop_arc_line(*, by: Person, line: ArcLine) -> None:
    """Take back words said in the arc, or put back what was left out of it. Raises Denied."""
    policies.check_is_own_to_draw(by, line.person)
    key = line.pk
    line.delete()
    line.pk = key
    record("walks.drop_arc_line", by=by, thing=line, person_id=line.person_id)


def _month(day: dt.date) -> dt.date:
    if day > clock.today():
        raise ValueError(_("That month has not come yet."))
    return day.replace(day=1)


def _strand(strand: str) -> str:
    if strand not in ArcLine.Strand.values:
        raise ValueError(_("Say whether it was around you, or yours."))
    return strand
