"""What several forms are made of: words, who, in which lane, and what is folded away."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.doings.models import Lane
from alongside.doings.writing import Who
from alongside.people.models import Person

MOST_WORDS = 5_000
A_WORD = _("Say it in a word or two.")
TOO_LONG = {"max_length": _("That is more than this box can hold. Say the rest in a second one.")}


def words_field(label: Any, *, required: bool = True, rows: int = 3, hint: Any = "") -> forms.CharField:
    """A box for words as they are said."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": A_WORD, **TOO_LONG},
    )


class Unfolded:
    """A form with something folded away that is opened where there is a slip in it."""

    FOLDED: tuple[str, ...] = ()

    @property
    def is_unfolded(self) -> bool:
        """Whether something folded away has a slip in it."""
        return any(name in self.errors for name in self.FOLDED)  # type: ignore[attr-defined]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.FOLDED if name in self.fields]  # type: ignore[attr-defined, index]


class WhoForm(forms.Form):
    """Who it is: somebody here, or a name."""

    who = forms.ChoiceField(label=_("Who?"), required=False, widget=forms.RadioSelect)
    who_words = forms.CharField(
        label=_("Or somebody else: what do you call them?"), required=False, max_length=200
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = list(people)  # type: ignore[attr-defined]
        if not people:
            del self.fields["who"]
            self.fields["who_words"].label = _("Who? A first name is plenty.")

    def whom(self) -> tuple[Person | None, str]:
        """Somebody here, or a name; neither where nothing was said."""
        words = self.cleaned_data["who_words"]
        key = self.cleaned_data.get("who")
        return (None, words) if words or not key else (Person(pk=key), "")

    def said_who(self, lane: str) -> Who:
        """Who owns and who helps, as a lane has it."""
        person, words = self.whom()
        if lane == Lane.BY_WITH_HELP:
            return Who(helper=person, helper_words=words)
        return Who(owner=person, owner_words=words) if lane == Lane.FOR else Who()


def lane_choices(*, own: bool, called: str) -> list[tuple[str, Any]]:
    """The three lanes one can put something in, as the reader would say it."""
    name = {"called": called}
    if own:
        return [
            (Lane.BY, _("I do it myself")),
            (Lane.BY_WITH_HELP, _("I do it, and somebody helps me")),
            (Lane.FOR, _("Somebody does it for me, because I decided so")),
        ]
    return [
        (Lane.BY, _("%(called)s does it") % name),
        (Lane.BY_WITH_HELP, _("%(called)s does it, and somebody helps") % name),
        (Lane.FOR, _("Somebody does it for %(called)s, because %(called)s decided so") % name),
    ]
