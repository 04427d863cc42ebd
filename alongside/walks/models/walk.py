"""A walk: its people, who walks and who covers, and every step of it in words. There is no `closed`."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person
from alongside.story.models import Tie


class Period(Func):
    """The time from `from_at` until just before `to_at`, as the database keeps it."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


PERIOD = Period("from_at", "to_at", Value("[)"))


class Walk(Model):
    """Somebody walks alongside somebody. It belongs to its people (I32) and never closes (F12).

    It begins without a plan. `usual_days` is how often the two said they would meet, where they said
    anything; `about` and `about_id` name what it began with (a hello), as the audit does.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        WALKING = "walking", _("walking alongside")
        RESTING = "resting", _("resting")
        DECLINED = "declined", _("said no, for now")
        MOVED = "moved", _("moved away")
        DIED = "died", _("died")

    state = shared(models.CharField(max_length=10, choices=State.choices, default=State.OFFERED))
    state_at = shared(models.DateTimeField())
    began_at = shared(models.DateTimeField())
    usual_words = private(models.CharField(max_length=200, blank=True))
    usual_days = shared(models.PositiveSmallIntegerField(null=True, blank=True))
    about = shared(models.CharField(max_length=80, blank=True))
    about_id = shared(models.UUIDField(null=True, blank=True))

    def may_become(self, state: str) -> bool:
        """Whether a walk that is what this one is can become that: the steps there are, `closed` among none."""
        return state in GOES_ON[self.state]


State = Walk.State
# What may follow what. Whoever said no, rests, moved away, or was thought dead, is walked with again in one step;
# "offered" again is a coming back to which nobody, or one alone, is there yet. The database holds it too.
GOES_ON: dict[str, frozenset[str]] = {
    State.OFFERED: frozenset({State.WALKING, State.DECLINED, State.MOVED, State.DIED}),
    State.DECLINED: frozenset({State.OFFERED, State.WALKING}),
    State.WALKING: frozenset({State.RESTING, State.MOVED, State.DIED}),
    State.RESTING: frozenset({State.WALKING, State.OFFERED, State.MOVED, State.DIED}),
    State.MOVED: frozenset({State.WALKING, State.OFFERED, State.DIED}),
    State.DIED: frozenset({State.WALKING, State.OFFERED}),
}


class WalkPerson(Model):
    """Whose walk it is: one person, or several who chose to be walked with together."""

    walk = shared(models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="people"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="walks"))
    from_at = shared(models.DateTimeField())
    to_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        verbose_name_plural = "walk people"
        indexes = [models.Index(fields=["person", "to_at"], name="walk_person_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["walk", "person"], condition=Q(to_at__isnull=True), name="walk_has_a_person_once"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")),
                name="walk_person_leaves_after_they_came",
            ),
        ]


class Company(Model):
    """Who keeps a walk: its walker, or its cover, from when until when. One of each at a time (I6)."""

    class Part(models.TextChoices):
        WALKER = "walker", _("walks alongside")
        COVER = "cover", _("is there when the walker is not")

    walk = shared(models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="company"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keeps"))
    part = shared(models.CharField(max_length=10, choices=Part.choices))
    from_at = shared(models.DateTimeField())
    to_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        verbose_name_plural = "company"
        indexes = [
            models.Index(fields=["person", "to_at"], name="company_person"),
            models.Index(fields=["walk", "part", "to_at"], name="company_walk"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")),
                name="company_ends_after_it_began",
            ),
            ExclusionConstraint(
                # Asked at the end of the operation: the new one comes before the old one goes.
                deferrable=models.Deferrable.DEFERRED,
                name="walk_has_one_walker_and_one_cover",
                expressions=[
                    ("walk", RangeOperators.EQUAL),
                    ("part", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                deferrable=models.Deferrable.DEFERRED,
                name="cover_is_another_than_the_walker",
                expressions=[
                    ("walk", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
            ),
        ]


class WalkStep(Model):
    """One step of a walk, in words, by a human. Never changed; none is ever taken by the house itself."""

    class Step(models.TextChoices):
        OFFERED = "offered", _("offered")
        BEGAN = "began", _("began")
        DECLINED = "declined", _("said no, for now")
        RESTED = "rested", _("resting")
        CAME_BACK = "came_back", _("came back")
        MOVED = "moved", _("moved away")
        DIED = "died", _("died")
        JOINED = "joined", _("somebody joined")
        LEFT = "left", _("somebody left")
        HANDED_OVER = "handed_over", _("handed over")
        COVER_CHANGED = "cover_changed", _("somebody else covers")
        USUAL = "usual", _("how often we meet")

    walk = shared(models.ForeignKey(Walk, on_delete=models.PROTECT, related_name="steps"))
    step = shared(models.CharField(max_length=20, choices=Step.choices))
    words = private(models.TextField(blank=True))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    said_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["walk", "-at"], name="walk_step_walk")]


class CarriesOn(Model):
    """A tie that carries on while a walk rests: named by the person, so that resting is not being left."""

    step = shared(models.ForeignKey(WalkStep, on_delete=models.PROTECT, related_name="carries_on"))
    tie = shared(models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="+"))

    class Meta:
        verbose_name_plural = "carry on"
        constraints = [models.UniqueConstraint(fields=["step", "tie"], name="tie_carries_on_once")]
