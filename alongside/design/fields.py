"""Questions that several rooms ask alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.design.widgets import DayWidget

NO_SUCH_DAY = _("That day is not in the calendar. Write it like 27 3 2027.")


def day(label: Any, *, no_such_day: Any = NO_SUCH_DAY, **more: Any) -> forms.DateField:
    """A day in three boxes, which may be left empty."""
    return forms.DateField(
        label=label, required=False, widget=DayWidget, error_messages={"invalid": no_such_day}, **more
    )
