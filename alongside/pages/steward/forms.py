"""What a steward is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import Neighbourhood
from alongside.consent.models import LegalReason
from alongside.design.fields import day
from alongside.people.forms import OwnForm
from alongside.people.models import Organisation, Role
from alongside.people.queries import organisations


class HoldRoleForm(OwnForm):
    """A role, from a day to a day."""

    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, error_messages={"required": _("Choose what they do here.")}
    )
    title = forms.CharField(
        label=_("As they would put it"),
        help_text=_("For example: walks with people in the Staithes."),
        max_length=120,
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=_("At which organisation?"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label=_("In which neighbourhoods?"),
        queryset=Neighbourhood.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        required=False,
    )
    from_day = day(_("From"), help_text=_("Leave it empty for today."))
    to_day = day(_("Until"), help_text=_("Leave it empty if nobody knows yet."))

    def __init__(self, *args: Any, neighbourhoods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations()  # type: ignore[attr-defined]
        self.fields["neighbourhoods"].queryset = neighbourhoods  # type: ignore[attr-defined]


class EndRoleForm(OwnForm):
    """The last day of a role."""

    on = day(_("The last day"), help_text=_("Leave it empty for today."))


class OrganisationForm(OwnForm):
    """An organisation, association or group."""

    name = forms.CharField(
        label=_("Its name"), max_length=200, error_messages={"required": _("Write down its name.")}
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Organisation.Kind.choices)
    note = forms.CharField(
        label=_("What it does, in a line"),
        help_text=_("For example: open house, nine to nine, run by residents."),
        max_length=300,
        required=False,
    )
    neighbourhood = forms.ModelChoiceField(
        label=_("Where it is"),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=_("All over"),
    )

    def __init__(self, *args: Any, neighbourhoods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = neighbourhoods  # type: ignore[attr-defined]


class SameForm(OwnForm):
    """Why two records are one person."""

    why = forms.CharField(
        label=_("How do you know that they are one person?"),
        help_text=_("Another place steward reads this and looks at it with you."),
        max_length=300,
        error_messages={"required": _("Say how you know, so that another steward can look at it with you.")},
    )


class LegalReasonForm(OwnForm):
    """A reason in law, and what it means to the one whose page it opens."""

    statute = forms.CharField(
        label=_("Which law?"),
        help_text=_("With its section, such as: Care Act 2014, section 42."),
        max_length=200,
        error_messages={"required": _("Write down which law it is.")},
    )
    basis = forms.ChoiceField(label=_("What kind of reason is it?"), choices=LegalReason.Lawful.choices)
    plain_words = forms.CharField(
        label=_("What does it mean, in plain words?"),
        help_text=_("The person whose page is opened reads this. Say it as you would to them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say it in plain words: the person reads this.")},
    )
