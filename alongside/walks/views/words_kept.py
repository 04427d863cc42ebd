"""Words that come after the sign-in has run out are kept as a draft of whoever opened the page (no words are lost).

The page carries a mark we signed: who opened it, and on whose page. It lets words in as that author's own draft,
for a day, and nothing out.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside.kernel.acting import acting_as
from alongside.kernel.policy import Denied
from alongside.kernel.sent import words_sent
from alongside.people.models import Person
from alongside.walks import operations, queries
from alongside.walks.forms.moments import draft_said
from alongside.walks.models import Moment

View = Callable[..., HttpResponseBase]
SALT = "walks.page"
A_DAY = 24 * 3600


def mark_of(viewer: Person, person: Person, about: Moment | None = None) -> str:
    """The mark a page carries: who opened it, on whose page, beneath which moment."""
    return signing.dumps([str(viewer.pk), str(person.pk), str(about.pk) if about else ""], salt=SALT)


def keep_words(request: HttpRequest) -> bool:
    """Keep what was sent as a draft of whoever opened the page; False where nobody can be told from it."""
    try:
        author, person, about = signing.loads(request.POST.get("mark", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return False
    with acting_as(author):
        return _keep(UUID(author), UUID(person), UUID(about) if about else None, request.POST)


def _keep(author: UUID, person: UUID, about: UUID | None, data: Any) -> bool:
    found = queries.where_words_go(author=author, person=person, about=about)
    if found is None:
        return False
    try:
        operations.keep_draft(by=found.author, person=found.person, about=found.about, **draft_said(data))
    except Denied:
        return False
    return True


def words_kept(view: View) -> View:
    """A page that loses no words where the sign-in has run out: put it outside the policy."""

    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and request.viewer is None:
            if not keep_words(request) and (sent := words_sent(request)):
                return render(request, "accounts/signed_out_meanwhile.html", {"kept": sent}, status=403)
            messages.warning(request, _("Your sign-in ran out. Your words are kept: sign in to go on."))
        return view(request, **kwargs)

    inner.access, inner.keeps_words = view.access, True  # type: ignore[attr-defined]
    return inner


def draft_page(view: View) -> View:
    """The page that drafts are sent to in the background: it answers in words, also where nobody is signed in."""

    @wraps(view)
    def inner(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and request.viewer is None:
            return render(request, "walks/kept.html", {"signed_out": True, "kept": keep_words(request)})
        return view(request, **kwargs)

    inner.access, inner.keeps_words = view.access, True  # type: ignore[attr-defined]
    return inner
