"""Days as people say them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NEAR = 6  # days within which a weekday's name alone is clear


def as_people_say(day: date | datetime, today: date | None = None, *, within: bool = False) -> str:
    """ "Today", "Tuesday, 3 days ago", "Friday, in 2 days", "12 October", "4 May 2021".

    `within` a sentence it is "today": where other words come before it.
    """
    day = local_date(day)
    today = today or timezone.localdate()
    away = (day - today).days
    if away in (-1, 0, 1):
        return (_within() if within else _alone())[away]
    if abs(away) <= NEAR:
        return _near(day, away)
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def as_heading(day: date | datetime, today: date | None = None) -> str:
    """ "Today", "Yesterday", "Tuesday 17 November", "Tuesday 4 May 2021": a day over what happened in it."""
    day = local_date(day)
    today = today or timezone.localdate()
    if (day - today).days in (-1, 0, 1):
        return as_people_say(day, today)
    return date_format(day, "l j F" if day.year == today.year else "l j F Y")


def _alone() -> dict[int, str]:
    return {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}


def _within() -> dict[int, str]:
    return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}


def _near(day: date, away: int) -> str:
    said = {"weekday": date_format(day, "l"), "days": abs(away)}
    if away < 0:
        return ngettext("%(weekday)s, %(days)d day ago", "%(weekday)s, %(days)d days ago", abs(away)) % said
    return ngettext("%(weekday)s, in %(days)d day", "%(weekday)s, in %(days)d days", away) % said


def local_date(day: date | datetime) -> date:
    """The day a moment belongs to, where people live it."""
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day
