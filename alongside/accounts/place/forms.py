"""What may be asked about the place: a line around it, words about it, its own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models.place import Place

from .drawing import Bounds, read_lines
from .languages import LANGUAGES, named
from .reading.geometry import Geometry, Unsound


class DrawForm(forms.Form):
    """A name and the points around it."""

    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=120,
        error_messages={"required": _("Give it a name, the one you and your neighbours use.")},
    )
    points = forms.CharField(
        label=_("The points around its edge"),
        help_text=_(
            "One point a line: latitude, then longitude, such as 54.957, -1.625. Tapping the map writes them."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "data-points": ""}),
        error_messages={"required": _("Tap the map at three places or more, or write the points here.")},
    )
    note = forms.CharField(label=_("What is it like?"), max_length=300, required=False)

    def __init__(self, *args: Any, near: Bounds | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.near = near

    def clean_points(self) -> Geometry:
        try:
            return read_lines(self.cleaned_data["points"], near=self.near)
        except Unsound as unsound:
            raise forms.ValidationError(str(unsound)) from unsound


class SayForm(forms.Form):
    """Words about a neighbourhood."""

    words = forms.CharField(
        label=_("What should people know about living here?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Say a few words. Any will do.")},
    )
    said_by = forms.CharField(
        label=_("The name to show"),
        help_text=_("It can be a first name, “a mam of three”, or nothing."),
        max_length=100,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="en", required=False)

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or "en"


class Lines(forms.CharField):
    """A list, one thing a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def __init__(self, *, longest: int, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in str(value or "").splitlines()]
        for number, line in enumerate(lines, start=1):
            if len(line) > self.longest:
                raise forms.ValidationError(
                    _("Line %(number)d is longer than %(longest)d letters."),
                    params={"number": number, "longest": self.longest},
                )
        return [line for line in lines if line]

    def run_validators(self, value: list[str]) -> None:  # type: ignore[override]
        """What is asked of a text is asked of them as one: none holds what no database can keep."""
        super().run_validators("\n".join(value))


class WordsForm(forms.Form):
    """The words of the place, and the languages it speaks."""

    name = forms.CharField(
        label=_("Name of the place"), max_length=120, error_messages={"required": _("A place has a name.")}
    )
    note = forms.CharField(label=_("The place in a sentence"), max_length=400, required=False)
    mission = forms.CharField(
        label=_("What we are here for"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    charter_words = Lines(label=_("Words we live by"), help_text=_("One a line."), longest=120)
    two_rules = Lines(label=_("Our rules"), help_text=_("One a line."), longest=300)
    languages = forms.MultipleChoiceField(
        label=_("Languages people speak here"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one language.")},
    )
    default_language = forms.ChoiceField(label=_("The language of a page when nobody has said"))

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(place, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        known = dict(LANGUAGES)
        # A language that came in by another way stays choosable.
        choices = [*LANGUAGES, *((code, named(code)) for code in place.languages if code not in known)]
        for name in ("languages", "default_language"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        default, spoken = cleaned.get("default_language"), cleaned.get("languages")
        if default and spoken and default not in spoken:
            self.add_error("default_language", _("Choose one of the languages people speak here."))
        return cleaned


class PrinciplesForm(forms.Form):
    """What the place holds to, in its own words, and why it does so now."""

    principles = Lines(
        label=_("How we work"),
        help_text=_("One a line, in the order you would say them. The two rules stay as they are."),
        longest=300,
        required=True,
        error_messages={
            "required": _("Keep one at least. If none of these is right any more, write the one that is.")
        },
    )
    why = forms.CharField(
        label=_("What have you learnt that changes this?"),
        help_text=_("Everybody can read it, for good. Name nobody whose story it is."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say why, in a few words: whoever comes after you wants to know.")},
    )
    said_by = forms.CharField(
        label=_("The name to stand beside it"),
        help_text=_("Yours, as you want it read. Left empty, it is the name you have here."),
        max_length=200,
        required=False,
    )
    # The number of the latest change that was shown: none at all where it does not say.
    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=9)

    def clean_after(self) -> int:
        after = self.cleaned_data["after"]
        return int(after) if after.isdecimal() else 0
