"""When something cannot be had or breaks: a page in plain words that ends in a named human (I11).

Whatever state the house is in. Where the database cannot be asked any more, the name is the last one
that anybody here was given.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from psycopg.pq import TransactionStatus

from alongside.kernel.sent import words_sent
from alongside.people.door import somebody_at_the_door

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# What this process last knew of the door, and nothing else. It holds a public name and nothing about anyone who came.
_last_known: dict[str, str] = {}


def refused(request: HttpRequest, sentence: str, whom: Any = None) -> HttpResponse:
    """A refusal: the sentence, and the one named in it or whoever is at the door today."""
    return page(request, "design/error.html", 403, sentence=sentence, whom=whom)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's own 403."""
    return page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is not there and for what the viewer may not know of."""
    return page(request, "404.html", 404)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: nobody is known yet, and nothing is asked of the database."""
    return more_than_fits(request) if isinstance(exception, TOO_MUCH) else _bare("400.html", 400)


def more_than_fits(request: HttpRequest) -> HttpResponse:
    """413: more than we read at once, from whomever. What was sent stays where it was."""
    return _bare("413.html", 413)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its proof: a page left open too long, most often. What was written is given back."""
    return page(request, "403_csrf.html", 403, kept=words_sent(request))


def broken(request: HttpRequest) -> HttpResponse:
    """500. The transaction may be broken: nothing is asked of the database."""
    return _bare("500.html", 500)


def page(request: HttpRequest, template: str, status: int, **said: Any) -> HttpResponse:
    """One of these pages, with everything around it, as far as the database can still be asked."""
    if not _can_ask():
        if connection.in_atomic_block:
            connection.set_rollback(True)  # nothing of it can be kept, and to try would break this page too
        return _bare(template, status, **said)
    whom = said.pop("whom", None) or _at_the_door()
    context = {"whom": getattr(whom, "name", whom), "how": how(), **said}
    return HttpResponse(render_to_string(template, context, request), status=status)


def _at_the_door() -> Any:
    """Whoever is at the door, remembered. One that a refusal names is not: that name may be nobody else's to know."""
    whom = somebody_at_the_door()
    if whom is not None:
        _last_known["whom"] = str(getattr(whom, "name", whom))
    return whom


def _bare(template: str, status: int, **said: Any) -> HttpResponse:
    """The page by itself: no query, no session, no place's name."""
    whom = said.pop("whom", None)
    context = {"whom": getattr(whom, "name", whom) or _last_known.get("whom"), "how": how(), **said}
    return HttpResponse(render_to_string(template, context), status=status)


def how() -> SafeString | str:
    """How to find that human: saying hello, where somebody always answers."""
    try:
        address = reverse("say_hello")
    except NoReverseMatch:
        return ""
    return format_html('<a href="{}">{}</a>', address, _("Say hello here and you will be answered."))


def _can_ask() -> bool:
    """Whether the database still answers in this transaction."""
    if connection.needs_rollback:
        return False
    wire = connection.connection
    return wire is None or wire.info.transaction_status != TransactionStatus.INERROR
