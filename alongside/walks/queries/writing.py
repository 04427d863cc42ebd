"""How long writing takes a worker, beside the time they spent with people: theirs to see and nobody else's."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from alongside.people.models import Person
from alongside.walks.models import TimeWriting


@dataclass(frozen=True)
class MonthOfWriting:
    """One month of one's own: minutes of writing, and of being together where that was told."""

    month: dt.date
    writing: int
    together: int

    @property
    def an_hour(self) -> int | None:
        """Minutes of writing for each hour together; None where no time together was told."""
        return round(60 * self.writing / self.together) if self.together else None


def time_writing(*, viewer: Person) -> list[MonthOfWriting]:
    """The viewer's own months, newest first. One statement; it takes no other person, and there is none to give."""
    months = (
        TimeWriting.objects.filter(worker=viewer)
        .annotate(month=TruncMonth("moment__at"))
        .values("month")
        .annotate(seconds=Sum("seconds"), together=Sum("moment__minutes_together"))
        .order_by("-month")
    )
    return [
        MonthOfWriting(row["month"].date(), round(row["seconds"] / 60), row["together"] or 0)
        for row in months[:24]
    ]
