"""What is asked beside a plan: something to be done in days, a promise, how much a calendar shows."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import day as a_day
from alongside.doings.forms.parts import Unfolded, WhoForm, words_field
from alongside.doings.models import Promise
from alongside.kernel import clock

IN_A_WEEK = dt.timedelta(days=7)


class QuickForm(forms.Form):
    """Something to be done in days."""

    words = words_field(
        _("What needs doing soon?"), rows=2, hint=_("A phone call, a bus pass, a light bulb.")
    )


class PromiseForm(Unfolded, WhoForm):
    """A promise. Only words are asked; the day is a week from now unless it says so."""

    FOLDED = ("at_time", "where_words")

    words = words_field(_("What will be done?"))
    day = a_day(_("By which day?"))
    coming = forms.BooleanField(label=_("Somebody is coming to see them"), required=False)
    at_time = forms.TimeField(
        label=_("At what time?"), help_text=_("For example, 14:30."), required=False,
        error_messages={"invalid": _("Write the time like 14:30.")},
    )  # fmt: skip
    where_words = forms.CharField(label=_("Where?"), required=False, max_length=200)
    field_order = ("words", "day", "who", "who_words", "coming", "at_time", "where_words")

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.fields["coming"].label = _("Somebody is coming to see me")
        who = self.fields.get("who")
        if who is not None:
            who.label = _("Who promises it?")

    def clean_day(self) -> dt.date:
        """In a week, where nobody said."""
        return self.cleaned_data["day"] or clock.today() + IN_A_WEEK

    def said(self) -> dict[str, Any]:
        """What the operation is told, apart from about whom."""
        cleaned = self.cleaned_data
        person, words = self.whom()
        told = {name: cleaned[name] for name in ("words", "day", "coming", "at_time", "where_words")}
        return told | {"owner": person, "owner_words": words}


class SettleForm(forms.Form):
    """What became of a promise, in words."""

    state = forms.ChoiceField(
        label=_("What became of it?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (Promise.State.KEPT, _("It was kept")),
            (Promise.State.LATE, _("It is late")),
            (Promise.State.LET_GO, _("It is let go")),
        ],
    )
    words = words_field(_("Say how it went, in a word or two"), rows=2)

    def clean_state(self) -> str:
        """Kept, where nothing else was chosen."""
        return self.cleaned_data["state"] or Promise.State.KEPT


class CalendarForm(forms.Form):
    """How much a calendar shows."""

    words = forms.BooleanField(
        label=_("Show the words in my calendar"),
        help_text=_("Leave this empty if somebody may look over your shoulder: it then shows only a time."),
        required=False,
    )
