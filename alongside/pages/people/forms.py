"""What is asked before the one exact question is answered: a whole name, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.forms import OwnForm


class AskAfterForm(OwnForm):
    """A whole name, and why."""

    name = forms.CharField(
        label=_("Their whole name"),
        help_text=_("As they would write it. Part of a name finds nobody."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write their whole name.")},
    )
    why = forms.CharField(
        label=_("Why do you ask?"),
        help_text=_("If somebody walks with them, they will read this."),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why you ask. They will read it.")},
    )


class KnowThemForm(OwnForm):
    """That somebody is known outside of work; how is said only if wanted."""

    words = forms.CharField(
        label=_("How do you know each other?"),
        help_text=_("Only if you like. They can read it."),
        max_length=200,
        required=False,
    )
