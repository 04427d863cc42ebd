"""Every write about who may read what: say-so given, refused, renewed, taken back; a duty named; closeness said."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent import policies
from alongside.consent.models import Basis, Closeness, LegalReason, SaySo, SaySoStep
from alongside.kernel import acting, clock
from alongside.people.models import Person


def _step(say_so: SaySo, step: str, *, by: Person, words: str, at: dt.datetime) -> None:
    SaySoStep(say_so=say_so, step=step, words=words, at=at, by=by).save(force_insert=True)


def _open(say_so: SaySo, *, at: dt.datetime) -> Basis:
    basis = Basis(
        actor_id=say_so.given_to_id,
        person_id=say_so.person_id,
        kind=Basis.Kind.SAY_SO,
        whole=say_so.whole,
        parts=say_so.parts,
        why=say_so.for_what,
        say_so=say_so,
        from_at=at,
        to_at=say_so.until,
    )
    basis.save(force_insert=True)
    return basis


def _close(say_so: SaySo, at: dt.datetime) -> None:
    """End what it opened: from the next statement on, nothing of it can be read (I5)."""
    for basis in say_so.bases.all():
        if basis.to_at is None or basis.to_at > at:
            basis.to_at = max(at, basis.from_at)
            basis.save(update_fields=["to_at"])


def _new(
    *, by: Person, person: Person, given_to: Person, state: str, at: dt.datetime, **more: object
) -> SaySo:
    say_so = SaySo(
        person=person,
        given_by=person,
        given_to=given_to,
        written_down_by=None if by == person else by,
        state=state,
        state_at=at,
        **more,
    )
    policies.check_can_write_down_say_so(by, say_so)
    say_so.save(force_insert=True)
    return say_so


@operation("consent.give_say_so")
def give_say_so(
    *,
    by: Person,
    person: Person,
    given_to: Person,
    for_what: str,
    what: str = "",
    whole: bool = False,
    parts: Sequence[UUID] = (),
    until: dt.datetime | None = None,
    until_words: str = "",
    words: str = "",
    at: dt.datetime | None = None,
) -> SaySo:
    """Let somebody read: the whole story (they walk with me), or the named parts and ties.

    `by` is the person, or whoever writes it down for them; the say-so is the person's own either way. What
    another wrote down opens at once and stands as not yet seen until the person answers it (`confirm_say_so`,
    or taken back). Raises Denied, or ValueError where it opens nothing.
    """
    if whole == bool(parts):
        raise ValueError("a say-so opens the whole story or named parts: one of the two")
    at = at or clock.now()
    say_so = _new(
        by=by, person=person, given_to=given_to, state=SaySo.State.GIVEN, at=at, what=what or _("my story"),
        for_what=for_what, whole=whole, parts=list(parts), until=until, until_words=until_words, words=words,
    )  # fmt: skip
    _step(say_so, SaySoStep.Step.GIVEN, by=by, words=words, at=at)
    _open(say_so, at=at)
    record("consent.give_say_so", by=by, thing=say_so, person_id=person.pk, fields={"parts": list(parts)})
    return say_so


@operation("consent.refuse_say_so")
def refuse_say_so(
    *, by: Person, person: Person, given_to: Person, what: str, for_what: str, words: str = "",
    at: dt.datetime | None = None,
) -> SaySo:  # fmt: skip
    """Keep somebody's no. It opens nothing, costs nothing, and is not asked about again."""
    at = at or clock.now()
    say_so = _new(
        by=by, person=person, given_to=given_to, state=SaySo.State.REFUSED, at=at, what=what, for_what=for_what,
        words=words, told_at=at,
    )  # fmt: skip
    _step(say_so, SaySoStep.Step.REFUSED, by=by, words=words, at=at)
    record("consent.refuse_say_so", by=by, thing=say_so, person_id=person.pk)
    return say_so


@operation("consent.confirm_say_so")
def confirm_say_so(*, by: Person, say_so: SaySo, at: dt.datetime | None = None) -> SaySo:
    """The person has seen what another wrote down, and says that it is so. Raises Denied for anybody else."""
    policies.check_can_confirm_say_so(by, say_so)
    say_so.seen_at = at or clock.now()
    say_so.save(update_fields=["seen_at"])
    record(
        "consent.confirm_say_so",
        by=by,
        thing=say_so,
        person_id=say_so.person_id,
        fields={"seen_at": say_so.seen_at},
    )
    return say_so


@operation("consent.withdraw_say_so")
def withdraw_say_so(*, by: Person, say_so: SaySo, words: str = "", at: dt.datetime | None = None) -> SaySo:
    """Take a say-so back, at once; those it was shared with are told within the hour (I5)."""
    policies.check_can_end_say_so(by, say_so)
    return _end(by, say_so, SaySo.State.WITHDRAWN, SaySoStep.Step.WITHDRAWN, words, at or clock.now())


@operation("consent.end_say_so")
def end_say_so(*, by: Person, say_so: SaySo, words: str = "", at: dt.datetime | None = None) -> SaySo:
    """A say-so has done what it was for."""
    policies.check_can_end_say_so(by, say_so)
    return _end(by, say_so, SaySo.State.ENDED, SaySoStep.Step.ENDED, words, at or clock.now())


def _end(by: Person, say_so: SaySo, state: str, step: str, words: str, at: dt.datetime) -> SaySo:
    say_so.state, say_so.state_at = state, at
    say_so.save(update_fields=["state", "state_at"])
    _step(say_so, step, by=by, words=words, at=at)
    _close(say_so, at)
    record(f"consent.{step}", by=by, thing=say_so, person_id=say_so.person_id, fields={"state": state})
    return say_so


@operation("consent.renew_say_so")
def renew_say_so(
    *,
    by: Person,
    say_so: SaySo,
    until: dt.datetime | None = None,
    words: str = "",
    at: dt.datetime | None = None,
) -> SaySo:
    """Give a say-so again, for longer, or after it ended. Raises Denied, also for one that was a no.

    Written down by another, it is theirs to have written and not yet seen by the person, as at the first time.
    """
    at = at or clock.now()
    policies.check_can_renew_say_so(by, say_so)
    _close(say_so, at)
    say_so.state, say_so.state_at, say_so.until, say_so.told_at = SaySo.State.GIVEN, at, until, None
    _who_said_it(say_so, by, at)
    say_so.save(update_fields=["state", "state_at", "until", "told_at", "written_down_by", "seen_at"])
    _step(say_so, SaySoStep.Step.RENEWED, by=by, words=words, at=at)
    _open(say_so, at=at)
    record("consent.renew_say_so", by=by, thing=say_so, person_id=say_so.person_id, fields={"until": until})
    return say_so


def _who_said_it(say_so: SaySo, by: Person, at: dt.datetime) -> None:
    """Given again by the person, it is seen; by another, it is theirs and to be seen anew."""
    if policies.check_is_own_page.allows(by, say_so.person):
        say_so.seen_at = at if say_so.written_down_by_id else None
    else:
        say_so.written_down_by, say_so.seen_at = by, None


@operation("consent.mark_told")
def mark_told(*, by: Person | None, say_so: SaySo, at: dt.datetime | None = None) -> SaySo:
    """Those it was shared with have been told that it ended."""
    say_so.told_at = at or clock.now()
    say_so.save(update_fields=["told_at"])
    record(
        "consent.mark_told",
        by=by,
        thing=say_so,
        person_id=say_so.person_id,
        fields={"told_at": say_so.told_at},
    )
    return say_so


@operation("consent.end_by_date")
def end_by_date(*, by: Person | None, say_so: SaySo) -> SaySo:
    """The day a say-so was given until has come (its Basis ended by itself; this writes it down)."""
    say_so.state, say_so.state_at = SaySo.State.ENDED, say_so.until or clock.now()
    say_so.save(update_fields=["state", "state_at"])
    record(
        "consent.end_by_date", by=by, thing=say_so, person_id=say_so.person_id, fields={"state": say_so.state}
    )
    return say_so


def end_all_by_date() -> int:
    """Write down the end of every say-so whose day has come. Returns how many."""
    with acting.working_on("consent.end"):
        due = list(SaySo.objects.filter(state=SaySo.State.GIVEN, until__lte=clock.now()))
        for say_so in due:
            end_by_date(by=None, say_so=say_so)
    return len(due)


@operation("consent.name_legal_reason")
def name_legal_reason(*, by: Person, code: str, basis: str, statute: str, plain_words: str) -> LegalReason:
    """Add or reword a reason in law that this place may use."""
    policies.check_can_name_a_duty(by)
    reason = LegalReason.objects.filter(code=code).first() or LegalReason(code=code)
    reason.basis, reason.statute, reason.plain_words = basis, statute, plain_words
    reason.save()
    record(
        "consent.name_legal_reason",
        by=by,
        thing=reason,
        fields={"statute": statute, "plain_words": plain_words},
    )
    return reason


@operation("consent.open_by_law")
def open_by_law(
    *,
    by: Person,
    actor: Person,
    person: Person,
    legal_reason: LegalReason,
    why: str,
    kind: str = Basis.Kind.DUTY,
    whole: bool = False,
    parts: Sequence[UUID] = (),
    from_at: dt.datetime | None = None,
    to_at: dt.datetime | None = None,
) -> Basis:
    """Open a page, or named parts of it, for a reason in law: never called consent, and seen by the person."""
    policies.check_can_name_a_duty(by)
    basis = Basis(
        actor=actor, person=person, kind=kind, whole=whole, parts=list(parts), why=why,
        legal_reason=legal_reason, from_at=from_at or clock.now(), to_at=to_at,
    )  # fmt: skip
    basis.save(force_insert=True)
    record(
        "consent.open_by_law",
        by=by,
        thing=basis,
        person_id=person.pk,
        fields={"legal_reason": legal_reason.code},
    )
    return basis


@operation("consent.say_close")
def say_close(
    *, by: Person, person: Person, other: Person, words: str, at: dt.datetime | None = None
) -> Closeness:
    """Say that two people are kin, neighbours or friends: from now on only an invitation opens the page (I18)."""
    if by.pk != other.pk:
        policies.check_can_write_for(by, person)
    close, new = Closeness.objects.get_or_create(
        person=person,
        other=other,
        said_by=by,
        over_at=None,
        defaults={"words": words, "said_at": at or clock.now()},
    )
    record("consent.say_close", by=by, thing=close, person_id=person.pk, fields={"new": new})
    return close
