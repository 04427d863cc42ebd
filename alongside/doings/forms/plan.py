"""What is asked about a plan: words, and the rest with good answers in it (I34)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.doings.forms.parts import Unfolded, WhoForm, lane_choices, words_field
from alongside.doings.models import Lane
from alongside.story.models import Audience


class AddForm(Unfolded, WhoForm):
    """Something for the plan. Only words are asked."""

    FOLDED = ("wish", "decision_words", "from_where", "audience")

    words = words_field(_("What would you like to do, or have happen?"))
    lane = forms.ChoiceField(label=_("Who does it?"), widget=forms.RadioSelect, required=False)
    wish = forms.BooleanField(label=_("It is a wish: nothing has begun yet"), required=False)
    decision_words = words_field(_("How did you decide it? In your own words"), required=False, rows=2)
    from_where = forms.CharField(
        label=_("Where it was said"), help_text=_("For example, a family conference."), required=False,
        max_length=200,
    )  # fmt: skip
    audience = forms.ChoiceField(label=_("Who is it for?"), widget=forms.RadioSelect, required=False)
    field_order = ("words", "lane", "who", "who_words")

    def __init__(self, *args: Any, own: bool, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].choices = lane_choices(own=own, called=called)  # type: ignore[attr-defined]
        if own:
            self.fields["audience"].choices = [  # type: ignore[attr-defined]
                (Audience.WALKERS, _("Me, and whoever walks with me")),
                (Audience.NAMED, _("Me, and those I let read it by name")),
                (Audience.ONLY_US, _("Only me, and whoever does it")),
            ]
        else:
            del self.fields["audience"]
            self.fields["words"].label = _("What would %(called)s like to do, or have happen?") % {
                "called": called
            }
            self.fields["decision_words"].label = _("How did they decide it? In their own words")

    def clean_lane(self) -> str:
        """By the person themself, where nothing else was chosen."""
        return self.cleaned_data["lane"] or Lane.BY

    def said(self) -> dict[str, Any]:
        """What an operation is told, apart from who and where."""
        cleaned = self.cleaned_data
        return {
            "words": cleaned["words"],
            "lane": cleaned["lane"],
            "who": self.said_who(cleaned["lane"]),
            "decision_words": cleaned["decision_words"],
            "from_where": cleaned["from_where"],
            "audience": cleaned.get("audience") or Audience.WALKERS,
        }


class MoveForm(WhoForm):
    """Another lane, with what it asks."""

    lane = forms.ChoiceField(
        label=_("Who does it now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who does it now.")},
    )
    words = words_field(_("How did that come about? In your own words"), required=False, rows=2)
    field_order = ("lane", "who", "who_words", "words")

    def __init__(self, *args: Any, own: bool, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lane"].choices = lane_choices(own=own, called=called)  # type: ignore[attr-defined]


class RewordForm(forms.Form):
    """New words; the earlier ones stay. `after` is the step that was on the writer's page."""

    words = words_field(_("How would you say it now?"))
    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class SaidForm(forms.Form):
    """A few words, or none."""

    words = words_field(_("A few words about it"), required=False, rows=2)


class HowForm(forms.Form):
    """How it is going."""

    words = words_field(_("In your own words"))
