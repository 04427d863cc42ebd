"""A page that was opened in an emergency: why, by whom, whether the person was told, and what another found."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person

A_DAY = dt.timedelta(days=1)
# For so long telling somebody may be put off, with a reason and a name.
AT_MOST = dt.timedelta(days=28)


class Opening(Model):
    """A page opened without a say-so, for a day: the words come first, then the person, then the review.

    `all_of_it`: all that those who walk with the person read; otherwise what they put on their one page.
    `tells` is who tells the person, by `tell_by`; within a day, or later with a reason.
    """

    class Found(models.TextChoices):
        RIGHT = "right", _("it was right to open it")
        NOT_RIGHT = "not_right", _("it should not have been opened")

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="openings"))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(
        models.TextField(help_text="why, as the one who opened it wrote it, before anything opened")
    )
    all_of_it = shared(models.BooleanField(default=False))
    at = shared(models.DateTimeField())
    until = shared(models.DateTimeField())
    reviewer = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    review_by = shared(models.DateTimeField())
    reviewed_at = shared(models.DateTimeField(null=True))
    found = shared(models.CharField(max_length=20, choices=Found.choices, blank=True))
    review_words = private(models.TextField(blank=True))
    tells = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    tell_by = shared(models.DateTimeField())
    not_told_why = private(models.TextField(blank=True, help_text="why telling them is put off"))
    told_at = shared(
        models.DateTimeField(
            null=True, help_text="when words went by the way they asked for, or somebody told them"
        )
    )
    alarmed_at = shared(
        models.DateTimeField(null=True, help_text="when a steward was told that nobody looked")
    )

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="opening_person"),
            models.Index(fields=["review_by"], condition=Q(reviewed_at=None), name="opening_unreviewed"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("by")), name="opening_is_by_another"),
            models.CheckConstraint(condition=~Q(words=""), name="opening_says_why"),
            models.CheckConstraint(
                condition=Q(until__gt=F("at"), until__lte=F("at") + A_DAY), name="opening_is_for_a_day"
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=True) | (~Q(reviewer=F("by")) & ~Q(reviewer=F("person"))),
                name="opening_is_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(review_by__lte=F("at") + A_DAY), name="opening_is_reviewed_within_a_day"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, found="", review_words="")
                | Q(reviewed_at__isnull=False, reviewer__isnull=False) & ~Q(found="") & ~Q(review_words=""),
                name="opening_review_has_a_name_and_words",
            ),
            models.CheckConstraint(
                condition=Q(tell_by__lte=F("at") + A_DAY)
                | (~Q(not_told_why="") & Q(tell_by__lte=F("at") + AT_MOST)),
                name="opening_is_told_within_a_day_or_says_why_not",
            ),
            models.CheckConstraint(condition=~Q(tells=F("person")), name="opening_is_told_by_another"),
        ]


class OpeningWords(Model):
    """What the person says of it afterwards, in their words. Never changed."""

    opening = shared(models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="answers"))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(models.TextField())
    at = shared(models.DateTimeField())

    class Meta:
        verbose_name_plural = "opening words"
        indexes = [models.Index(fields=["opening", "at"], name="opening_words_opening")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="opening_words_are_words")]
