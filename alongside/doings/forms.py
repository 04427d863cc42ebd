"""What the pages of the room ask: words, and the rest with good answers in it (I34)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.design.fields import day as a_day
from alongside.doings.models import Lane, Promise
from alongside.doings.writing import Who
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.models import Audience

MOST_WORDS = 5_000
A_WORD = _("Say it in a word or two.")
TOO_LONG = {"max_length": _("That is more than this box can hold. Say the rest in a second one.")}
IN_A_WEEK = dt.timedelta(days=7)


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

    words = words_field(_("A few words about it, if you like"), required=False, rows=2)


class HowForm(forms.Form):
    """How it is going."""

    words = words_field(_("In your own words"))


class QuickForm(forms.Form):
    """Something to be done in days."""

    words = words_field(
        _("What needs doing soon?"), rows=2, hint=_("A phone call, a bus pass, a light bulb.")
    )


class PromiseForm(Unfolded, WhoForm):
    """A promise. Only words are asked; the day is a week from now unless it says so."""

    FOLDED = ("at_time", "where_words")

    words = words_field(_("What will be done?"))
    day = a_day(_("By which day?"))
    coming = forms.BooleanField(label=_("Somebody is coming to see them"), required=False)
    at_time = forms.TimeField(
        label=_("At what time?"), help_text=_("For example, 14:30."), required=False,
        error_messages={"invalid": _("Write the time like 14:30.")},
    )  # fmt: skip
    where_words = forms.CharField(label=_("Where?"), required=False, max_length=200)
    field_order = ("words", "day", "who", "who_words", "coming", "at_time", "where_words")

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.fields["coming"].label = _("Somebody is coming to see me")
        who = self.fields.get("who")
        if who is not None:
            who.label = _("Who promises it?")

    def clean_day(self) -> dt.date:
        """In a week, where nobody said."""
        return self.cleaned_data["day"] or clock.today() + IN_A_WEEK

    def said(self) -> dict[str, Any]:
        """What the operation is told, apart from about whom."""
        cleaned = self.cleaned_data
        person, words = self.whom()
        told = {name: cleaned[name] for name in ("words", "day", "coming", "at_time", "where_words")}
        return told | {"owner": person, "owner_words": words}


class SettleForm(forms.Form):
    """What became of a promise, in words."""

    state = forms.ChoiceField(
        label=_("What became of it?"),
        widget=forms.RadioSelect,
        required=False,
        choices=[
            (Promise.State.KEPT, _("It was kept")),
            (Promise.State.LATE, _("It is late")),
            (Promise.State.LET_GO, _("It is let go")),
        ],
    )
    words = words_field(_("Say how it went, in a word or two"), rows=2)

    def clean_state(self) -> str:
        """Kept, where nothing else was chosen."""
        return self.cleaned_data["state"] or Promise.State.KEPT


class QuestionForm(forms.Form):
    """A question about a duty, or an objection to it."""

    words = words_field(_("What would you like to ask, or say?"), hint=_("“Why?” is enough."))


class ToldForm(forms.Form):
    """The person was told."""

    person_words = words_field(_("What did they say? In their own words"), required=False)
    walker_there = forms.BooleanField(label=_("Whoever walks with them was there"), required=False)


class CalendarForm(forms.Form):
    """How much a calendar shows."""

    words = forms.BooleanField(
        label=_("Show the words in my calendar"),
        help_text=_("Leave this empty if somebody may look over your shoulder: it then shows only a time."),
        required=False,
    )


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


def day_ends(day: dt.date) -> dt.datetime:
    """The last minute of a day, in the place's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))
