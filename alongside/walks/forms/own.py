"""What the pages of somebody's own arc and map ask: words of theirs, where they like."""

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.forms import OwnForm


class ArcWordsForm(OwnForm):
    """Words of one's own in a month."""

    words = forms.CharField(
        label=_("Words of your own for this month"),
        help_text=_("What you did, or how it was."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say a word or two for this month."),
            "max_length": _("That is a lot for one month. Say it in fewer words: 300 letters at most."),
        },
    )


class PlaceForm(OwnForm):
    """A place on a map of one's life: what it is called, and how it is there."""

    name = forms.CharField(
        label=_("What do you call it?"),
        help_text=_("A part of your life, in any word of yours: home, the girls, sleep, money, the river."),
        max_length=200,
        error_messages={
            "required": _("Give this place a name. Any word of yours will do."),
            "max_length": _("Give it a shorter name, and say the rest beneath: 200 letters at most."),
        },
    )
    words = forms.CharField(
        label=_("How is it there?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AgainForm(OwnForm):
    """How it is there now."""

    words = forms.CharField(
        label=_("How is it there now?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
