"""Ask why about a look, and answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.kernel.policy import guarded, signed_in
from alongside.kernel.request import Request
from alongside.messages import operations, policies, queries
from alongside.messages.forms import WhyAnswerForm, WhyForm
from alongside.messages.models import WhyAsked


@signed_in()
def ask_why(request: Request, look: UUID) -> HttpResponse:
    """My own question about one look at my page, and its answer when there is one."""
    if queries.look_at_me(viewer=request.viewer, look=look) is None:
        raise Http404
    form = WhyForm(request.POST or None)
    asked = queries.my_whys(viewer=request.viewer).get(look)
    if request.method == "POST" and form.is_valid():
        operations.ask_why(by=request.viewer, look_id=look, words=form.cleaned_data["words"])
        messages.success(request, _("Asked. They are told now, and so is one more person."))
        return redirect("ask_why", look=look)
    return render(request, "messages/ask_why.html", {"form": form, "asked": asked})


@signed_in()
def whys(request: Request) -> HttpResponse:
    return render(request, "messages/whys.html", {"whys": queries.whys_for(viewer=request.viewer)})


@guarded(policies.check_can_answer_why, find=queries.find_why)
def why(request: Request, asked: WhyAsked) -> HttpResponse:
    form = WhyAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.answer_why(by=request.viewer, asked=asked, words=form.cleaned_data["words"])
        messages.success(request, _("Your answer stands beside the look now."))
        return redirect("whys")
    return render(request, "messages/why.html", {"form": form, "asked": asked})
