"""A circle in words: the table that says all the picture says."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.story.circle_on import TieOn
from alongside.story.models import Tie, TieChange
from alongside.story.queries import Circle

HEADINGS = [
    gettext_lazy("Who"),
    gettext_lazy("What they are"),
    gettext_lazy("Words"),
    gettext_lazy("Help"),
    gettext_lazy("Since"),
    gettext_lazy("How it stands"),
]


def _line(tie: TieOn) -> list[Any]:
    state = TieChange.What(tie.state).label if tie.state else ""
    if tie.state_on:
        state = _("%(state)s, %(day)s") % {"state": state, "day": date_format(tie.state_on, "j F Y")}
    trust = _("trusted") if tie.trusted else ""
    return [
        tie.name,
        ", ".join(str(words) for words in (tie.tie, Tie.To(tie.to).label) if words),
        tie.words,
        Tie.Help(tie.help).label if tie.help != Tie.Help.NOT_SAID else "",
        date_format(tie.since, "j F Y") if tie.since else "",
        ", ".join(str(words) for words in (trust, state) if words),
    ]


def lines(circle: Circle) -> list[list[Any]]:
    """Everyone in the circle, those who did not stay, and what is missing: one line each."""
    missing = [
        [gap.words, _("missing"), "", "", date_format(gap.named_on, "j F Y"), ""] for gap in circle.gaps
    ]
    return [_line(tie) for tie in [*circle.ties, *circle.gone]] + missing
