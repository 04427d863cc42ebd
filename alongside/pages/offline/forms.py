"""What is asked of a moment that stayed on its writer's phone: whose it is, and which day it was."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import day
from alongside.people.models import Person

CHOOSE = _("Choose whose page it goes on.")


class BelongsForm(forms.Form):
    """Its words stand as they were sealed; nothing about them is asked again."""

    person = forms.ChoiceField(
        label=_("Whose page does it go on?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    day = day(_("The day it was"), help_text=_("Leave it empty for the moment you kept it."))
    client_id = forms.UUIDField(widget=forms.HiddenInput)
    envelope = forms.CharField(widget=forms.HiddenInput)
    clock = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        times = Counter(person.called for person in people)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (key, person.called if times[person.called] == 1 else person.name)
            for key, person in self.people.items()
        ]

    def chosen(self) -> Person:
        """The person whose page it goes on."""
        return self.people[self.cleaned_data["person"]]
