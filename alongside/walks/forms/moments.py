"""What the pages of moments ask: one box for words. The rest has good answers in it already (I34)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from alongside.accounts.place.languages import LANGUAGES
from alongside.design.fields import day as a_day
from alongside.kernel import clock
from alongside.people.models import Person
from alongside.story.forms.story import audience_choices
from alongside.story.models import Audience
from alongside.story.told import Named
from alongside.walks.models import Draft, Moment
from alongside.walks.queries.timeline import Asked

MOST_WORDS = 20_000
WORDS = {
    "required": _("Say a word or two. That is plenty."),
    "max_length": _("That is more than this box can hold. Say the rest in a second one."),
}
OTHER = "other"
NOON = dt.time(12)


class WritingForm(forms.Form):
    """Words that are kept as a draft while they are written.

    `client_id` is the page's own name, so that words sent twice are there once; `seen` how the draft stood
    when the page last knew; `opened` when it was opened.
    """

    asks = "words"
    FOLDED: tuple[str, ...] = ()

    words = forms.CharField(
        max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5}), error_messages=WORDS
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, question: Any, draft_url: str, draft: Draft | None = None, **kwargs: Any
    ) -> None:
        begun = (
            {"words": draft.words, "client_id": draft.client_id, "seen": draft.at.isoformat()}
            if draft
            else {}
        )
        first = {"client_id": uuid4(), "opened": int(clock.now().timestamp())}
        kwargs["initial"] = first | kwargs.get("initial", {}) | begun
        super().__init__(*args, **kwargs)
        self.fields["words"].label = question
        self.fields["words"].widget.attrs |= {
            "hx-post": draft_url,
            "hx-trigger": "input changed delay:2s, blur changed",
            "hx-include": "closest form",
            "hx-target": "#kept",
            "hx-swap": "outerHTML",
            "hx-sync": "this:queue last",
        }

    @property
    def seconds_writing(self) -> int | None:
        """Since the page was opened; None where nobody knows."""
        opened = self.data.get("opened", "")
        # More figures than a moment in time has are nobody's clock.
        told = len(opened) < 12 and opened.isascii() and opened.isdigit()
        return int(clock.now().timestamp()) - int(opened) if told else None

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [self[name] for name in self.FOLDED if name in self.fields]

    @property
    def is_unfolded(self) -> bool:
        """Whether something folded away has a slip in it."""
        return any(name in self.errors for name in self.FOLDED)


def draft_said(data: Any) -> dict[str, Any]:
    """What a draft is kept of: words, and the page's name, however odd the rest."""
    try:
        client_id = UUID(data.get("client_id", ""))
    except ValueError:
        client_id = None
    try:
        seen = parse_datetime(data.get("seen", ""))
    except ValueError:
        seen = None
    return {"words": data.get("words", "")[:MOST_WORDS], "client_id": client_id, "seen": seen}


class MomentForm(WritingForm):
    """A moment: who is known, so it asks for words."""

    FOLDED = ("day", "audience", "language")

    kind = forms.ChoiceField(label=_("What was it?"), required=False, widget=forms.RadioSelect)
    minutes_together = forms.ChoiceField(
        label=_("Time together"), required=False, widget=forms.RadioSelect, choices=[
            ("15", _("15 minutes")), ("30", _("Half an hour")), ("60", _("An hour")), (OTHER, _("Another time")),
        ],
    )  # fmt: skip
    minutes_other = forms.IntegerField(
        label=_("How many minutes?"), required=False, min_value=1, max_value=24 * 60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={
            "invalid": _("Write the minutes as a number, like 45."),
            "min_value": _("Write the minutes as a number, like 45."),
            "max_value": _("That is more than a day. Write it as two moments."),
        },
    )  # fmt: skip
    there_too = forms.MultipleChoiceField(
        label=_("They were there too, and read this"), required=False, widget=forms.CheckboxSelectMultiple
    )
    day = a_day(_("On which day was it, if not today?"))
    audience = forms.ChoiceField(label=_("Who is it for?"), required=False, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("The language of these words"), choices=LANGUAGES, required=False)

    def __init__(self, *args: Any, person: Person, own: bool, others: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        called = {"called": person}
        self.initial.update({"kind": Moment.Kind.MET, "audience": Audience.WALKERS, "language": "en"})
        self.fields["audience"].choices = audience_choices(own=own, called=str(person))  # type: ignore[attr-defined]
        self.fields["there_too"].choices = [(str(one.pk), str(one)) for one in others]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (Moment.Kind.MET, _("We met")),
            (Moment.Kind.TOGETHER, _("We did something")),
            (Moment.Kind.SAID, _("%(called)s said this") % called),
            (Moment.Kind.REACHED_OUT, _("I reached out")),
            (Moment.Kind.EVENT, _("Something happened")),
            (Moment.Kind.TURNED_AWAY, _("Turned away")),
            (Moment.Kind.SETBACK, _("A setback")),
        ]
        if own:
            for name in ("kind", "minutes_together", "minutes_other"):
                del self.fields[name]
        if not others:
            del self.fields["there_too"]

    def clean_audience(self) -> str:
        """Whoever walks with them, where nothing else was chosen."""
        return self.cleaned_data["audience"] or Audience.WALKERS

    def clean_day(self) -> dt.date | None:
        """A day that has been."""
        day: dt.date | None = self.cleaned_data["day"]
        if day and day > clock.today():
            raise forms.ValidationError(_("That day is still to come. Which day was it?"))
        return day

    def said(self) -> dict[str, Any]:
        """What the operation is told of this, apart from by whom and where."""
        cleaned = self.cleaned_data
        return {
            "words": cleaned["words"],
            "kind": cleaned.get("kind") or (Moment.Kind.MET if "kind" in self.fields else Moment.Kind.SAID),
            "audience": cleaned["audience"],
            "language": cleaned["language"] or "en",
            "at": self._at(),
            "minutes_together": self._minutes(),
            "seconds_writing": self.seconds_writing,
            "client_id": cleaned["client_id"],
        }

    def _at(self) -> dt.datetime | None:
        day = self.cleaned_data["day"]
        if day is None or day == clock.today():
            return None
        return timezone.make_aware(dt.datetime.combine(day, NOON))

    def _minutes(self) -> int | None:
        chosen = self.cleaned_data.get("minutes_together")
        if chosen and chosen != OTHER:
            return int(chosen)
        minutes: int | None = self.cleaned_data.get("minutes_other")
        return minutes


class AnswerForm(WritingForm):
    """An answer beneath a moment, one's own; or the person's, written down for them."""

    said_by = forms.ChoiceField(label=_("Whose words are these?"), required=False, widget=forms.RadioSelect)
    follows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, person: Person, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_by"].choices = [  # type: ignore[attr-defined]
            ("me", _("I say this")), ("them", _("%(called)s said this") % {"called": person}),
        ]  # fmt: skip
        if own:
            del self.fields["said_by"]


class SayAgainForm(WritingForm):
    """The same in other words. `follows` is how many the writer had in front of them."""

    follows = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class AudienceForm(forms.Form):
    """Whom a moment is for."""

    asks = "audience"
    audience = forms.ChoiceField(
        label=_("Who is it for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is for.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audience_choices(own=True, called="")  # type: ignore[attr-defined]


class FindForm(forms.Form):
    """Words to look for in a timeline; a kind, and whose moments."""

    q = forms.CharField(label=_("Words in it"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("What it was"), required=False)
    who = forms.ChoiceField(label=_("Whose moment it was"), required=False)

    def __init__(self, *args: Any, voices: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Everything")), *Moment.Kind.choices]  # type: ignore[attr-defined]
        self.fields["who"].choices = [("", _("Everybody’s")), *((str(one.pk), str(one)) for one in voices)]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What to narrow to; what was not understood narrows nothing, and the form says so."""
        self.is_valid()
        found = self.cleaned_data
        who = UUID(found["who"]) if found.get("who") else None
        return Asked(kind=found.get("kind", ""), who=who, words=found.get("q", ""))
