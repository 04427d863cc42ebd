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


def help_in_words(direction: str, called: str = "") -> str:
    """Who helps whom, as the person says it; or as somebody else reads it, where `called` names the person."""
    if not called or direction == Tie.Help.NOT_SAID:
        return "" if direction == Tie.Help.NOT_SAID else str(Tie.Help(direction).label)
    said = {
        Tie.Help.THEY_HELP: _("they help %(called)s"),
        Tie.Help.I_HELP: _("%(called)s helps them"),
        Tie.Help.BOTH: _("each helps the other"),
    }
    return said[Tie.Help(direction)] % {"called": called}


def _line(tie: TieOn, called: str) -> list[Any]:
    state = TieChange.What(tie.state).label if tie.state else ""
    if tie.state_on:
        state = _("%(state)s, %(day)s") % {"state": state, "day": date_format(tie.state_on, "j F Y")}
    trust = _("trusted") if tie.trusted else ""
    return [
        tie.name,
        ", ".join(str(words) for words in (tie.tie, Tie.To(tie.to).label) if words),
        tie.words,
        help_in_words(tie.help, called),
        date_format(tie.since, "j F Y") if tie.since else "",
        ", ".join(str(words) for words in (trust, state) if words),
    ]


def lines(circle: Circle, called: str = "") -> list[list[Any]]:
    """Everyone in the circle, those who did not stay, and what is missing: one line each.

    `called` names the person where somebody else reads it.
    """
    missing = [
        [gap.words, _("missing"), "", "", date_format(gap.named_on, "j F Y"), ""] for gap in circle.gaps
    ]
    return [_line(tie, called) for tie in [*circle.ties, *circle.gone]] + missing
