"""Every write to a circle: somebody in it, what became of them, and what is missing."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.consent.operations import say_close
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story import policies
from alongside.story.models import Audience, Gap, Tie, TieChange
from alongside.story.wording import as_said, day_of


@operation("story.tie")
def tie(
    *,
    by: Person,
    person: Person,
    name: str,
    to: str = Tie.To.PERSON,
    tie: str = "",
    words: str = "",
    language: str = "en",
    trusted: bool = False,
    help: str = Tie.Help.NOT_SAID,  # noqa: A002 - the model's own word
    since: dt.date | None = None,
    introduced_by: str = "",
    member: Person | None = None,
    audience: str = Audience.WALKERS,
    at: dt.datetime | None = None,
) -> Tie:
    """Put somebody or something in a person's circle, in that person's words.

    Only a `name` is asked. `tie` is what they are to the person, `since` the day it began where that is
    known. `member` is somebody here whom the owner may see; only the owner names one, and it declares that
    the two are close (I18, I20). Raises Denied; ValueError with a sentence when there is no name.
    """
    policies.check_can_write(by, person)
    policies.check_can_keep_between(by, policies.Telling(person, person, audience))
    if member is not None:
        policies.check_can_name_member(by, person)
    if not as_said(name):
        raise ValueError(_("Say what you call them. A first name or “the dog” is plenty."))
    at = at or clock.now()
    new = Tie(
        person=person, to=to, name=as_said(name), tie=as_said(tie), words=as_said(words), language=language,
        trusted=trusted, help=help, since=since, introduced_by=as_said(introduced_by), member=member,
        audience=audience, written_down_by=by, began_at=at,
    )  # fmt: skip
    new.save(force_insert=True)
    if member is not None:
        # In no words of the owner's: the other one may read why they cannot open the page.
        say_close(by=by, person=person, other=member, words=_("in their circle"), at=at)
    record(
        "story.tie",
        by=by,
        thing=new,
        person_id=person.pk,
        fields={
            "name": name,
            "tie": tie,
            "words": words,
            "trusted": trusted,
            "help": help,
            "member": bool(member),
        },
    )
    return new


@operation("story.change_tie")
def change_tie(
    *,
    by: Person,
    tie: Tie,
    what: str,
    words: str = "",
    tie_words: str = "",
    help: str = "",  # noqa: A002 - the model's own word
    trusted: bool | None = None,
    on: dt.date | None = None,
    at: dt.datetime | None = None,
) -> TieChange:
    """Say what became of a tie (took, did not take, faded, mended, reworded) on a day. The tie stays as said.

    `words` and `tie_words` (what they are to the person) hold from that day on; empty ones, an empty
    `help` and a `trusted` of None mean "as before". Raises Denied; ValueError when it is reworded
    without new words.
    """
    policies.check_can_change_tie(by, tie)
    words, tie_words = as_said(words), as_said(tie_words)
    said_anything = words or tie_words or help or trusted is not None
    if what == TieChange.What.REWORDED and not said_anything:
        raise ValueError(_("Say it in new words."))
    at = at or clock.now()
    change = TieChange(
        tie=tie, what=what, tie_words=tie_words, words=words, help=help, trusted=trusted, on=on or day_of(at),
        by=by, at=at,
    )  # fmt: skip
    change.save(force_insert=True)
    record(
        "story.change_tie",
        by=by,
        thing=change,
        person_id=tie.person_id,
        fields={"what": what, "words": words, "tie_words": tie_words, "on": change.on},
    )
    return change


@operation("story.name_gap")
def name_gap(
    *,
    by: Person,
    person: Person,
    words: str,
    named_on: dt.date | None = None,
    audience: str = Audience.WALKERS,
    at: dt.datetime | None = None,
) -> Gap:
    """Name what is missing in a person's circle, in their words. Raises Denied; ValueError without words."""
    policies.check_can_write(by, person)
    policies.check_can_keep_between(by, policies.Telling(person, person, audience))
    if not as_said(words):
        raise ValueError(_("Say what, or who, is missing."))
    gap = Gap(
        person=person,
        words=as_said(words),
        named_on=named_on or day_of(at or clock.now()),
        audience=audience,
        written_down_by=by,
    )
    gap.save(force_insert=True)
    record("story.name_gap", by=by, thing=gap, person_id=person.pk, fields={"words": words})
    return gap


@operation("story.gap_filled")
def gap_filled(*, by: Person, gap: Gap, on: dt.date | None = None) -> Gap:
    """Somebody or something has come into a gap, on a day. Raises Denied."""
    policies.check_can_change_tie(by, gap)
    gap.filled_on = on or clock.today()
    gap.save(update_fields=["filled_on"])
    record("story.gap_filled", by=by, thing=gap, person_id=gap.person_id, fields={"filled_on": gap.filled_on})
    return gap
