"""What is the person's alone: how their arc is drawn and who sees it, and a map of their life."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person


class ArcChoice(Model):
    """Whether a person's arc is shown to whoever walks with them. They see it first (I35); nobody by default."""

    person = shared(models.OneToOneField(Person, on_delete=models.CASCADE, related_name="arc_choice"))
    seen_at = shared(models.DateTimeField(null=True))
    shown_at = shared(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True) | Q(seen_at__isnull=False),
                name="arc_is_seen_by_its_person_first",
            )
        ]


class ArcLine(Model):
    """The person redraws a month: words of their own in a strand, or an event of the record left out of it."""

    class Strand(models.TextChoices):
        AROUND = "around", _("around me from services")
        MINE = "mine", _("me and mine")

    person = shared(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="arc_lines"))
    month = shared(models.DateField(help_text="the first day of the month"))
    strand = shared(models.CharField(max_length=10, choices=Strand.choices))
    words = private(models.CharField(max_length=300, blank=True))
    leaves_out = shared(models.UUIDField(null=True, help_text="the key of the moment, doing or tie left out"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["person", "month"], name="arc_line_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="", leaves_out__isnull=True), name="arc_line_says_or_leaves_out"
            ),
            models.UniqueConstraint(fields=["person", "leaves_out"], name="arc_leaves_out_once"),
        ]


class LifeMap(Model):
    """A map of one's life that somebody made themself. Never asked for, never added up (T6)."""

    person = shared(models.OneToOneField(Person, on_delete=models.CASCADE, related_name="life_map"))
    shown = shared(models.BooleanField(default=False, help_text="also to whoever walks with me"))
    began_at = shared(models.DateTimeField())


class LifeMapPlace(Model):
    """One place on that map, in the person's words: what it is, and how it is there. Said again beside it."""

    life_map = shared(models.ForeignKey(LifeMap, on_delete=models.CASCADE, related_name="places"))
    name = private(models.CharField(max_length=200))
    words = private(models.TextField(blank=True))
    at = shared(models.DateTimeField())
    taken_off_at = shared(models.DateTimeField(null=True))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="life_map_place_has_a_name")]
