"""Somebody says hello: their words, who was named to answer, and what the two of them chose."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person


class Hello(Model):
    """One hello. Nothing is required of anybody but words (I34).

    `person` is who it is from when they are known here; `entered_by` whoever wrote it down for them, with
    `persons_yes` when that was a neighbour. `named` is the human who was named on the answer; it is empty
    only where a place has nobody at all. `code_digest` lets somebody without an account come back.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("for myself")
        HELPER = "helper", _("written down by somebody who helps")
        NEIGHBOUR = "neighbour", _("by a neighbour, with their yes")

    class Outcome(models.TextChoices):
        SIMPLE = "simple", _("A simple thing, done now")
        WALK = "walk", _("Somebody to walk alongside")
        ENOUGH = "enough", _("The talk was enough for now")

    words = private(models.TextField())
    called = private(models.CharField(max_length=100, blank=True))
    how_to_reach = private(models.CharField(max_length=300, blank=True))
    language = private(models.CharField(max_length=60, blank=True))
    neighbourhood = private(
        models.ForeignKey(
            "accounts.Neighbourhood", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
        )
    )
    kind = shared(models.CharField(max_length=20, choices=Kind.choices, default=Kind.SELF))
    entered_by = shared(
        models.ForeignKey(
            Person, null=True, blank=True, on_delete=models.PROTECT, related_name="hellos_entered"
        )
    )
    persons_yes = shared(models.BooleanField(default=False))
    person = private(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="hellos")
    )
    named = shared(
        models.ForeignKey(
            Person, null=True, blank=True, on_delete=models.PROTECT, related_name="hellos_to_answer"
        )
    )
    no_room = shared(models.BooleanField(default=False))
    code_digest = private(models.CharField(max_length=64, unique=True))
    said_at = shared(models.DateTimeField())
    outcome = private(models.CharField(max_length=20, choices=Outcome.choices, blank=True))
    outcome_words = private(models.TextField(blank=True))
    wished_walk_with = private(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )

    class Meta:
        indexes = [models.Index(fields=["named", "-said_at"], name="hello_named")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="hello_has_words"),
            models.CheckConstraint(
                condition=~Q(kind="neighbour") | Q(persons_yes=True), name="hello_by_neighbour_has_their_yes"
            ),
            models.CheckConstraint(
                condition=Q(kind="self") | Q(entered_by__isnull=False),
                name="hello_for_another_says_who_wrote_it",
            ),
            models.CheckConstraint(
                condition=Q(wished_walk_with__isnull=True) | Q(outcome="walk"),
                name="hello_wished_walk_is_a_walk",
            ),
        ]


class HelloAnswer(Model):
    """Words in answer to a hello, or more from the one who said it (`by` empty: by their four words)."""

    hello = shared(models.ForeignKey(Hello, on_delete=models.CASCADE, related_name="answers"))
    by = shared(models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"))
    words = private(models.TextField())
    at = shared(models.DateTimeField())

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="hello_answer_has_words")]


class HelloWait(Model):
    """That a hello waits, with whom and until when: what a steward may see of it. No words, nobody's name."""

    hello = shared(models.OneToOneField(Hello, on_delete=models.CASCADE, related_name="wait"))
    named = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    said_at = shared(models.DateTimeField())
    answer_by = shared(models.DateTimeField())
    answered_at = shared(models.DateTimeField(null=True, blank=True))
    alarmed = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    alarmed_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        indexes = [models.Index(fields=["answered_at", "answer_by"], name="hello_wait_due")]
        constraints = [
            models.CheckConstraint(condition=Q(answer_by__gt=F("said_at")), name="hello_wait_ends_later")
        ]


class FullHouse(Model):
    """Somebody said hello and nobody had room: the place must answer for it, until a barrier takes it up."""

    wait = shared(models.OneToOneField(HelloWait, on_delete=models.CASCADE, related_name="full_house"))
    day = shared(models.DateField())
    words = shared(models.TextField(blank=True, help_text="what the place did about it"))
    answered_by = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    answered_at = shared(models.DateTimeField(null=True, blank=True))
