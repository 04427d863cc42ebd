"""A guide to talking about a good life: gentle ways to begin, never questions to be answered (R164)."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.story.models import StoryPart

Kind = StoryPart.Kind


class Guide(NamedTuple):
    """How to ask for one kind of part: of the person themself, of somebody else, and ways to begin."""

    ask_me: Promise
    ask_them: Promise
    begin: list[Promise]


GUIDES: dict[str, Guide] = {
    Kind.GOOD_AT: Guide(
        _("What are you good at?"),
        _("What is %(called)s good at?"),
        [
            _("What do people come to you for?"),
            _("What have you got through, and how did you do it?"),
            _("What could you show somebody else?"),
        ],
    ),
    Kind.WHAT_MATTERS: Guide(
        _("What matters to you?"),
        _("What matters to %(called)s?"),
        [
            _("When was the last good day? What was in it?"),
            _("Who, or what, would you not be without?"),
            _("What does a good life look like, for you?"),
        ],
    ),
    Kind.HOPE: Guide(
        _("What do you hope for?"),
        _("What does %(called)s hope for?"),
        [
            _("If next year went well, what would you be doing?"),
            _("What would you like more of?"),
            _("Who else would notice, if it came true?"),
        ],
    ),
    Kind.GOING_ON: Guide(
        _("What's going on?"),
        _("What's going on for %(called)s?"),
        [
            _("What happened? Start wherever you like."),
            _("Where are you today? Use any scale you like: the weather, a hill, one to ten."),
            _("What did you do about it yourself?"),
        ],
    ),
    Kind.CHILD_VOICE: Guide(
        _("What did a child say?"),
        _("What did a child say?"),
        [
            _("Write it just as they said it."),
            _("A drawing is as good as words."),
            _("Did they know who would read it?"),
        ],
    ),
    Kind.WORRY: Guide(
        _("What worries you?"),
        _("What worries %(called)s?"),
        [
            _("Who else knows about it?"),
            _("When is it not so bad? What is different then?"),
            _("What would be the first sign that it gets better?"),
        ],
    ),
    Kind.DO_NOT_WANT: Guide(
        _("What don't you want?"),
        _("What doesn't %(called)s want?"),
        [
            _("What should nobody do again?"),
            _("What are you tired of hearing?"),
            _("What must not get lost while things change?"),
        ],
    ),
    Kind.DO_NOT_KNOW_YET: Guide(
        _("What don't you know yet?"),
        _("What does %(called)s not know yet?"),
        [
            _("“Don't know yet” is a fine answer. It can stay one."),
            _("What would help you find out?"),
        ],
    ),
    Kind.HUNCH: Guide(
        _("What do you wonder?"),
        _("What do you wonder about?"),
        [
            _("%(called)s reads this first, with your name on it, and answers."),
            _("Say it as you would say it to their face."),
            _("What did you see or hear that makes you think so?"),
        ],
    ),
}


FIRST = (Kind.GOOD_AT, Kind.WHAT_MATTERS, Kind.HOPE, Kind.GOING_ON)


def ask(kind: str, *, own: bool, called: str) -> str:
    """The one question for a kind of part."""
    guide = GUIDES[kind]
    return str(guide.ask_me if own else guide.ask_them) % {"called": called}


def begin(kind: str, called: str) -> list[str]:
    """Gentle ways to begin."""
    return [str(line) % {"called": called} for line in GUIDES[kind].begin]
