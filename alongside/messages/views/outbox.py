"""What was said to me, and what waits for my own hand."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from alongside.consent.policies import holds
from alongside.kernel.policy import guarded, signed_in
from alongside.kernel.request import Request
from alongside.messages import operations, policies, queries
from alongside.messages.models import Delivery


@signed_in()
def my_messages(request: Request) -> HttpResponse:
    context = {
        "to_do": queries.to_do(viewer=request.viewer),
        "received": queries.received(viewer=request.viewer),
        "serves": holds(request.viewer),
    }
    return render(request, "messages/messages.html", context)


@guarded(policies.check_can_tick, find=queries.find_delivery)
def tick_done(request: Request, delivery: Delivery) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    operations.tick_done(by=request.viewer, delivery=delivery)
    messages.success(request, _("Ticked. Thank you for doing it yourself."))
    return redirect("my_messages")


@guarded(policies.check_can_mend, find=queries.find_delivery)
def mend(request: Request, delivery: Delivery) -> HttpResponse:
    """Try a message that is stuck again, or let it go with words; then back to where one came from."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.POST.get("do") == "let_go":
        operations.let_go(by=request.viewer, delivery=delivery, words=request.POST.get("words", ""))
        messages.success(request, _("Let go, with your reason beside it."))
    else:
        operations.try_again(by=request.viewer, delivery=delivery)
        messages.success(request, _("It is tried again now."))
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if back and safe else "my_messages")
