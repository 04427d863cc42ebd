"""What a person is asked about themselves: nothing of it is needed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import day
from alongside.people.models import Channel

CLOCK = {"invalid": _("Write the hour like 16:00.")}


WAYS = [(way, capfirst(label)) for way, label in Channel.choices]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also where every box was left empty; None where a page was only opened."""
    return request.POST if request.method == "POST" else None


class Listed(forms.CharField):
    """A few words with commas between them, as a list."""

    def prepare_value(self, value: Any) -> Any:
        """The list as it was written."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Each word on its own, without the spaces around it."""
        words = [" ".join(word.split()) for word in str(value or "").split(",")]
        return [word for word in words if word]

    def validate(self, value: Any) -> None:
        """Each is short enough to keep."""
        if any(len(word) > 60 for word in value):
            raise ValidationError(_("One of these is very long. Put a comma between them."))

    def run_validators(self, value: Any) -> None:
        """Nothing more: each was looked at on its own."""


class HourField(forms.TimeField):
    """An hour of the day, on any device's own clock."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, error_messages=CLOCK, **kwargs)


class OwnForm(forms.Form):
    """A form whose operation may still find a slip, which is then told beside its field."""

    def carried_out(self, operation: Callable[[], object]) -> bool:
        """Do it if everything is well; False with the slips told where it is not."""
        if not self.is_valid():
            return False
        try:
            operation()
        except ValidationError as slip:
            self.add_error(None, slip)
            return False
        return True


def name_field(label: Any, *, asked: Any, autocomplete: str = "off", **more: Any) -> forms.CharField:
    """A name, which is needed; `asked` says so where it is missing."""
    return _names(label, 200, autocomplete, error_messages={"required": asked}, **more)


def called_field(label: Any, *, autocomplete: str = "off") -> forms.CharField:
    """What somebody likes to be called, if they like to say."""
    return _names(label, 100, autocomplete, required=False)


def _names(label: Any, longest: int, autocomplete: str, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=longest, widget=widget, **more)


class NamesForm(OwnForm):
    """Somebody's names: one is all it takes (I34)."""

    name = name_field(
        _("Their name"), asked=_("Write down a name, or whatever they would like to be called.")
    )
    called = called_field(_("What they like to be called"))


class ReachForm(OwnForm):
    """How to reach me, and how not."""

    how = forms.ChoiceField(
        label=_("How shall we reach you?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. “Leave a message on my page” is always there.")},
    )
    how_words = forms.CharField(
        label=_("Anything we should know about that"),
        help_text=_("For example: ring twice, I am slow to the phone."),
        max_length=300,
        required=False,
    )
    phone = forms.CharField(
        label=_("Your number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("That e-mail has a slip in it. It looks like sam@tynebank.example.")},
    )
    never = forms.MultipleChoiceField(
        label=_("How must we never reach you?"),
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    never_words = forms.CharField(
        label=_("And what else must we never do?"),
        help_text=_("For example: no brown envelopes, no voicemail, do not come to my work."),
        max_length=300,
        required=False,
    )
    from_hour = HourField(label=_("Not before"))
    to_hour = HourField(label=_("Not after"))
    languages = Listed(
        label=_("Which language shall we speak?"),
        help_text=_("More than one? Put a comma between them."),
        required=False,
    )
    who_may_answer = forms.CharField(
        label=_("Who else may pick up, or open the door?"),
        help_text=_("Leave it empty and we speak to nobody but you."),
        max_length=300,
        required=False,
    )
    safe_word = forms.CharField(
        label=_("A safe word"),
        help_text=_("Whoever rings says it first, so that you know it is one of us. Only they see it."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(label=_("Anything else"), max_length=300, required=False)

    @property
    def slips(self) -> list[tuple[forms.BoundField, Any]]:
        """Each field with what is wrong in it, for the summary at the top."""
        return [(field, field.errors) for field in self if field.errors]

    @property
    def sections(self) -> list["Section"]:
        """The questions under a few headings, so that it reads as a talk and not as a form."""
        return [Section(self, *section) for section in SECTIONS]


class Section:
    """A few questions under one heading, folded away with what is said there so far; open where a slip is."""

    def __init__(self, form: forms.Form, heading: Any, asks: Any, names: tuple[str, ...]) -> None:
        self.heading, self.asks = heading, asks
        self.fields = [form[name] for name in names]
        self.open = any(field.errors for field in self.fields)

    @property
    def said(self) -> str:
        """What is said so far, in a line; a safe word is only told to be there."""
        return " · ".join(line for field in self.fields for line in _said(field) if line)


def _said(field: forms.BoundField) -> list[str]:
    value = field.value()
    if not value:
        return []
    if field.name == "safe_word":
        return [str(_("a safe word"))]
    if isinstance(field.field, forms.ChoiceField):
        chosen = value if isinstance(value, list) else [value]
        return [str(label) for way, label in WAYS if way in chosen]
    if isinstance(field.field, HourField):
        return [f"{field.label} {value:%H:%M}" if hasattr(value, "hour") else f"{field.label} {value}"]
    return [", ".join(value) if isinstance(value, list) else str(value)]


SECTIONS = (
    (_("The best way"), _("How you would like us to get in touch."), ("how", "how_words", "phone", "email")),
    (_("Never"), _("Ways we must leave alone."), ("never", "never_words")),
    (
        _("When, and in which language"),
        _("Hours and words that suit you."),
        ("from_hour", "to_hour", "languages"),
    ),
    (
        _("So that you are safe"),
        _("Who else may pick up, and a word to know us by."),
        ("who_may_answer", "safe_word"),
    ),
    (_("Anything else"), _("Whatever else we should know."), ("note",)),
)


class AboutForm(NamesForm):
    """My names, and what else I choose to say of myself."""

    name = name_field(
        _("My name"), asked=_("Write a name, or whatever you would like to be called."), autocomplete="name"
    )
    called = called_field(_("Call me"), autocomplete="nickname")
    also = forms.CharField(
        label=_("Another name people know me by"),
        help_text=_("It helps whoever walks with you to find your page. You can take it away again."),
        max_length=200,
        required=False,
    )
    pronouns = forms.CharField(
        label=_("Say of me"), help_text=_("For example: she, he, they."), max_length=60, required=False
    )
    age_words = forms.CharField(label=_("How old I am, in my words"), max_length=100, required=False)
    born_on = day(
        _("My birthday"), no_such_day=_("That day is not in the calendar. Write it like 27 3 1985.")
    )
    where_words = forms.CharField(
        label=_("Where I am to be found"),
        help_text=_("An address, or “the bench by the bandstand”."),
        max_length=300,
        required=False,
    )
    note = forms.CharField(
        label=_("Anything else about me"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RoomForm(OwnForm):
    """How many more people I have room for, and what I bring."""

    room_for = forms.IntegerField(
        label=_("How many more people have you room to walk with?"),
        help_text=_("0 means full. Being full is a fact, not a fault."),
        min_value=0,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write a number. 0 means full."),
            "invalid": _("Write a number, such as 2. 0 means full."),
            "min_value": _("Write a number from 0, which means full, to 50."),
            "max_value": _("Write a number from 0, which means full, to 50."),
        },
    )
    languages = Listed(
        label=_("Languages you speak"), help_text=_("Put a comma between them."), required=False
    )
    lived_experience = forms.CharField(
        label=_("What you have lived through, if you choose to name it"),
        help_text=_("Anyone who is choosing somebody to walk with them can read this."),
        max_length=300,
        required=False,
    )
    offers = forms.CharField(
        label=_("What else you bring"),
        help_text=_("A van, a loud laugh, nineteen years in revenues."),
        max_length=300,
        required=False,
    )
