"""How the place's own principles came to be: every change of them, who made it and why."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alongside.accounts.models.place import Place
from alongside.kernel.models import Model, open_, shared


class PrinciplesChange(Model):
    """The place's principles, changed: what stood before, what stands after, by whom and why. Never rewritten (R12).

    Writing the row is what changes them: the database carries `after` into the place, where `before` is what stands
    there and `number` is the next. So the principles and how they came to be cannot part. `said_by` is the name as
    whoever changed them wants it read; `by_id` is who it was, and is shown nowhere.
    """

    place = open_(models.ForeignKey(Place, on_delete=models.PROTECT, related_name="principles_changes"))
    number = open_(models.PositiveIntegerField())
    at = open_(models.DateTimeField())
    said_by = open_(models.CharField(max_length=200))
    before = open_(ArrayField(models.CharField(max_length=300), default=list, blank=True))
    after = open_(ArrayField(models.CharField(max_length=300), default=list))
    why = open_(models.TextField())
    by_id = shared(models.UUIDField(editable=False))

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="principles_change_number_once"),
            models.CheckConstraint(condition=~models.Q(why=""), name="principles_change_says_why"),
            models.CheckConstraint(condition=~models.Q(said_by=""), name="principles_change_has_a_name"),
            models.CheckConstraint(condition=~models.Q(after=[]), name="principles_change_leaves_some"),
            models.CheckConstraint(
                condition=~models.Q(after=models.F("before")), name="principles_change_changes_something"
            ),
        ]
