"""What we ask at the door: one question. Everything else is if you like."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.messages import queries
from alongside.messages.addresses import PATTERNS, address_in
from alongside.messages.models import Hello
from alongside.people.forms import called_field, name_field
from alongside.people.models import Channel

A_WORD = _("Say a word or two, so that somebody can answer.")


def words_field(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    """A box for words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": A_WORD,
            "max_length": _("That is more than fits here. Send the first part, then the rest."),
        },
    )


class HelloForm(forms.Form):
    """Say hello: words, and whatever else somebody likes to say."""

    asks = "words"

    words = words_field(
        _("Hello. How are things?"),
        _("A few words are enough. A person here reads them and answers you. You need no account."),
    )
    called = called_field(_("What shall we call you?"), autocomplete="nickname")
    how_to_reach = forms.CharField(
        label=_("How can we reach you?"),
        help_text=_("A number, an e-mail, a friend, a bench. Whatever is safe for you."),
        required=False,
        max_length=300,
    )
    language = forms.CharField(label=_("Which language do you like to speak?"), required=False, max_length=60)
    neighbourhood: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Where are you, more or less?"),
        required=False,
        queryset=None,
        empty_label=_("I'd rather not say"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["neighbourhood"].queryset = queries.neighbourhoods()  # type: ignore[attr-defined]

    def wrong(self) -> list[tuple[Any, Any]]:
        """Fields with what is wrong with them, for the summary."""
        return [(field, field.errors) for field in self]

    def if_you_like(self) -> list[Any]:
        """Everything but the one question."""
        return [self[name] for name in ("called", "how_to_reach", "language", "neighbourhood")]


class HelloForSomeoneForm(HelloForm):
    """A hello written down by somebody who helps, on the phone or at the counter."""

    words = words_field(
        _("What did they say?"), _("In their words, as they said them. Nothing else is needed.")
    )
    called = called_field(_("What are they called?"))
    how_to_reach = forms.CharField(
        label=_("How can we reach them?"),
        help_text=_("Only a way that is safe for them."),
        required=False,
        max_length=300,
    )
    language = forms.CharField(
        label=_("Which language do they like to speak?"), required=False, max_length=60
    )


class HelloForNeighbourForm(HelloForSomeoneForm):
    """As above, by a neighbour: their yes comes first."""

    persons_yes = forms.BooleanField(
        label=_("I asked them, and they said yes"),
        error_messages={"required": _("Ask them first. With their yes, you can say hello for them.")},
    )


class ComeBackForm(forms.Form):
    """Four words."""

    asks = "key"

    key = forms.CharField(
        label=_("What are your four words?"),
        help_text=_("They were on the page when you said hello. For example: apple river lamp wren."),
        max_length=100,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the four words you were given.")},
    )


class MoreWordsForm(forms.Form):
    """More words to a hello."""

    words = words_field(_("Do you want to add something?"), rows=3)


class AnswerForm(forms.Form):
    """The named human answers."""

    words = words_field(_("Your answer"), _("As you would say it across a table."))
    send_by = forms.ChoiceField(
        label=_("How do your words reach them?"), required=False, widget=forms.RadioSelect, choices=[]
    )

    def __init__(self, *args: Any, hello: Hello, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [way for way in PATTERNS if address_in(hello.how_to_reach, way)]
        if hello.person_id or not ways:
            del self.fields["send_by"]
            return
        labels = dict(Channel.choices) | {"email": _("Send them by e-mail"), "text": _("Send them as a text")}
        here = ("", _("They read them when they come back; I ring or see them myself"))
        self.fields["send_by"].choices = [here, *((way, labels[way]) for way in ways)]  # type: ignore[attr-defined]
        self.fields["send_by"].initial = ""


class TogetherForm(forms.Form):
    """What the two of them chose."""

    outcome = forms.ChoiceField(
        label=_("What did you choose together?"),
        choices=Hello.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it became.")},
    )
    words = words_field(_("In a few words"), _("What was done, or what they hope for."), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class WriteDownForm(forms.Form):
    """Somebody new, with their yes."""

    name = name_field(
        _("What is their name?"),
        asked=_("Say what they are called; a first name is plenty."),
        help_text=_("As they want it written. A first name is plenty."),
    )


class WhyForm(forms.Form):
    """Ask why somebody looked."""

    words = words_field(_("Do you want to say more?"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = False


class WhyAnswerForm(forms.Form):
    """Say why."""

    asks = "words"

    words = words_field(_("Why did you look?"), _("In your own words. They read exactly what you write."))
