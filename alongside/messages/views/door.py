"""The front door, for a stranger: no account, one question, and a human at the end of every path."""

import time
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts import limits
from alongside.consent.policies import holds
from alongside.kernel.acting import working_on
from alongside.kernel.policy import Denied, open_to_all, signed_in
from alongside.kernel.request import Request
from alongside.messages import come_back, humans, operations, queries
from alongside.messages.forms import (
    ComeBackForm,
    HelloForm,
    HelloForNeighbourForm,
    HelloForSomeoneForm,
    MoreWordsForm,
)
from alongside.messages.models import Hello
from alongside.people.models import Role

HELLOS, MORE = "say_hello", "add_words"  # counted by address; never whoever helps at a counter
HERE = "hello_here"  # in the session: which hello this visitor has open, its words, since when
STAYS = 20 * 60  # seconds: it may be a library's computer


def _door_context(request: Request, form: HelloForm | None = None) -> dict[str, Any]:
    """What `messages/door.html` needs."""
    return {"form": form or HelloForm(), "door": queries.door()}


def _say(request: Request, form: HelloForm, **more: Any) -> HttpResponse | None:
    """Keep the hello and go to its page; None where something was wrong, told on the form."""
    if not form.is_valid():
        return None
    if _held_up(request, form, HELLOS):
        return None
    told = {**form.cleaned_data, **more}
    try:
        said = operations.say_hello(by=request.viewer, **told)
    except Denied as no:
        form.add_error(None, no.sentence)
        return None
    _open_here(request, said.hello.pk, said.key)
    return redirect("hello_yours")


def _too_many(request: Request, what: str) -> bool:
    """Whether this came too often from one address. Whoever serves here may write down as many as come in."""
    serves = request.viewer is not None and holds(request.viewer, *Role.values)
    return not serves and not limits.allowed(request, what)


def _held_up(request: Request, form: Any, what: str) -> bool:
    """The same, told on the form, where the words stay."""
    form.held_up = _too_many(request, what)
    if form.held_up:
        form.add_error(None, _slowly())
    return bool(form.held_up)


def _slowly() -> str:
    """Not now, and what else there is: whoever cannot wait comes in to somebody with a name."""
    human = queries.door().human
    if human is None:
        return _(
            "There were many words from here just now. Yours are still in the box: try again in ten minutes."
        )
    return _(
        "There were many words from here just now. Yours are still in the box: send them again in ten minutes, or come "
        "in and ask for %(name)s."
    ) % {"name": human.called or human.name}


def _status(form: Any) -> int:
    return 429 if getattr(form, "held_up", False) else 200


def _open_here(request: Request, pk: UUID, key: str) -> None:
    request.session[HERE] = {"hello": str(pk), "key": come_back.tidy(key), "at": int(time.time())}


def _here(request: Request) -> dict[str, Any] | None:
    open_one = request.session.get(HERE)
    return open_one if open_one and time.time() - open_one["at"] < STAYS else None


@open_to_all("anybody may say hello")
def say_hello(request: Request) -> HttpResponse:
    form = HelloForm(request.POST or None)
    if request.method == "POST" and (done := _say(request, form)):
        return done
    return render(request, "messages/say_hello.html", _door_context(request, form), status=_status(form))


@signed_in()
def hello_for_someone(request: Request) -> HttpResponse:
    """On the phone, at the counter, or for a neighbour who said yes."""
    helps = holds(request.viewer, *Role.values)
    form = (HelloForSomeoneForm if helps else HelloForNeighbourForm)(request.POST or None)
    kind = Hello.Kind.HELPER if helps else Hello.Kind.NEIGHBOUR
    if request.method == "POST" and (done := _say(request, form, kind=kind)):
        return done
    return render(request, "messages/for_someone.html", {"form": form, "helps": helps}, status=_status(form))


@open_to_all("somebody without an account reads the answer, with the four words only they were given")
def come_back_page(request: Request) -> HttpResponse:
    form = ComeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        hello = _found(request, form.cleaned_data["key"], form)
        if hello is not None:
            _open_here(request, hello.pk, form.cleaned_data["key"])
            return redirect("hello_yours")
    return render(request, "messages/come_back.html", {"form": form, "door": queries.door()})


def _found(request: Request, key: str, form: ComeBackForm) -> Hello | None:
    if not limits.allowed(request, come_back.RATE, key="anywhere", counts=False):
        form.add_error(None, _("There were many wrong tries just now. Wait ten minutes, or ring us."))
        return None
    with working_on("hello"):
        hello = queries.hello_by_key(key)
    if hello is None:
        limits.allowed(request, come_back.RATE, key="anywhere")
        form.add_error("key", _("We do not know these four words. Look at them again, or say hello anew."))
    return hello


@open_to_all("the address somebody was given opens the same page as their four words")
def hello_key(request: Request, key: str) -> HttpResponse:
    """The words stand in the address: they are put in the box, and opened by a press."""
    form = ComeBackForm(initial={"key": key.replace("-", " ")})
    return render(request, "messages/come_back.html", {"form": form, "door": queries.door()})


@open_to_all("the visitor's own session says which hello is theirs, for twenty minutes")
def hello_yours(request: Request) -> HttpResponse:
    here = _here(request)
    if here is None:
        return redirect("come_back")
    form = MoreWordsForm(request.POST or None)
    with working_on("hello"):
        hello = queries.hello_just_said(here["hello"])
        if hello is None:
            return redirect("come_back")
        if request.method == "POST" and form.is_valid() and not _held_up(request, form, MORE):
            operations.add_words(by=None, hello=hello, words=form.cleaned_data["words"])
            return redirect("hello_yours")
        role = humans.role_of(hello.named) if hello.named else ""
        answers = list(hello.answers.all())
    asked = {"hello": hello, "answers": answers, "role": role, "key": here["key"].split("-"), "form": form}
    return render(request, "messages/yours.html", {**asked, "door": queries.door()}, status=_status(form))


@open_to_all("a shared computer forgets at a press")
def forget_here(request: Request) -> HttpResponse:
    if request.method == "POST":
        request.session.pop(HERE, None)
    return redirect("say_hello")


@open_to_all("what this is, in one minute")
def one_minute(request: Request) -> HttpResponse:
    return render(request, "messages/one_minute.html", {"door": queries.door()})
