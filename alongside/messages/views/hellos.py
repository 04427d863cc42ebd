"""The named human: the hellos they answer, and what each became."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.acting import working_on
from alongside.kernel.policy import Denied, guarded, signed_in
from alongside.kernel.request import Request
from alongside.messages import operations, policies, queries
from alongside.messages.addresses import address_in
from alongside.messages.forms import AnswerForm, TogetherForm, WriteDownForm
from alongside.messages.models import Hello


@signed_in()
def hellos(request: Request) -> HttpResponse:
    """Whose hellos am I to answer?"""
    viewer = request.viewer
    context = {"hellos": queries.hellos_for(viewer=viewer), "mine": queries.my_hellos(viewer=viewer)}
    return render(request, "messages/hellos.html", context)


@guarded(policies.check_can_open_hello, find=queries.find_hello)
def hello(request: Request, hello: Hello) -> HttpResponse:
    do = request.POST.get("do", "")
    forms = _forms(request, hello, do)
    if request.method == "POST" and do in forms and forms[do].is_valid():
        try:
            _DOES[do](request, hello, forms[do].cleaned_data)
        except Denied as no:
            forms[do].add_error(None, no.sentence)
        else:
            return redirect("hello", hello=hello.pk)
    answers = policies.check_can_answer_hello.allows(request.viewer, hello)
    with working_on("hello", person=request.viewer):
        said = list(hello.answers.select_related("by"))
        context = {"hello": hello, "said": said, "may_answer": answers, "forms": forms, "form": forms.get(do)}
        return render(request, "messages/hello.html", context)


def _forms(request: Request, hello: Hello, do: str):
    def data(name: str):
        return request.POST if request.method == "POST" and do == name else None

    return {
        "answer": AnswerForm(data("answer"), hello=hello, prefix="answer"),
        "together": TogetherForm(
            data("together"),
            prefix="together",
            initial={"outcome": hello.outcome, "words": hello.outcome_words},
        ),
        "write_down": WriteDownForm(data("write_down"), prefix="write_down", initial={"name": hello.called}),
    }


def _answer(request: Request, hello: Hello, told: dict) -> None:
    send_by = told.get("send_by", "")
    operations.answer_hello(by=request.viewer, hello=hello, words=told["words"], send_by=send_by)
    messages.success(request, _("Your words are kept, and they can read them now."))
    if send_by and not address_in(hello.how_to_reach, send_by):
        messages.warning(
            request, _("They left no address for this, so nothing was sent. Tell them another way.")
        )


def _together(request: Request, hello: Hello, told: dict) -> None:
    operations.choose_together(by=request.viewer, hello=hello, outcome=told["outcome"], words=told["words"])
    messages.success(request, _("Kept as the two of you chose it."))


def _write_down(request: Request, hello: Hello, told: dict) -> None:
    operations.write_down(by=request.viewer, hello=hello, name=told["name"])
    messages.success(request, _("They are written down and can have a page of their own."))


_DOES = {"answer": _answer, "together": _together, "write_down": _write_down}
