"""What is asked before and after a page is opened without a say-so: words first, and little else."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.consent.emergencies.models import AT_MOST, Opening
from alongside.consent.models import LegalReason
from alongside.design.fields import day
from alongside.kernel import clock
from alongside.people.forms import OwnForm, name_field
from alongside.people.models import Person


def end_of(chosen: dt.date | None) -> dt.datetime | None:
    """The last minute of a day, in the place's own time."""
    return timezone.make_aware(dt.datetime.combine(chosen, dt.time(23, 59))) if chosen else None


def words_field(label: Any, asked: Any, help_text: Any = "") -> forms.CharField:
    """A few lines of somebody's own."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": asked},
    )


def born_field() -> forms.DateField:
    """The day somebody was born, which tells two of one name apart."""
    return day(
        _("The day they were born, if you know it"),
        help_text=_("Needed only where two people here share a name."),
    )


class EmergencyForm(OwnForm):
    """Why, then whom, then how much of it; and, folded away, why they cannot be told yet."""

    FIRST, ALL = "first", "all"

    words = words_field(
        _("What is happening?"),
        _("Say first what is happening. They will read it."),
        _("They will read this, and so will somebody who looks at it with you tomorrow."),
    )
    name = name_field(
        _("Their whole name"),
        asked=_("Write their whole name."),
        help_text=_("As they would write it. Part of a name finds nobody."),
    )
    born_on = born_field()
    how_much = forms.ChoiceField(
        label=_("What do you need to read?"),
        choices=[
            (FIRST, _("What they want known first, how to reach them, and who walks with them")),
            (ALL, _("All that those who walk with them read")),
        ],
        initial=FIRST,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. The first is enough to ring somebody who knows them.")},
    )
    not_told_why = forms.CharField(
        label=_("Why can they not be told yet?"),
        help_text=_("Leave this empty where they can. It stands on their page all the same."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tells = forms.ChoiceField(label=_("Who tells them?"), required=False)
    tell_by = day(_("By which day?"), help_text=_("Within 28 days."))

    def __init__(self, *args: Any, me: Person, others: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tellers = {str(me.pk): me, **{str(one.pk): one for one in others}}
        names = [(key, one.name) for key, one in self.tellers.items() if key != str(me.pk)]
        self.fields["tells"].choices = [(str(me.pk), _("I do")), *names]  # type: ignore[attr-defined]

    @property
    def puts_off(self) -> list[forms.BoundField]:
        """The boxes that are folded away."""
        return [self["not_told_why"], self["tells"], self["tell_by"]]

    @property
    def names_are_shared(self) -> bool:
        """Whether the day they were born is asked for, or was written."""
        return bool(self["born_on"].errors or self["born_on"].value())

    @property
    def is_unfolded(self) -> bool:
        """Whether something stands in them, or is wrong with them."""
        return any(field.errors or field.value() for field in (self["not_told_why"], self["tell_by"]))

    def said(self) -> dict[str, Any]:
        """What the operation is told. A person and a day count only beside a reason."""
        cleaned = self.cleaned_data
        told = {name: cleaned[name] for name in ("words", "name", "born_on", "not_told_why")}
        told["all_of_it"] = cleaned["how_much"] == self.ALL
        if cleaned["not_told_why"].strip():
            told["tells"] = self.tellers[cleaned["tells"]] if cleaned["tells"] else None
            told["tell_by"] = self._tell_by(cleaned["tell_by"])
        return told

    @staticmethod
    def _tell_by(chosen: dt.date | None) -> dt.datetime | None:
        """The end of that day; on the last day there may be, the hour at which it ends."""
        last = clock.now() + AT_MOST
        by = end_of(chosen)
        return min(by, last) if by and chosen == timezone.localtime(last).date() else by


class ByLawForm(OwnForm):
    """Why, in plain words; which law; whom it is about; and until when."""

    why = forms.CharField(
        label=_("Why, in plain words?"),
        help_text=_("They will read this beside the law."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, in plain words. They will read it.")},
    )
    reason = forms.ModelChoiceField(
        label=_("Which law?"),
        queryset=LegalReason.objects.none(),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose the law. If it is not here, a steward names it first.")},
    )
    name = name_field(
        _("Their whole name"),
        asked=_("Write their whole name."),
        help_text=_("As they would write it. Part of a name finds nobody."),
    )
    born_on = born_field()
    until = day(_("Until which day?"), help_text=_("As short as the law lets it be."))

    def __init__(self, *args: Any, reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = reasons  # type: ignore[attr-defined]

    def clean_until(self) -> dt.datetime:
        """A day that is still to come."""
        chosen: dt.date | None = self.cleaned_data["until"]
        if chosen is None:
            raise forms.ValidationError(_("Say until which day. Later days need a new reason."))
        if chosen < clock.today():
            raise forms.ValidationError(_("That day is over. Choose one that is still to come."))
        return end_of(chosen) or clock.now()


class ReviewForm(OwnForm):
    """Whether it was right, and why."""

    found = forms.ChoiceField(
        label=_("Was it right to open it?"),
        choices=[
            (Opening.Found.RIGHT, _("Yes, it was right")),
            (Opening.Found.NOT_RIGHT, _("No, it should not have been opened")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it was right.")},
    )
    words = words_field(
        _("What did you find?"),
        _("Say in a few words what you found. They will read it."),
        _(
            "Talk to the one who opened it, and where you can to the one whose page it is. They both read this."
        ),
    )


class SayForm(OwnForm):
    """What the person says of it."""

    words = words_field(_("What do you want to say about it?"), _("Say a word or two. “Why?” is enough."))
