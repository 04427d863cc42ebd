"""The reasons in law this place may use: listed, named and said in plainer words."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alongside.consent import operations, queries
from alongside.consent.models import LegalReason
from alongside.consent.policies import check_can_name_a_duty
from alongside.kernel.policy import guarded, signed_in
from alongside.kernel.request import Request
from alongside.pages.steward.forms import LegalReasonForm
from alongside.people.forms import posted


@signed_in(check_can_name_a_duty)
def reasons(request: Request) -> HttpResponse:
    """Every reason in law, as the person whose page it opened reads it."""
    found = queries.legal_reasons(viewer=request.viewer)
    return render(request, "pages/steward/reasons.html", {"reasons": found})


@signed_in(check_can_name_a_duty)
def name(request: Request) -> HttpResponse:
    """Name one more."""
    return _words(request, None)


@guarded(check_can_name_a_duty, find=queries.legal_reason)
def reword(request: Request, reason: LegalReason) -> HttpResponse:
    """Say one in other words: whoever it opened a page of reads the new ones from then on."""
    return _words(request, reason)


def _words(request: Request, reason: LegalReason | None) -> HttpResponse:
    now = {field: getattr(reason, field) for field in LegalReasonForm.base_fields} if reason else None
    form = LegalReasonForm(posted(request), initial=now)
    by = request.viewer

    def keep() -> None:
        code = reason.code if reason else _code_for(form.cleaned_data["statute"])
        operations.name_legal_reason(by=by, code=code, **form.cleaned_data)

    if form.is_bound and form.carried_out(keep):
        messages.success(request, _("Kept."))
        return redirect("steward_reasons")
    return render(request, "pages/steward/reason.html", {"form": form, "reason": reason})


def _code_for(statute: str) -> str:
    """The statute in small letters, as it stands in an address; the same statute is the same reason."""
    return slugify(statute)[:50] or "reason"
