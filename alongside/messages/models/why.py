"""Somebody asks why another person looked at their page."""

from django.db import models
from django.db.models import F, Q

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person


class WhyAsked(Model):
    """A question about one look, and the answer. Reaches the looker and one other human, `also_told`."""

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="whys_asked"))
    look_id = shared(models.UUIDField())
    looker = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    looked_at = shared(models.DateTimeField())
    page = shared(models.CharField(max_length=80))
    also_told = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    words = private(models.TextField(blank=True))
    asked_at = shared(models.DateTimeField())
    answer = private(models.TextField(blank=True))
    answered_by = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    answered_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        verbose_name_plural = "whys asked"
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "look_id"], name="why_asked_once_a_look"),
            models.CheckConstraint(condition=~Q(looker=F("person")), name="why_asked_of_another"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="why_answered_has_words_and_somebody",
            ),
        ]
