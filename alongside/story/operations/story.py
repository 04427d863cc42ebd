"""Every write to a story: words said, said again, answered, put away; with a photo, drawing or voice note."""

import datetime as dt
from typing import IO

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story import policies, uploads
from alongside.story.models import Audience, Gap, Medium, PartAnswer, PartVersion, StoryPart, Tie, Upload
from alongside.story.wording import as_said, day_of


def _add_version(
    part: StoryPart, *, by: Person, number: int, follows: int, words: str, language: str, spoken_in: str,
    interpreter: str, medium: str, said_on: dt.date | None, upload: IO[bytes] | None, described: str,
    at: dt.datetime,
) -> PartVersion:  # fmt: skip
    kept = uploads.read(upload, medium) if upload else None
    words = as_said(words)
    if not (words or kept):
        raise ValueError(_("Say a word or two, or add a photo, a drawing or a voice note."))
    version = PartVersion(
        part=part, number=number, follows=follows, words=words, language=language, spoken_in=spoken_in,
        interpreter=interpreter, medium=kept.medium if kept else Medium.TEXT, written_down_by=by,
        said_on=said_on or day_of(at), at=at,
    )  # fmt: skip
    version.save(force_insert=True)
    if kept:
        _keep_upload(version, kept, described)
    return version


def _keep_upload(version: PartVersion, kept: uploads.Kept, described: str) -> Upload:
    upload = Upload(
        version=version,
        file_name=uploads.write(kept),
        content_type=kept.content_type,
        size=len(kept.content),
        sha256=kept.sha256,
        described=as_said(described)[:300],
    )
    upload.save(force_insert=True)
    return upload


@operation("story.say")
def say(
    *,
    by: Person,
    person: Person,
    kind: str,
    words: str = "",
    speaker: Person | None = None,
    language: str = "en",
    spoken_in: str = "",
    interpreter: str = "",
    medium: str = Medium.TEXT,
    audience: str = Audience.WALKERS,
    said_on: dt.date | None = None,
    upload: IO[bytes] | None = None,
    described: str = "",
    at: dt.datetime | None = None,
) -> StoryPart:
    """Keep words as they were said on somebody's page, with a photo, drawing or voice note if there is one.

    `by` writes; `speaker` said it: the person unless told otherwise, and whoever writes where it is a hunch.
    `language` is a BCP 47 tag of the words kept, `spoken_in` the language they were said in where it was
    another. Words or an `upload` must be there. Raises Denied when `by` may not write here, or keeps words
    for only the two without being one of them; ValueError (`uploads.NotKept` for a file) with a sentence.
    """
    policies.check_can_write(by, person)
    speaker = speaker or (by if kind == StoryPart.Kind.HUNCH else person)
    if kind == StoryPart.Kind.HUNCH and speaker.pk == person.pk:
        raise ValueError(_("A hunch is somebody else's. Your own words go under what's going on."))
    telling = policies.Telling(person, speaker, audience)
    policies.check_can_speak_as(by, telling)
    policies.check_can_keep_between(by, telling)
    at = at or clock.now()
    part = StoryPart(
        person=person,
        kind=kind,
        place_in_order=StoryPart.ORDER[kind],
        speaker=speaker,
        audience=audience,
        began_at=at,
    )
    part.save(force_insert=True)
    _add_version(
        part, by=by, number=1, follows=0, words=words, language=language, spoken_in=spoken_in,
        interpreter=interpreter, medium=medium, said_on=said_on, upload=upload, described=described, at=at,
    )  # fmt: skip
    record(
        "story.say",
        by=by,
        thing=part,
        person_id=person.pk,
        fields={"kind": kind, "words": words, "audience": audience, "described": described},
    )
    return part


def _latest(part: StoryPart) -> int:
    """The number of the latest version, with the part held until this transaction ends."""
    # An advisory lock, for who wrote it down may add a version and yet not change the part's own row.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"story.part {part.pk}"])
    return PartVersion.objects.filter(part=part).aggregate(most=Max("number"))["most"] or 0


@operation("story.say_again")
def say_again(
    *,
    by: Person,
    part: StoryPart,
    words: str = "",
    after: int | None = None,
    language: str = "en",
    spoken_in: str = "",
    interpreter: str = "",
    medium: str = Medium.TEXT,
    said_on: dt.date | None = None,
    upload: IO[bytes] | None = None,
    described: str = "",
    at: dt.datetime | None = None,
) -> PartVersion:
    """Say a part another way: a new version beside the earlier ones, none of which changes (I16).

    `after` is the number of the version the writer had in front of them (the latest when None). Where
    another was saved meanwhile, both are kept: the new one has `follows < number - 1`, and the page says so.
    Raises Denied when `by` neither said it nor wrote it down; ValueError with a sentence.
    """
    policies.check_can_add_version(by, part)
    latest = _latest(part)
    follows = latest if after is None else min(max(after, 0), latest)
    version = _add_version(
        part, by=by, number=latest + 1, follows=follows, words=words, language=language, spoken_in=spoken_in,
        interpreter=interpreter, medium=medium, said_on=said_on, upload=upload, described=described,
        at=at or clock.now(),
    )  # fmt: skip
    record(
        "story.say_again",
        by=by,
        thing=version,
        person_id=part.person_id,
        fields={"words": words, "follows": follows, "described": described},
    )
    return version


@operation("story.answer")
def answer(
    *,
    by: Person,
    part: StoryPart,
    words: str,
    said_by: Person | None = None,
    language: str = "en",
    at: dt.datetime | None = None,
) -> PartAnswer:
    """Answer a part in words beneath it: the one it is about, or the one who said it.

    `said_by` is `by` where they are one of the two, and otherwise the person, whose answer is written down
    by whoever walks with them. Raises Denied; ValueError with a sentence when there are no words.
    """
    policies.check_can_answer(by, part)
    own = policies.is_own(by, part.person_id) or by.pk == part.speaker_id
    said_by = said_by or (by if own else part.person)
    policies.check_can_answer_as(by, policies.Answering(part, said_by))
    if not as_said(words):
        raise ValueError(_("Say a word or two. “Don't know” is fine."))
    reply = PartAnswer(
        part=part,
        by=said_by,
        written_down_by=by,
        words=as_said(words),
        language=language,
        at=at or clock.now(),
    )
    reply.save(force_insert=True)
    record("story.answer", by=by, thing=reply, person_id=part.person_id, fields={"words": words})
    return reply


@operation("story.set_audience")
def set_audience(*, by: Person, thing: StoryPart | Tie | Gap, audience: str) -> StoryPart | Tie | Gap:
    """Say whom a part, a tie or a gap is for, from the next page on.

    The person may widen and narrow; who said a part may only narrow. Raises Denied.
    """
    narrower = audience == Audience.ONLY_US
    check = policies.check_can_narrow_audience if narrower else policies.check_can_change_audience
    check(by, thing)
    thing.audience = audience
    thing.save(update_fields=["audience"])
    record("story.set_audience", by=by, thing=thing, person_id=thing.person_id, fields={"audience": audience})
    return thing


@operation("story.put_away")
def put_away(*, by: Person, part: StoryPart, at: dt.datetime | None = None) -> StoryPart:
    """Take a part off the page: only the person and the one who said it still see it. Nothing is deleted."""
    policies.check_can_put_away(by, part)
    part.put_away_at = at or clock.now()
    part.save(update_fields=["put_away_at"])
    record(
        "story.put_away",
        by=by,
        thing=part,
        person_id=part.person_id,
        fields={"put_away_at": part.put_away_at},
    )
    return part


@operation("story.bring_back")
def bring_back(*, by: Person, part: StoryPart) -> StoryPart:
    """Put a part back on the page, for whom it was before."""
    policies.check_can_put_away(by, part)
    part.put_away_at = None
    part.save(update_fields=["put_away_at"])
    record("story.bring_back", by=by, thing=part, person_id=part.person_id, fields={"put_away_at": None})
    return part
