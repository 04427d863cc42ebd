"""What a working day is here: the hours of the door, Monday to Friday, bank holidays aside."""

import datetime as dt
from functools import cache

import holidays
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format


def hours() -> tuple[dt.time, dt.time]:
    """When the door opens and shuts, in the place's own time."""
    return dt.time.fromisoformat(settings.DOOR_OPENS), dt.time.fromisoformat(settings.DOOR_SHUTS)


@cache
def _bank_holidays(country: str) -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv=country)


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no bank holiday."""
    return day.weekday() < 5 and day not in _bank_holidays(settings.DOOR_COUNTRY)


def next_working_day(day: dt.date) -> dt.date:
    """The first working day after this one."""
    day += dt.timedelta(days=1)
    while not is_working_day(day):
        day += dt.timedelta(days=1)
    return day


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=timezone.get_default_timezone())


def day_and_time(moment: dt.datetime) -> str:
    """ "Monday 23 November, 17:00"."""
    return date_format(timezone.localtime(moment), "l j F, G:i")


def is_open(moment: dt.datetime) -> bool:
    """Whether a human is at the door at this moment."""
    here = moment.astimezone(timezone.get_default_timezone())
    opens, shuts = hours()
    return is_working_day(here.date()) and opens <= here.time() < shuts


def one_working_day_after(moment: dt.datetime) -> dt.datetime:
    """The same time on the next working day; the end of the next working day when the door was shut."""
    here = moment.astimezone(timezone.get_default_timezone())
    opens, shuts = hours()
    if is_open(moment):
        return _at(next_working_day(here.date()), here.time())
    before_opening = is_working_day(here.date()) and here.time() < opens
    return _at(here.date() if before_opening else next_working_day(here.date()), shuts)
