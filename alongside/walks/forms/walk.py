"""What the pages of a walk ask: words, and whom, with good answers in it already (I34)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.widgets import DayWidget
from alongside.people.models import Person
from alongside.story.told import Named
from alongside.walks.queries.walks import CanWalk

MOST_WORDS = 5_000
A_WORD = _("Say it in a word or two.")
TOO_LONG = {"max_length": _("That is more than this box can hold. Say the rest in a moment.")}
NO_SUCH_DAY = {
    "invalid": _("That day is not in the calendar. Write it like 27 3 2027."),
    "required": _("Say from which day."),
}


def words_field(label: Any, *, required: bool = False, rows: int = 3, hint: Any = "") -> forms.CharField:
    """A box for words as they are said."""
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": A_WORD, **TOO_LONG},
    )  # fmt: skip


class WordsForm(forms.Form):
    """Words, if they like."""

    words = words_field(_("Anything to say?"))

    def __init__(
        self, *args: Any, label: Any = "", needed: bool = False, hint: Any = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.required, field.help_text = needed, hint
        if label:
            field.label = label


class WhoForm(WordsForm):
    """Somebody who walks alongside people here, and words."""

    who = forms.ChoiceField(label=_("Who?"), widget=forms.RadioSelect, required=False)
    field_order: tuple[str, ...] = ("who", "words")

    def __init__(
        self,
        *args: Any,
        people: Sequence[CanWalk],
        asks: Any,
        needs_who: bool = True,
        first: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.person.pk): one.person for one in people}
        who = self.fields["who"]
        who.label, who.required = asks, needs_who
        who.choices = [(str(one.person.pk), choice(one)) for one in people]  # type: ignore[attr-defined]
        who.error_messages["required"] = _("Choose who.")
        if first is None:
            first = next((one for one in people if one.has_room), None)
            first = first.person.pk if first else None
        who.initial = str(first) if first else None

    @property
    def chosen(self) -> Person | None:
        """Who was chosen, or None."""
        return self.people.get(self.cleaned_data.get("who", ""))


def choice(one: CanWalk) -> str:
    """Somebody as one chooses them: a name, what they are here, and whether they have room."""
    words = {"called": one.person.name, "role": one.role}
    return _("%(called)s, %(role)s, has room") % words if one.has_room else _("%(called)s, %(role)s") % words


class OfferForm(WhoForm):
    """An offer to walk with somebody: a few words of one's own, and who is there when one is not."""

    name = forms.CharField(
        label=_("What are they called?"), help_text=_("Whatever they like to be called. A first name is plenty."),
        max_length=200, error_messages={"required": _("Say what they are called.")},
    )  # fmt: skip
    field_order: tuple[str, ...] = ("name", "words", "who")

    def __init__(self, *args: Any, knows: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if knows:
            del self.fields["name"]


class RestForm(WordsForm):
    """Words for the rest, and who carries on meanwhile."""

    ties = forms.MultipleChoiceField(
        label=_("Who carries on with you?"), help_text=_("Tick as many as you like, or none."), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    field_order = ("ties", "words")

    def __init__(self, *args: Any, ties: Sequence[Named], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ties"].choices = [(str(tie.pk), str(tie)) for tie in ties]  # type: ignore[attr-defined]
        if not own:
            self.fields["ties"].label = _("Who carries on with them?")
        if not ties:
            del self.fields["ties"]


class JoinForm(WordsForm):
    """One more who walks along: somebody whose page is open to the one who writes it down."""

    who = forms.ChoiceField(label=_("Who walks along too, with their yes?"), widget=forms.RadioSelect)
    field_order = ("who", "words")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["who"].choices = [(str(person.pk), str(person)) for person in people]  # type: ignore[attr-defined]
        self.fields["who"].error_messages["required"] = _("Choose who.")


class UsualForm(forms.Form):
    """How often we meet, in words; and days between, for whoever likes a number."""

    words = words_field(_("How often do you meet, and where?"), required=True, rows=2,
                        hint=_("For example: Tuesdays at the café, and whenever I text."))  # fmt: skip
    days = forms.IntegerField(
        label=_("About how many days between?"), required=False, min_value=1, max_value=366,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "invalid": _("Write the days as a number, like 7."),
            "min_value": _("Write the days as a number, like 7."),
            "max_value": _("That is more than a year. Say it in words."),
        },
    )  # fmt: skip

    def clean_words(self) -> str:
        """As many words as a line holds."""
        words: str = self.cleaned_data["words"].strip()
        if len(words) > 200:
            raise forms.ValidationError(_("Say it in a line. The rest can go into a moment."))
        return words


class MetForm(WordsForm):
    """The three met: on which day, and a word about it."""

    day = forms.DateField(
        label=_("On which day, if not today?"), required=False, widget=DayWidget, error_messages=NO_SUCH_DAY
    )


class ChooseForm(WhoForm):
    """The choice, in the person's words; and who is there when the new one is not."""

    field_order = ("words", "who")


class AwayForm(forms.Form):
    """Days on which somebody is not there."""

    from_day = forms.DateField(label=_("From which day?"), widget=DayWidget, error_messages=NO_SUCH_DAY)
    to_day = forms.DateField(
        label=_("Until and with which day?"), help_text=_("Leave it empty for that one day."), required=False,
        widget=DayWidget, error_messages=NO_SUCH_DAY,
    )  # fmt: skip
    who = forms.ChoiceField(label=_("Who is away?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Sequence[Person], me: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = me
        self.people = {str(person.pk): person for person in people}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (key, _("Me") if person == me else str(person)) for key, person in self.people.items()
        ]
        if len(people) < 2:
            del self.fields["who"]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("from_day"), said.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("The last day is before the first. Look at the two again."))
        return said

    @property
    def worker(self) -> Person:
        """Who is away: oneself, where nobody was named."""
        return self.people.get(self.cleaned_data.get("who", ""), self.me)
