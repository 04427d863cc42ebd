"""A duty in law opens a page: the law, why in plain words, and until when. It stands on the person's page."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.consent import operations, queries
from alongside.consent.emergencies.operations import find_for_a_duty
from alongside.consent.emergencies.policies import check_can_find_for_a_duty
from alongside.kernel.policy import signed_in
from alongside.kernel.request import Request
from alongside.pages.emergencies.forms import ByLawForm
from alongside.people.forms import posted
from alongside.people.models import Person


@signed_in(check_can_find_for_a_duty)
def open_by_law(request: Request) -> HttpResponse:
    """Which law, why and until when, before whose page it is."""
    me: Person = request.viewer
    reasons = queries.legal_reasons(viewer=me)
    form = ByLawForm(posted(request), reasons=reasons)
    opened: list[UUID | None] = []
    done = form.is_bound and form.carried_out(lambda: opened.append(_open(me, form)))
    if done and opened[0] is not None:
        messages.success(
            request, _("Open to you. The law and your words stand on their page; tell them yourself, too.")
        )
        return redirect("person", person=opened[0])
    shown = ByLawForm(reasons=reasons) if done else form
    context = {"form": shown, "nobody": done, "reasons": reasons}
    return render(request, "pages/emergencies/by_law.html", context)


def _open(me: Person, form: ByLawForm) -> UUID | None:
    said = form.cleaned_data
    with transaction.atomic():
        whom = find_for_a_duty(by=me, name=said["name"], why=said["why"], born_on=said["born_on"])
        if whom is not None:
            # Only the key: who they are is told by their own page, once it is open.
            operations.open_by_law(
                by=me, actor=me, person=Person(pk=whom), legal_reason=said["reason"], why=said["why"], whole=True,
                to_at=said["until"],
            )  # fmt: skip
    return whom
