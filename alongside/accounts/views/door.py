"""Coming in by a link: asked for at the door, sent, or on paper. Opening one spends nothing."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from alongside.accounts import asking, hooks, limits, operations, queries
from alongside.accounts.before import before_anyone_acts
from alongside.accounts.forms import AskForLinkForm, PaperCodeForm, StayForm
from alongside.accounts.models import Account, SignInLink


def page(request: HttpRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page of this room, with somebody's name on it to turn to."""
    context["whom"] = hooks.somebody_at_the_door()
    return render(request, f"accounts/{name}.html", context, status=status)


def too_many(request: HttpRequest) -> HttpResponse:
    """Slowly, in a sentence."""
    return page(request, "slowly", status=429)


@before_anyone_acts("asking for a link to come in by")
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link; the answer is the same page after the same time, whoever is known."""
    form = AskForLinkForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "ask_for_link", form=form)
    if not limits.allowed(request, "ask_link"):
        return too_many(request)
    asking.send_link_to(request, form.cleaned_data["where"])
    return redirect("sign_in_link_asked")


@before_anyone_acts("what happens after asking for a link, the same for everybody")
def asked(request: HttpRequest) -> HttpResponseBase:
    """A link is on its way, if we know where to."""
    minutes = int(settings.SIGN_IN_LINK_LASTS[SignInLink.Way.EMAIL].total_seconds() // 60)
    return page(request, "link_asked", minutes=minutes)


@before_anyone_acts("a link is its own key")
def with_link(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show a button; only pressing it spends the link, so that no mail scanner can."""
    if request.method == "POST":
        return _come_in(request, key=key)
    link = queries.link_with_key(key)
    if link is None or not link.still_good:
        return _spent(request, operations.why_spent(link))
    return page(request, "with_link", form=StayForm())


@before_anyone_acts("the code on a sheet of paper is its own key")
def with_code(request: HttpRequest) -> HttpResponseBase:
    """Type the code from a sheet of paper."""
    form = PaperCodeForm(request.POST or None)
    stay = StayForm(request.POST or None)
    if request.method != "POST" or not form.is_valid() or not stay.is_valid():
        return page(request, "with_code", form=form, stay=stay)
    if not limits.allowed(request, "use_code"):
        return too_many(request)
    return _come_in(request, code=form.cleaned_data["code"])


def _spent(request: HttpRequest, sentence: str) -> HttpResponse:
    return page(request, "link_spent", status=410, sentence=sentence)


def _come_in(request: HttpRequest, key: str = "", code: str = "") -> HttpResponseBase:
    stay = StayForm(request.POST)
    try:
        account = operations.use_link(by=None, key=key, code=code)
    except operations.LinkSpent as spent:
        return _spent(request, spent.sentence)
    return let_in(request, account, "link", stay=stay.is_valid() and stay.cleaned_data["stay"])


def let_in(request: HttpRequest, account: Account, method: str, stay: bool = False) -> HttpResponseBase:
    """Sign in by way of the library, which asks for the second factor where there is one."""
    logout(request)
    record_authentication(request, account, method=method)
    response: HttpResponseBase = perform_login(request, Login(user=account))
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if stay else 0)
    return response
