"""The parts that rooms share, as template tags: `{% load design %}`. README.md lists them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alongside.design import days

register = template.Library()

FACES = 5  # tints a face may have; chosen from the name, so that it stays the same
# What an onlooker sees after a quick exit, unless the place says otherwise.
WEATHER = "https://www.bbc.co.uk/weather"
HERE = "design/components/"


@register.inclusion_tag(HERE + "mark.html")
def mark() -> dict[str, Any]:
    """Two people side by side on a path."""
    return {}


# Words, a face and a day stand many times on a page: written here they cost a fraction of what a template does.
FACE = (
    '<svg class="chip__face face--{}" viewBox="0 0 40 40" aria-hidden="true" focusable="false" width="40" height="40">'
    '<circle class="face__ground" cx="20" cy="20" r="19.5"/><text class="face__letters" x="20" y="20">{}</text></svg>'
)
CHIP = FACE + '<span class="chip__text"><span class="chip__name">{}</span>{}</span>'
WORDS = '<figure class="words"><blockquote><p class="words__said"{} dir="{}">{}</p></blockquote>{}{}</figure>'


@register.simple_tag
def words(
    said: str,
    *,
    speaker: Any = "",
    said_on: date | None = None,
    lang: str = "",
    dir: str = "auto",  # noqa: A002 - named as in HTML
) -> SafeString:
    """Words as said, large, with who said them and the day beneath."""
    return _words(said, speaker, said_on, lang, dir)


@register.simple_block_tag
def words_with(
    content: str,
    said: str,
    *,
    speaker: Any = "",
    said_on: date | None = None,
    lang: str = "",
    dir: str = "auto",  # noqa: A002 - named as in HTML
) -> SafeString:
    """As `words`, with a photo, drawing or voice note inside."""
    return _words(said, speaker, said_on, lang, dir, content)


def _words(
    said: str, speaker: Any, said_on: date | None, lang: str, way: str, medium: str = ""
) -> SafeString:
    who = person_chip(speaker) if speaker else ""
    day = format_html('<span class="words__day">{}</span>', when(said_on)) if said_on else ""
    return format_html(
        WORDS,
        format_html(' lang="{}"', lang) if lang else "",
        way,
        said,
        format_html('<div class="words__medium">{}</div>', medium) if medium else "",
        format_html("<figcaption>{}{}</figcaption>", who, day) if who or day else "",
    )


@register.simple_tag
def person_chip(person: Any, *, role: str = "", url: str = "") -> SafeString:
    """A face of initials, a name and what they are here. Takes anything with `.called`, or a name."""
    called = str(getattr(person, "called", person))
    initials = "".join(part[0] for part in called.split() if part[0].isalnum())
    shown = (initials[:1] + initials[-1:]) if len(initials) > 1 else initials
    tint = crc32(called.encode()) % FACES
    here = format_html(' <span class="chip__role">{}</span>', role) if role else ""
    chip = format_html(CHIP, tint, shown.upper(), called, here)
    if url:
        return format_html('<a class="chip" href="{}">{}</a>', url, chip)
    return format_html('<span class="chip">{}</span>', chip)


@register.simple_block_tag
def notice(content: str, *, kind: str = "", title: str = "") -> SafeString:
    """Something worth noticing. kind: nothing, "good", "careful" or "wrong"."""
    return render_to_string(HERE + "notice.html", {"content": content, "kind": kind, "title": title})


@register.inclusion_tag(HERE + "button.html")
def button(label: str, *, kind: str = "", name: str = "", value: str = "") -> dict[str, Any]:
    """Sends the form it stands in, once. kind: nothing, "quiet" or "stop"."""
    return {"label": label, "kind": kind, "name": name, "value": value}


@register.inclusion_tag(HERE + "link_button.html")
def link_button(url: str, label: str, *, kind: str = "") -> dict[str, Any]:
    """A link that looks like the next thing to do."""
    return {"url": url, "label": label, "kind": kind}


@register.inclusion_tag(HERE + "print_button.html")
def print_button(label: str = "") -> dict[str, Any]:
    """Prints the page; only there when it can."""
    return {"label": label}


@register.inclusion_tag(HERE + "empty.html")
def empty(sentence: str, *, url: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here yet, said warmly, with one next thing."""
    return {"sentence": sentence, "url": url, "label": label}


@register.inclusion_tag(HERE + "summary.html")
def summary(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What we know, side by side. A row: {key, value, url, label}; the last two for changing it."""
    return {"rows": rows}


@register.inclusion_tag(HERE + "sub_nav.html")
def sub_nav(ways: Sequence[Mapping[str, Any]], label: str) -> dict[str, Any]:
    """Pages beside this one. A way: {url, label, current}; `label` names the list for screen readers."""
    return {"ways": ways, "label": label}


@register.inclusion_tag(HERE + "pagination.html", takes_context=True)
def pagination(context: Mapping[str, Any], page: Page, *, key: str = "page") -> dict[str, Any]:
    """Earlier and later; keeps whatever else the address asks for."""
    asked = context["request"].GET.copy()
    before = _page_link(asked, key, page.previous_page_number() if page.has_previous() else None)
    after = _page_link(asked, key, page.next_page_number() if page.has_next() else None)
    return {"page": page, "before": before, "after": after}


def _page_link(asked: QueryDict, key: str, number: int | None) -> str:
    if number is None:
        return ""
    asked[key] = str(number)
    return f"?{asked.urlencode()}"


@register.inclusion_tag(HERE + "table_twin.html")
def table_twin(caption: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """A picture's facts as a table, folded beneath it. The first cell of a row names the row."""
    return {"caption": caption, "headings": headings, "rows": rows}


@register.simple_tag
def when(day: date | datetime | None, *, within: bool = False) -> SafeString:
    """A day as people say it, with the exact one in `datetime`; `within` a sentence, after other words."""
    return _time(day, days.as_people_say(day, within=within)) if day else SafeString("")


@register.simple_tag
def day_heading(day: date | datetime | None) -> SafeString:
    """A day over what happened in it: "Today", "Tuesday 17 November"."""
    return _time(day, days.as_heading(day)) if day else SafeString("")


def _time(day: date | datetime, said: str) -> SafeString:
    exact = timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(), said)


@register.inclusion_tag(HERE + "lane.html")
def lane(lane: str, called: str = "") -> dict[str, Any]:
    """Who does it: by, by_with_help, for or to; `called` when it is not the reader's own page."""
    return {"lane": lane, "label": _lane_label(lane, called)}


def _lane_label(lane: str, called: str) -> str:
    name = {"name": called}
    if called:
        return {
            "by": _("By %(name)s") % name,
            "by_with_help": _("By %(name)s, with help") % name,
            "for": _("For %(name)s") % name,
            "to": _("To %(name)s") % name,
        }[lane]
    return {
        "by": _("By me"),
        "by_with_help": _("By me, with help"),
        "for": _("For me"),
        "to": _("To me"),
    }[lane]


@register.inclusion_tag(HERE + "quick_exit.html", takes_context=True)
def quick_exit(context: Mapping[str, Any]) -> dict[str, Any]:
    """A way out that works at once, with or without JavaScript."""
    given = context.get("QUICK_EXIT_URL") or getattr(settings, "QUICK_EXIT_URL", "")
    return {"quick_exit_url": given or WEATHER}


@register.simple_block_tag
def details(content: str, label: str) -> SafeString:
    """Something folded away for whoever wants it."""
    return render_to_string(HERE + "details.html", {"content": content, "label": label})


@register.filter
def message_kind(level: str) -> str:
    """The kind of notice a message makes."""
    return {"success": "good", "warning": "careful", "error": "wrong"}.get(level, "")


@register.filter
def own_name(code: str) -> str:
    """A language's name in itself; the place's own word for those nobody else has listed."""
    known = LANG_INFO.get(code.split("-")[0]) or LANG_INFO.get(code) or {}
    name = known.get("name_local") or dict(settings.LANGUAGES)[code]
    return name[:1].upper() + name[1:]


@register.filter
def first_box(field: BoundField) -> str:
    """The id an error's link goes to: the field, or the first of its boxes."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


@register.filter
def is_the_question(field: BoundField) -> bool:
    """Whether this field is the one thing the page asks: `asks = "words"` on the form."""
    return getattr(field.form, "asks", None) == field.name
