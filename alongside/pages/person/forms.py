"""What a person is asked on the pages about themselves: little, and only words are needed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alongside.kernel import clock


class GiveSaySo(forms.Form):
    """What somebody may read, for what, until when. Nothing is ticked beforehand (F8)."""

    WHOLE, PARTS, NO = "whole", "parts", "no"

    what = forms.ChoiceField(
        label=_("What may they read?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one: all of it, some of it, or nothing.")},
        choices=[
            (WHOLE, _("My story, because they walk with me")),
            (PARTS, _("Only what I tick below")),
            (NO, _("Nothing. I was asked, and I say no")),
        ],
    )
    parts = forms.MultipleChoiceField(
        label=_("Only these"), required=False, widget=forms.CheckboxSelectMultiple
    )
    for_what = forms.CharField(
        label=_("What is it for?"), max_length=300, required=False,
        help_text=_("A few words, such as: to sort the arrears. For a no, none are needed."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Until which day?"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty and it lasts until you take it back."),
    )  # fmt: skip
    words = forms.CharField(label=_("Anything you want to say with it"), required=False)

    def __init__(self, *args: Any, parts: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parts:
            self._offer("parts", [(str(key), words) for key, words in parts])
        else:
            del self.fields["parts"]
            self._offer("what", [choice for choice in self._offered("what") if choice[0] != self.PARTS])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _offered(self, name: str) -> list[tuple[str, Any]]:
        return list(self.fields[name].choices)  # type: ignore[attr-defined]

    def clean_for_what(self) -> str:
        """Its own full stop is taken off: the sentence it stands in has one."""
        return str(self.cleaned_data["for_what"]).rstrip(" .")

    def clean_until(self) -> dt.date | None:
        """A say-so that is over before it begins opens nothing."""
        until: dt.date | None = self.cleaned_data["until"]
        if until and until < clock.today():
            raise forms.ValidationError(_("That day is over. Choose a later one, or leave it empty."))
        return until

    def clean(self) -> dict[str, Any]:
        """Ticks and the choice above them have to agree."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("what") == self.PARTS and not cleaned.get("parts"):
            self.add_error("parts", _("Tick what they may read, or choose one of the other answers above."))
        if cleaned.get("what") in (self.WHOLE, self.PARTS) and cleaned.get("for_what") == "":
            self.add_error(
                "for_what", _("Say in a word or two what it is for, so that it is used for nothing else.")
            )
        return cleaned

    def chosen_parts(self) -> list[UUID]:
        """The keys that were ticked, where ticks were asked for."""
        if self.cleaned_data["what"] != self.PARTS:
            return []
        return [UUID(key) for key in self.cleaned_data["parts"]]

    def what_in_words(self) -> str:
        """What it opens, in a few words: never a copy of the words themselves.

        The line is read by whoever walks with the person, who may not be let read the parts; and it
        stays when the parts are said another way or put away.
        """
        if self.cleaned_data["what"] == self.WHOLE:
            return str(_("my story"))
        many = len(self.chosen_parts())
        return ngettext("one part of it", "%(many)s parts of it", many) % {"many": many}


class TakeBack(forms.Form):
    """Taking back needs no reason."""

    words = forms.CharField(label=_("Anything you want to say about it"), required=False)
