"""Looking after organisations, associations and groups."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.accounts.place.queries import neighbourhoods
from alongside.kernel.policy import guarded, signed_in
from alongside.pages.steward.forms import EndRoleForm, OrganisationForm
from alongside.people import operations, queries
from alongside.people.forms import posted
from alongside.people.models import Organisation
from alongside.people.operations.organisations import OrganisationWords
from alongside.people.policies import check_can_look_after_place


@signed_in(check_can_look_after_place)
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation of the place, associations first."""
    found = list(queries.organisations())
    associations = [each for each in found if each.kind == Organisation.Kind.ASSOCIATION]
    others = [each for each in found if each.kind != Organisation.Kind.ASSOCIATION]
    context = {"associations": associations, "others": others}
    return render(request, "pages/steward/organisations.html", context)


@signed_in(check_can_look_after_place)
def add(request: HttpRequest) -> HttpResponse:
    """Write down an organisation."""
    form = OrganisationForm(posted(request), neighbourhoods=neighbourhoods(viewer=request.viewer))
    if form.is_bound and form.carried_out(
        lambda: operations.add_organisation(by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("%(name)s is written down.") % form.cleaned_data)
        return redirect("steward_organisations")
    return render(request, "pages/steward/organisation.html", {"form": form})


@guarded(check_can_look_after_place, find=queries.organisation_to_look_after)
def change(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Put an organisation's words right."""
    now = {field: getattr(organisation, field) for field in OrganisationForm.base_fields}
    form = OrganisationForm(
        posted(request), initial=now, neighbourhoods=neighbourhoods(viewer=request.viewer)
    )
    if form.is_bound and form.carried_out(
        lambda: operations.change_organisation(
            by=request.viewer, organisation=organisation, words=cast(OrganisationWords, form.cleaned_data)
        )
    ):
        messages.success(request, _("Kept."))
        return redirect("steward_organisations")
    context = {"form": form, "organisation": organisation}
    return render(request, "pages/steward/organisation.html", context)


@guarded(check_can_look_after_place, find=queries.organisation_to_look_after)
def end(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """An organisation stops here, once whoever its people walk with has somebody else by their own choice (I32)."""
    form = EndRoleForm(posted(request))
    if form.is_bound and form.carried_out(
        lambda: operations.end_organisation(
            by=request.viewer, organisation=organisation, on=form.cleaned_data["on"]
        )
    ):
        messages.success(request, _("Every role there has its last day. All that was stays written down."))
        return redirect("steward_organisations")
    keepers = queries.serving_only_at(organisation)
    context = {
        "form": form,
        "organisation": organisation,
        "roles": queries.roles_at(organisation),
        "first": queries.to_hand_over(viewer=request.viewer, keepers=keepers),
    }
    return render(request, "pages/steward/end_organisation.html", context)
