"""What the pages of a circle ask. Only what you call them is needed (I34)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alongside.accounts.place.languages import LANGUAGES
from alongside.design.fields import day
from alongside.people.models import Person
from alongside.story.forms.story import MOST_WORDS, TOO_LONG, audience_choices
from alongside.story.models import Audience, Tie, TieChange


class TieForm(forms.Form):
    """Somebody or something in a circle. Only what you call them is asked."""

    asks = "name"
    FOLDED = ("to", "trusted", "help", "since", "introduced_by", "member", "audience", "language")

    name = forms.CharField(
        label=_("Who do you trust?"),
        max_length=200,
        error_messages={"required": _("Say what you call them. A first name or “the dog” is plenty.")},
    )
    tie = forms.CharField(
        label=_("What are they to you?"),
        help_text=_("My sister, the neighbour, my dog, where I go to think."),
        required=False,
        max_length=200,
    )
    words = forms.CharField(
        label=_("Anything you want to say about them"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_WORDS,
        error_messages=TOO_LONG,
    )
    to = forms.ChoiceField(
        label=_("They are"), choices=Tie.To.choices, widget=forms.RadioSelect, required=False
    )
    trusted = forms.BooleanField(label=_("I trust them"), required=False)
    help = forms.ChoiceField(
        label=_("Who helps whom?"), choices=Tie.Help.choices, widget=forms.RadioSelect, required=False
    )
    since = day(_("Since which day?"), help_text=_("About right is right."))
    introduced_by = forms.CharField(label=_("Who introduced you?"), required=False, max_length=200)
    member = forms.ModelChoiceField(
        label=_("Are they here in Alongside too?"),
        help_text=_("Only if you want to say so. From then on they open your page only when you let them."),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("No, or I would rather not say"),
    )
    audience = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect, required=False)
    language = forms.ChoiceField(label=_("The language of these words"), choices=LANGUAGES, required=False)

    def __init__(self, *args: Any, person: Person, own: bool, first: bool, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask(own=own, first=first, called=str(person))
        self.fields["audience"].choices = audience_choices(own=own, called=str(person))  # type: ignore[attr-defined]
        if own and known.exists():
            self.fields["member"].queryset = known  # type: ignore[attr-defined]
        else:
            del self.fields["member"]

    def _ask(self, *, own: bool, first: bool, called: str) -> None:
        if first:
            label = _("Who do you trust?") if own else _("Who does %(called)s trust?") % {"called": called}
        else:
            label = (
                _("Who else is around you?")
                if own
                else _("Who else is around %(called)s?") % {"called": called}
            )
        self.fields["name"].label = label
        self.fields["name"].help_text = _("A person, a group, a place or an animal. Whatever you call them.")
        if not own:
            self.fields["tie"].label = _("What are they to %(called)s?") % {"called": called}
            self.fields["trusted"].label = _("%(called)s trusts them") % {"called": called}

    def clean_to(self) -> str:
        """A person, unless told otherwise."""
        return self.cleaned_data["to"] or Tie.To.PERSON

    def clean_help(self) -> str:
        """Not said, unless it was."""
        return self.cleaned_data["help"] or Tie.Help.NOT_SAID

    def clean_audience(self) -> str:
        """Whoever walks with them, where nothing else was chosen."""
        return self.cleaned_data["audience"] or Audience.WALKERS

    def clean_language(self) -> str:
        """English where nobody says otherwise."""
        return self.cleaned_data["language"] or "en"

    @property
    def is_unfolded(self) -> bool:
        """Whether something folded away has a slip in it."""
        return any(name in self.errors for name in self.FOLDED)

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.FOLDED if name in self.fields]


class TieChangeForm(forms.Form):
    """What became of somebody in a circle."""

    asks = "what"
    what = forms.ChoiceField(
        label=_("What became of it?"),
        widget=forms.RadioSelect,
        choices=[
            (TieChange.What.REWORDED, _("I would say it another way")),
            (TieChange.What.TOOK, _("It took: we get on")),
            (TieChange.What.FADED, _("It faded")),
            (TieChange.What.MENDED, _("It mended")),
            (TieChange.What.DID_NOT_TAKE, _("It didn't take")),
        ],
        error_messages={"required": _("Choose what became of it.")},
    )
    words = forms.CharField(
        label=_("In your words, now"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=MOST_WORDS,
    )
    tie_words = forms.CharField(label=_("What are they to you, now?"), required=False, max_length=200)
    help = forms.ChoiceField(
        label=_("Who helps whom, now?"), choices=[("", _("as before")), *Tie.Help.choices], required=False
    )
    trusted = forms.TypedChoiceField(
        label=_("Do you trust them, now?"),
        choices=[("", _("as before")), ("yes", _("Yes")), ("no", pgettext_lazy("trust", "Not now"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
    )
    on = day(_("On which day?"))


class GapForm(forms.Form):
    """What is missing in a circle."""

    asks = "words"
    words = forms.CharField(
        label=_("Who, or what, is missing?"),
        max_length=300,
        error_messages={"required": _("Say what, or who, is missing.")},
    )
