"""Days as people say them."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NEAR = 6  # days within which a weekday's name alone is clear


def as_people_say(day: date | datetime, today: date | None = None) -> str:
    """ "Today", "Tuesday, 3 days ago", "Friday, in 2 days", "12 October", "4 May 2021"."""
    day = _local_date(day)
    today = today or timezone.localdate()
    away = (day - today).days
    if away in (-1, 0, 1):
        return {-1: _("Yesterday"), 0: _("Today"), 1: _("Tomorrow")}[away]
    if abs(away) <= NEAR:
        return _near(day, away)
    return date_format(day, "j F" if day.year == today.year else "j F Y")


def _near(day: date, away: int) -> str:
    said = {"weekday": date_format(day, "l"), "days": abs(away)}
    if away < 0:
        return ngettext("%(weekday)s, %(days)d day ago", "%(weekday)s, %(days)d days ago", abs(away)) % said
    return ngettext("%(weekday)s, in %(days)d day", "%(weekday)s, in %(days)d days", away) % said


def _local_date(day: date | datetime) -> date:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day
