"""What the pages of a story ask: one box, and the rest folded away with good answers in it (I34)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.place.languages import LANGUAGES
from alongside.design.fields import day
from alongside.people.models import Person
from alongside.story import uploads
from alongside.story.models import Audience, Medium, StoryPart

MOST_WORDS = 20_000
PICTURES = "image/jpeg,image/png,image/webp,image/gif"
WORDS = forms.Textarea(attrs={"rows": 5})
TOO_LONG = {"max_length": _("That is more than this box can hold. Say the rest in a second part.")}


class Kept:
    """Who said it, in the form."""

    THEM, ME = "them", "me"


class WordsForm(forms.Form):
    """Words, or a photo, a drawing or a voice note; how and when they were said is folded away."""

    FOLDED: tuple[str, ...] = ("described", "drawing", "said_on", "language", "spoken_in", "interpreter")

    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        widget=WORDS,
        max_length=MOST_WORDS,
        error_messages=TOO_LONG,
    )
    picture = forms.FileField(
        label=_("A photo or a drawing"),
        required=False,
        widget=forms.FileInput(attrs={"accept": PICTURES}),
    )
    voice = forms.FileField(
        label=_("A voice note"),
        help_text=_("Up to ten minutes. Your phone may offer to record one."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": "user", "data-recorder": ""}),
    )
    described = forms.CharField(
        label=_("What the picture shows, or what you say"),
        help_text=_("For whoever cannot see or hear it."),
        required=False,
        max_length=300,
    )
    drawing = forms.BooleanField(label=_("It is a drawing"), required=False)
    said_on = day(_("On which day was it said?"))
    language = forms.ChoiceField(label=_("The language of these words"), choices=LANGUAGES)
    spoken_in = forms.CharField(
        label=_("If it was spoken in another language, which?"), required=False, max_length=60
    )
    interpreter = forms.CharField(label=_("Who interpreted?"), required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].required = False

    def clean_language(self) -> str:
        """English where nobody says otherwise."""
        return self.cleaned_data["language"] or "en"

    def clean(self) -> dict[str, Any]:
        """Something must be there, and one file at a time."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("picture") and cleaned.get("voice"):
            self.add_error(
                "voice", _("One at a time: a picture here, and the voice note in a part of its own.")
            )
        if not self.errors and not (cleaned.get("words") or cleaned.get("picture") or cleaned.get("voice")):
            self.add_error("words", _("Say a word or two, or add a photo, a drawing or a voice note."))
        return cleaned

    def said(self) -> dict[str, Any]:
        """What an operation is told, apart from who and where."""
        cleaned = self.cleaned_data
        told = {name: cleaned[name] for name in ("words", "language", "spoken_in", "interpreter", "said_on")}
        medium = Medium.DRAWING if cleaned["drawing"] else Medium.TEXT
        file = cleaned["picture"] or cleaned["voice"]
        return told | {"described": cleaned["described"], "medium": medium, "upload": file or None}

    def refuse(self, error: ValueError) -> None:
        """Show why nothing was kept, beside the field it is about. A browser forgets the file: say so."""
        file = "picture" if self.cleaned_data.get("picture") else "voice"
        self.add_error(file if isinstance(error, uploads.NotKept) else "words", str(error))

    @property
    def is_unfolded(self) -> bool:
        """Whether something folded away has a slip in it."""
        return any(name in self.errors for name in self.FOLDED)

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.FOLDED if name in self.fields]


class SayForm(WordsForm):
    """A new part of a story. `asks`: the words, under the question of their kind."""

    FOLDED = ("kind", "speaker", "audience", *WordsForm.FOLDED)
    asks = "words"

    kind = forms.ChoiceField(label=_("Where it goes"), choices=StoryPart.Kind.choices, required=False)
    speaker = forms.ChoiceField(label=_("Whose words are these?"), widget=forms.RadioSelect, required=False)
    audience = forms.ChoiceField(
        label=_("Who is it for?"), choices=Audience.choices, widget=forms.RadioSelect, required=False
    )

    def __init__(
        self, *args: Any, person: Person, own: bool, question: str, kind: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked_kind = kind
        self.fields["words"].label = question
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            choice for choice in StoryPart.Kind.choices if not own or choice[0] != StoryPart.Kind.HUNCH
        ]
        if own:
            del self.fields["speaker"]
        else:
            self.fields["speaker"].choices = [  # type: ignore[attr-defined]
                (Kept.THEM, _("%(called)s said this") % {"called": person}),
                (Kept.ME, _("I say this")),
            ]
        self.fields["audience"].choices = audience_choices(own=own, called=str(person))  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        """What was asked for, where nothing else was chosen."""
        return str(self.cleaned_data["kind"] or self.asked_kind)

    def clean_audience(self) -> str:
        """Whoever walks with them, where nothing else was chosen."""
        return self.cleaned_data["audience"] or Audience.WALKERS


def audience_choices(*, own: bool, called: str) -> list[tuple[str, Any]]:
    """Whom something is for, as the reader would say it."""
    if own:
        return [
            (Audience.WALKERS, _("Me, and whoever walks with me")),
            (Audience.NAMED, _("Me, and those I let read it by name")),
            (Audience.ONLY_US, _("Only me, and the one who said it")),
        ]
    name = {"called": called}
    return [
        (Audience.WALKERS, _("%(called)s, and whoever walks with them") % name),
        (Audience.ONLY_US, _("Only %(called)s, and the one who said it") % name),
    ]


class SayAgainForm(WordsForm):
    """New words for a part; the earlier ones stay. `after` is the version that was on the writer's page."""

    asks = "words"
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, question: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question


class AnswerForm(forms.Form):
    """An answer beneath a part."""

    asks = "words"
    words = forms.CharField(
        label=_("What do you say to it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_WORDS,
        error_messages={"required": _("Say a word or two. “Don't know” is fine."), **TOO_LONG},
    )


class AudienceForm(forms.Form):
    """Whom something is for."""

    asks = "audience"
    audience = forms.ChoiceField(
        label=_("Who is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is for.")},
    )

    def __init__(self, *args: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]


class OnePageForm(forms.Form):
    """Which parts stand on a one page, and in which order."""

    asks = "intro"
    intro = forms.CharField(
        label=_("What would you like people to know first?"),
        help_text=_("It stands at the top. Leave it empty if you like."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )
    large_print = forms.BooleanField(label=_("In large print"), required=False, initial=True)
