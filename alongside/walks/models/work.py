"""A worker's own days: full, away; and days on which a walk had nobody to cover."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, open_, shared
from alongside.people.models import Person
from alongside.walks.models.walk import Walk


class SaidFull(Model):
    """Somebody said "I'm full". The place must answer for it (T10); nothing is asked of who said it."""

    worker = open_(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="said_full"))
    words = shared(models.TextField(blank=True))
    said_at = open_(models.DateTimeField())
    over_at = open_(models.DateTimeField(null=True))
    answer = shared(models.TextField(blank=True))
    answered_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    answered_at = shared(models.DateTimeField(null=True))

    class Meta:
        verbose_name_plural = "said full"
        constraints = [
            models.UniqueConstraint(
                fields=["worker"], condition=Q(over_at__isnull=True), name="full_is_said_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="full_is_answered_in_words_by_a_human",
            ),
        ]


class Away(Model):
    """Days on which somebody is not there, said by them. The cover is, or a human hears of it."""

    worker = open_(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="away"))
    from_day = open_(models.DateField())
    to_day = open_(models.DateField())
    said_at = shared(models.DateTimeField())
    taken_back_at = shared(models.DateTimeField(null=True))

    class Meta:
        verbose_name_plural = "away"
        indexes = [models.Index(fields=["worker", "to_day"], name="away_worker")]
        constraints = [
            models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="away_ends_after_it_began")
        ]


class CoverGap(Model):
    """A walk that has no cover, or nobody at all, from a day on. Found by a job; mended by people.

    It says which walk and which workers, never whose walk it is.
    """

    class Why(models.TextChoices):
        NO_COVER = "no_cover", _("nobody covers from today on")
        COVER_AWAY = "cover_away", _("whoever covers is away")
        BOTH_AWAY = "both_away", _("both are away")
        LEFT = "left", _("one of the two no longer serves here")

    walk = shared(models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="gaps"))
    walker = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    cover = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    why = shared(models.CharField(max_length=20, choices=Why.choices))
    found_on = shared(models.DateField())
    alarmed = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    mended_at = shared(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["walk"], condition=Q(mended_at__isnull=True), name="cover_gap_once_a_walk"
            ),
        ]
