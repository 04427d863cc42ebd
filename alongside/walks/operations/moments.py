"""What happened, as it was said: who, and words, and nothing else is asked. What comes after stands beside it."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent.policies import WALKING_ROLES, selves
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.people.policies import holds
from alongside.story.models import Audience
from alongside.story.wording import as_said
from alongside.walks import policies
from alongside.walks.models import Draft, Moment, MomentAfter, MomentWith, TimeWriting, Walk
from alongside.walks.one_at_a_time import one_at_a_time

# A phone's clock may be a little ahead of ours; beyond that it is wrong, and we say when the words came.
A_LITTLE = dt.timedelta(minutes=5)
A_DAY_IN_MINUTES = 24 * 60
# A page left open is not writing.
LONGEST_WRITING = 60 * 60


class OtherWords(ValueError):  # noqa: N818 - reads as the sentence it carries
    """Other words came under the name of a moment that is there already (`there`)."""

    def __init__(self, there: Moment) -> None:
        super().__init__(
            _("Other words are kept under this one's name already. Yours are still here: keep them as new.")
        )
        self.there = there


@operation("walks.record_moment")
def record_moment(
    *,
    by: Person,
    person: Person,
    words: str,
    kind: str = Moment.Kind.MET,
    walk: Walk | None = None,
    who: Person | None = None,
    by_words: str = "",
    with_: Sequence[Person] = (),
    audience: str = Audience.WALKERS,
    language: str = "en",
    at: dt.datetime | None = None,
    minutes_together: int | None = None,
    seconds_writing: int | None = None,
    client_id: UUID | None = None,
) -> Moment:
    """Keep a moment on somebody's page: who, and words; nothing else is asked.

    `by` writes; `who` is whose moment it is: `by` unless told otherwise, or the person, where `by` writes
    down what they said. `by_words` says who it was where they are not here. `walk` is found where `by` has
    one with them. `with_` were there too, of the same walk, and read it too. `at` is when it happened, kept
    as told; a clock that is ahead is put back to now. `minutes_together` is a number of minutes;
    `seconds_writing` is kept for a worker alone, to see their own.

    With a `client_id`, the same moment sent again gives the one that is there. Raises Denied; OtherWords
    where different words come under that name; ValueError with a sentence.
    """
    if client_id is not None and (there := _there_already(by, client_id)):
        return _the_same(there, by=by, person=person, words=words)
    who = who or by
    policies.check_can_record(by, person)
    policies.check_can_tell_as(by, policies.Telling(person, who, audience))
    kept_at = clock.now()
    moment = Moment(
        person=person, walk=walk or _walk_of(by, person), kind=_kind(kind), words=_words(words),
        language=language, by=who, by_words=_by_words(by_words), written_down_by=by, audience=audience,
        at=_happened_at(at, kept_at), kept_at=kept_at, minutes_together=_minutes(minutes_together),
        client_id=client_id,
    )  # fmt: skip
    moment.save(force_insert=True)
    _were_there_too(moment, by, with_)
    _keep_time_writing(moment, by, seconds_writing)
    _drop_its_draft(by, person, client_id, moment.words, about=None)
    # How long it took to write is no part of what others may see was kept.
    record(
        "walks.record_moment",
        by=by,
        thing=moment,
        person_id=person.pk,
        fields={"kind": kind, "words": words, "audience": audience},
    )
    return moment


def _there_already(by: Person, client_id: UUID) -> Moment | None:
    one_at_a_time(f"walks.moment {by.pk} {client_id}")
    return Moment.objects.filter(written_down_by=by, client_id=client_id).first()


def _the_same(there: Moment, *, by: Person, person: Person, words: str) -> Moment:
    """The moment that came before, where this is that one again; the audit says that it came again."""
    if (there.person_id, there.words) != (person.pk, as_said(words)):
        raise OtherWords(there)
    _drop_its_draft(by, person, there.client_id, there.words, about=None)
    record("walks.moment_came_again", by=by, thing=there, person_id=person.pk)
    return there


def _walk_of(by: Person, person: Person) -> Walk | None:
    """The one walk of this person that `by` keeps (or is their own); None where there is none, or several."""
    mine = Q() if person.pk in selves(by) else Q(pk__in=policies.kept_by(by))
    going = Q(state__in=[Walk.State.WALKING, Walk.State.RESTING, Walk.State.OFFERED])
    theirs = Walk.objects.filter(mine & going, people__person=person, people__to_at__isnull=True)
    found = list(theirs.distinct()[:2])
    return found[0] if len(found) == 1 else None


def _words(words: str) -> str:
    if not (said := as_said(words)):
        raise ValueError(_("Say a word or two. That is plenty."))
    return said


def _kind(kind: str) -> str:
    if kind not in Moment.Kind.values:
        raise ValueError(_("There is no kind of moment called “%(kind)s” here.") % {"kind": kind})
    return kind


def _by_words(words: str) -> str:
    if len(words.strip()) > 200:
        raise ValueError(_("Say who it was in fewer words: 200 letters at most."))
    return words.strip()


def _minutes(minutes: int | None) -> int | None:
    if minutes is not None and not 0 <= minutes <= A_DAY_IN_MINUTES:
        raise ValueError(_("Time together is in minutes, up to a day."))
    return minutes or None


def _happened_at(at: dt.datetime | None, kept_at: dt.datetime) -> dt.datetime:
    if at is None:
        return kept_at
    if at.tzinfo is None:
        raise ValueError(_("Say when it was with its time zone."))
    return kept_at if at > kept_at + A_LITTLE else at


def _were_there_too(moment: Moment, by: Person, others: Sequence[Person]) -> None:
    them = {other.pk: other for other in others if other.pk != moment.person_id}
    if them and moment.audience == Audience.ONLY_US:
        raise ValueError(
            _("What stays between two was not told to others. Leave them out, or let them read it.")
        )
    for other in them.values():
        policies.check_can_be_there_too(by, policies.ThereToo(moment.person, other))
        MomentWith(moment=moment, person=other, at=moment.at).save(force_insert=True)


def _keep_time_writing(moment: Moment, by: Person, seconds: int | None) -> None:
    if seconds is None or seconds < 0 or moment.person_id in selves(by) or not holds(by, *WALKING_ROLES):
        return
    kept = min(seconds, LONGEST_WRITING)
    TimeWriting(moment=moment, worker=by, seconds=kept, at=moment.kept_at).save(force_insert=True)


def _drop_its_draft(
    by: Person, person: Person, client_id: UUID | None, words: str, *, about: Moment | None
) -> None:
    """What was being written is said now: the draft of that page, or of these very words. Others stay."""
    said = Q(words=words) | Q(client_id=client_id) if client_id else Q(words=words)
    Draft.objects.filter(said, author=by, person=person, about=about).delete()


def _next_number(moment: Moment) -> int:
    one_at_a_time(f"walks.moment {moment.pk}")
    return (MomentAfter.objects.filter(moment=moment).aggregate(most=Max("number"))["most"] or 0) + 1


def _add_after(
    moment: Moment, kind: str, *, by: Person, said_by: Person, words: str, language: str,
    follows: int | None, client_id: UUID | None, at: dt.datetime | None,
) -> MomentAfter:  # fmt: skip
    number = _next_number(moment)
    after = MomentAfter(
        moment=moment, kind=kind, number=number, words=_words(words), language=language, by=said_by,
        follows=number - 1 if follows is None else min(max(follows, 0), number - 1),
        written_down_by=by, at=at or clock.now(),
    )  # fmt: skip
    after.save(force_insert=True)
    _drop_its_draft(by, moment.person, client_id, after.words, about=moment)
    return after


@operation("walks.answer_moment")
def answer_moment(
    *, by: Person, moment: Moment, words: str, said_by: Person | None = None, language: str = "en",
    follows: int | None = None, client_id: UUID | None = None, at: dt.datetime | None = None,
) -> MomentAfter:  # fmt: skip
    """Answer a moment in words beneath it. `said_by` is `by`, or the person whose answer `by` writes down.

    `follows` is how many answers and versions the writer had in front of them (all, when None); `client_id`
    the page it was written on, whose draft is dropped. Raises Denied; ValueError with a sentence.
    """
    said_by = said_by or by
    policies.check_can_answer_moment(by, moment)
    policies.check_can_answer_moment_as(by, policies.Answering(moment, said_by))
    after = _add_after(
        moment, MomentAfter.Kind.ANSWER, by=by, said_by=said_by, words=words, language=language,
        follows=follows, client_id=client_id, at=at,
    )  # fmt: skip
    record("walks.answer_moment", by=by, thing=after, person_id=moment.person_id, fields={"words": words})
    return after


@operation("walks.say_moment_again")
def say_moment_again(
    *, by: Person, moment: Moment, words: str, language: str = "en", follows: int | None = None,
    client_id: UUID | None = None, at: dt.datetime | None = None,
) -> MomentAfter:  # fmt: skip
    """Say a moment another way: new words beside the first, which stay (I16).

    `follows` is how many answers and versions the writer had in front of them (all, when None). Where
    somebody said it again meanwhile, both are kept and the page shows both. Raises Denied; ValueError.
    """
    policies.check_can_say_moment_again(by, moment)
    after = _add_after(
        moment, MomentAfter.Kind.SAID_AGAIN, by=by, said_by=moment.by, words=words, language=language,
        follows=follows, client_id=client_id, at=at,
    )  # fmt: skip
    record("walks.say_moment_again", by=by, thing=after, person_id=moment.person_id, fields={"words": words})
    return after


@operation("walks.set_moment_audience")
def set_moment_audience(*, by: Person, moment: Moment, audience: str) -> Moment:
    """Whom a moment is for, from the next page on: the person alone says. Raises Denied; ValueError."""
    policies.check_can_set_moment_audience(by, moment)
    if audience not in Audience.values:
        raise ValueError(_("Choose who it is for."))
    moment.audience = audience
    moment.save(update_fields=["audience"])
    record(
        "walks.set_moment_audience",
        by=by,
        thing=moment,
        person_id=moment.person_id,
        fields={"audience": audience},
    )
    return moment
