"""What is asked about what is done to somebody: their yes, or the duty, and a question about it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import day as a_day
from alongside.doings.forms.parts import WhoForm, words_field
from alongside.kernel import clock
from alongside.people.models import Person


class YesForm(WhoForm):
    """A yes to something that is done to somebody, before it begins."""

    to_what = words_field(_("What do you say yes to?"))
    informed_how = words_field(
        _("How was it explained to you?"), rows=2, hint=_("Who told you what it means, and what you asked.")
    )
    words = words_field(_("Anything you want to say about it"), required=False, rows=2)
    field_order = ("to_what", "who", "who_words", "informed_how", "words")

    def __init__(self, *args: Any, own: bool, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            self.fields["to_what"].label = _("What does %(called)s say yes to?") % {"called": called}
            self.fields["informed_how"].label = _("How was it explained to them?")
            self.fields["words"].label = _("What did they say about it? In their own words")


class DutyForm(forms.Form):
    """What the law makes somebody do: everything the person must be told of it (I1)."""

    what = words_field(_("What will be done?"), rows=2)
    why = words_field(_("Why? In words they would use"), rows=3)
    statute = forms.CharField(
        label=_("Which law?"),
        max_length=200,
        help_text=_("For example, Care Act 2014 s.42."),
        error_messages={"required": _("Name the law.")},
    )
    would_stop = words_field(_("What would make it stop?"), rows=2)
    how_to_question = words_field(_("How can they question it?"), rows=2)
    told = forms.BooleanField(label=_("They were told today, face to face"), required=False)
    person_words = words_field(_("What did they say? In their own words"), required=False, rows=2)
    not_told_why = words_field(_("If they were not told: why not yet?"), required=False, rows=2)
    tell_by = a_day(_("And by which day will they be told?"))

    def said(self, by: Person) -> dict[str, Any]:
        """What the operation is told, apart from about whom."""
        cleaned = self.cleaned_data
        told = {name: cleaned[name] for name in ("why", "statute", "would_stop", "how_to_question")}
        if cleaned["told"]:
            return told | {"who_person": by, "told_at": clock.now(), "person_words": cleaned["person_words"]}
        return told | {
            "who_person": by,
            "not_told_why": cleaned["not_told_why"],
            "tell_by": day_ends(cleaned["tell_by"]) if cleaned["tell_by"] else None,
        }


class ToldForm(forms.Form):
    """The person was told."""

    person_words = words_field(_("What did they say? In their own words"), required=False)
    walker_there = forms.BooleanField(label=_("Whoever walks with them was there"), required=False)


class QuestionForm(forms.Form):
    """A question about a duty, or an objection to it."""

    words = words_field(_("What would you like to ask, or say?"), hint=_("“Why?” is enough."))


def day_ends(day: dt.date) -> dt.datetime:
    """The last minute of a day, in the place's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))
