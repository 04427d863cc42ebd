"""How one signs in oneself: an overview, a password, sessions, links that still let one in."""

from typing import Any, cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from alongside.accounts import hooks, operations, queries, second_factor
from alongside.accounts.before import about_oneself
from alongside.accounts.forms import PasswordForm
from alongside.accounts.models import Account
from alongside.accounts.policies import check_can_make_link
from alongside.kernel.policy import guarded
from alongside.kernel.request import Request


def _viewer(request: Request) -> Any:
    return request.viewer


def _account(request: Request) -> Account:
    return cast(Account, request.user)


@about_oneself
def overview(request: Request) -> HttpResponseBase:
    """How I sign in; and, for those who hold others' stories, that one more thing is wanted first."""
    ways = queries.ways_of(viewer=_viewer(request))
    wanted = not ways.two and second_factor.needs_two(_account(request))
    context = {
        "ways": ways,
        "wanted": wanted,
        "account": _account(request),
        "next": _next(request),
    }
    return render(request, "accounts/ways.html", context)


def _next(request: Request) -> str:
    """Where they were going, if it is in this house."""
    url = request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else ""


@about_oneself
@reauthentication_required
def password(request: Request) -> HttpResponseBase:
    """Choose a password; nothing is asked but the new one, since the person has just shown who they are."""
    account = _account(request)
    form = PasswordForm(request.POST or None, account=account, initial={"username": account.username})
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/password.html", {"form": form})
    operations.choose_password(by=_viewer(request), account=account, password=form.cleaned_data["password"])
    update_session_auth_hash(request, account)
    messages.success(request, _("Your new password works from now on. Every other device is signed out."))
    return redirect("second_factor")


@about_oneself
def sessions(request: Request) -> HttpResponseBase:
    """Where I am signed in; a press ends one, or all."""
    found = queries.sessions_of(viewer=_viewer(request))
    if request.method == "POST":
        return _end(request, found)
    here = request.session.session_key
    context = {
        "here": next((one for one in found if one.session_key == here), None),
        "elsewhere": [one for one in found if one.session_key != here],
        "links": queries.open_links(viewer=_viewer(request)),
    }
    return render(request, "accounts/sessions.html", context)


def _end(request: Request, found: list[Any]) -> HttpResponseBase:
    which = request.POST.get("end", "")
    here = request.session.session_key
    if which == "everywhere":
        chosen = found
    elif which == "elsewhere":
        chosen = [one for one in found if one.session_key != here]
    else:
        chosen = [one for one in found if str(one.pk) == which]
    count = operations.end_sessions(by=_viewer(request), account=_account(request), sessions=chosen)
    if any(one.session_key == here for one in chosen):
        request.session.flush()
        return redirect("home")
    said = ngettext("Signed out on %(count)s device.", "Signed out on %(count)s devices.", count)
    messages.success(request, said % {"count": count})
    return redirect("sessions")


@about_oneself
@require_POST
def take_back_link(request: Request, link_id: UUID) -> HttpResponseBase:
    """Take back a link that still lets one in."""
    link = queries.link_to_take_back(viewer=_viewer(request), link_id=link_id)
    if link is None:
        raise Http404
    try:
        operations.take_back_link(by=_viewer(request), link=link)
        messages.success(request, _("That link lets nobody in any more."))
    except operations.LinkSpent as spent:
        messages.info(request, spent.sentence)
    return redirect("sessions")


@guarded(check_can_make_link, find=queries.account_to_help)
def print_link(request: Request, account: Account) -> HttpResponseBase:
    """A sheet with a link and a code, for oneself or for somebody one walks with. Shown once, by a press."""
    called = hooks.person_of(account)[1]
    if request.method != "POST":
        return render(request, "accounts/print_link.html", {"called": called, "own": account == request.user})
    made = operations.make_link(by=_viewer(request), account=account, way=operations.Way.PRINTED)
    return render(request, "accounts/link_sheet.html", {"made": made, "called": called, **sheet(made)})


def sheet(made: operations.MadeLink) -> dict[str, Any]:
    """The square to photograph, and where to type the code."""
    import segno
    from django.conf import settings
    from django.urls import reverse
    from django.utils.safestring import mark_safe

    square = segno.make(made.url, error="m").svg_inline(scale=6, border=2, light="white")
    return {
        "square": mark_safe(square),  # noqa: S308 - drawn by segno from an address of ours
        "type_at": settings.BASE_URL.split("://")[-1].rstrip("/") + reverse("sign_in_with_code"),
    }
