"""Small parts of the pages of a story: `{% load story %}`."""

from django import template
from django.utils.translation import gettext as _

from alongside.accounts.place.languages import named
from alongside.story.told import ToldVersion

register = template.Library()


@register.simple_tag
def how_said(told: ToldVersion) -> str:
    """How one version was said, in words: spoken in, interpreted by, written down by, and its language."""
    said, facts = told.version, []
    if said.spoken_in:
        facts.append(_("spoken in %(language)s") % {"language": said.spoken_in})
    if said.interpreter:
        facts.append(_("interpreted by %(who)s") % {"who": said.interpreter})
    if said.language != "en":
        facts.append(_("kept in %(language)s") % {"language": named(said.language)})
    if said.medium == "drawing":
        facts.append(said.get_medium_display())
    if told.written_down_by:
        facts.append(_("written down by %(who)s") % {"who": told.written_down_by})
    sentence = ", ".join(str(fact) for fact in facts)
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""
