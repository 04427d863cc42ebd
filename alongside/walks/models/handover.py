"""Handing over together, repair after a duty was used, and a challenge agreed in words."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.models import Duty
from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person
from alongside.walks.models.moments import Moment
from alongside.walks.models.walk import Walk


class Handover(Model):
    """A walk goes from one walker to another: meetings of three, and the person's own choice (I7)."""

    class State(models.TextChoices):
        TALKING = "talking", _("being talked through")
        DONE = "done", _("done")
        LET_GO = "let_go", _("let go")

    walk = shared(models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="handovers"))
    from_walker = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    to_walker = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    new_cover = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    why = private(models.TextField(blank=True))
    state = shared(models.CharField(max_length=10, choices=State.choices, default=State.TALKING))
    chosen_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    choice_words = private(models.TextField(blank=True))
    moment = shared(models.OneToOneField(Moment, null=True, on_delete=models.PROTECT, related_name="+"))
    began_at = shared(models.DateTimeField())
    state_at = shared(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["walk"], condition=Q(state="talking"), name="walk_has_one_handover_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(chosen_by__isnull=False, new_cover__isnull=False, moment__isnull=False),
                name="handover_is_chosen_by_the_person_and_is_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(from_walker=F("to_walker"))
                & (Q(new_cover__isnull=True) | ~Q(new_cover=F("to_walker"))),
                name="handover_is_to_another",
            ),
        ]


class HandoverMeeting(Model):
    """One meeting of three: the person, whoever walks with them, and whoever may."""

    handover = shared(models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="meetings"))
    day = shared(models.DateField())
    words = private(models.TextField(blank=True))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())


class Repair(Model):
    """After the law made somebody do something: would you like to talk it over? The answer is theirs."""

    class Answer(models.TextChoices):
        NOT_YET = "", _("not answered yet")
        YES = "yes", _("yes, let us talk")
        LATER = "later", _("not now")
        NO = "no", _("no")

    duty = shared(models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="repair"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="repairs"))
    offered_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(models.TextField())
    offered_at = shared(models.DateTimeField())
    answer = private(models.CharField(max_length=10, choices=Answer.choices, blank=True))
    answer_words = private(models.TextField(blank=True))
    answered_at = shared(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="repair_has_words"),
        ]


class Challenge(Model):
    """What the two agreed may be said straight, in their words; the person can take it back."""

    walk = shared(models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="challenges"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(models.TextField())
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())
    over_at = shared(models.DateTimeField(null=True))

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="challenge_has_words")]
