"""Words not said yet: kept while somebody writes, for that author and that person's page alone."""

import datetime as dt
from uuid import UUID, uuid4

from alongside.audit.recording import operation, record
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.wording import as_said
from alongside.walks import policies
from alongside.walks.models import Draft, Moment
from alongside.walks.one_at_a_time import one_at_a_time


@operation("walks.keep_draft")
def keep_draft(
    *, by: Person, person: Person, words: str, client_id: UUID | None = None, about: Moment | None = None,
    seen: dt.datetime | None = None, at: dt.datetime | None = None,
) -> Draft:  # fmt: skip
    """Keep what is being written, before it is said: for `by`, on this person's page, and for nobody else.

    `client_id` is the page it is written on; `about` the moment an answer is for; `seen` the draft's `at` as
    that page last knew it. Where another page of the same author has kept other words under this name since,
    both stay: the draft that comes back then has a `client_id` of its own. Raises Denied.
    """
    if about is None:
        policies.check_can_record(by, person)
    else:
        policies.check_can_answer_moment(by, about)
    client_id, words, at = client_id or uuid4(), as_said(words), at or clock.now()
    one_at_a_time(f"walks.draft {by.pk} {client_id}")
    draft = Draft.objects.filter(author=by, person=person, client_id=client_id).first()
    if draft is not None and _written_over(draft, words, about, seen):
        draft, client_id = None, uuid4()
    if draft is None:
        draft = Draft(author=by, person=person, client_id=client_id, about=about, what=_what(about))
    draft.words, draft.at = words, at
    draft.save()
    # The audit is about its author: that something is being written is nobody else's to know.
    record("walks.keep_draft", by=by, thing=draft, person_id=by.pk, fields={"words": words})
    return draft


def _what(about: Moment | None) -> str:
    return Draft.What.ANSWER if about else Draft.What.MOMENT


def _written_over(draft: Draft, words: str, about: Moment | None, seen: dt.datetime | None) -> bool:
    """Whether keeping these words would lose some that this page never had in front of it."""
    if draft.about_id != (about.pk if about else None):
        return True
    return draft.at != seen and draft.words not in words


@operation("walks.drop_draft")
def drop_draft(*, by: Person, draft: Draft) -> None:
    """Let go of words that were not said. Raises Denied for anybody but their author."""
    policies.check_is_author(by, draft)
    key = draft.pk
    draft.delete()
    draft.pk = key
    record("walks.drop_draft", by=by, thing=draft, person_id=by.pk)
