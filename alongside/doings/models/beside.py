"""Beside the plan: quick things, promises, and the calendar feed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.doings.models.plan import Together, about_one, owned
from alongside.kernel.models import Model, private, shared
from alongside.people.models import Organisation, Person
from alongside.story.models import Audience


class QuickThing(Model):
    """Something done in days, beside the plan: a phone call, a bus pass, a light bulb."""

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="quick_things"))
    words = private(models.TextField())
    owner = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    owner_words = private(models.CharField(max_length=200, blank=True))
    done_at = shared(models.DateTimeField(null=True, blank=True))
    let_go_at = shared(models.DateTimeField(null=True, blank=True))
    settled_words = private(models.TextField(blank=True))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="quick_thing_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="quick_thing_has_words"),
            models.CheckConstraint(condition=owned(), name="quick_thing_has_an_owner"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(let_go_at__isnull=True),
                name="quick_thing_is_done_or_let_go",
            ),
        ]


class Promise(Model):
    """Something somebody will do by a day, with an owner, whoever that is: workers and organisations too."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        LATE = "late", _("late")
        LET_GO = "let_go", _("let go")

    person = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="promises"))
    together = shared(
        models.ForeignKey(Together, null=True, on_delete=models.PROTECT, related_name="promises")
    )
    words = private(models.TextField())
    day = shared(models.DateField())
    at_time = shared(models.TimeField(null=True, blank=True))
    where_words = private(models.CharField(max_length=200, blank=True))
    coming = shared(models.BooleanField(default=False, help_text="somebody is coming to see them"))
    owner = shared(
        models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="promises_owned")
    )
    organisation = shared(
        models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    )
    answering = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    owner_words = private(models.CharField(max_length=200, blank=True))
    state = shared(models.CharField(max_length=10, choices=State.choices, default=State.OPEN))
    told_words = private(models.TextField(blank=True))
    told_at = shared(models.DateTimeField(null=True, blank=True))
    reminded_at = shared(models.DateTimeField(null=True, blank=True))
    audience = shared(models.CharField(max_length=20, choices=Audience.choices, default=Audience.WALKERS))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [
            models.Index(fields=["person", "day"], name="promise_person"),
            models.Index(fields=["together", "day"], name="promise_together"),
            models.Index(fields=["owner", "day"], name="promise_owner"),
            models.Index(fields=["day"], condition=Q(state="open"), name="promise_open"),
        ]
        constraints = [
            models.CheckConstraint(condition=about_one(), name="promise_is_about_a_person_or_a_together"),
            models.CheckConstraint(condition=~Q(words=""), name="promise_has_words"),
            models.CheckConstraint(
                condition=owned() | Q(organisation__isnull=False), name="promise_has_an_owner"
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(answering__isnull=False),
                name="promise_of_an_organisation_names_a_human",
            ),
            models.CheckConstraint(
                condition=Q(state="open", told_at__isnull=True, told_words="")
                | (~Q(state="open") & Q(told_at__isnull=False) & ~Q(told_words="")),
                name="promise_is_settled_in_words",
            ),
        ]


class PromiseStep(Model):
    """What was said of a promise: kept, late, let go. Never changed."""

    promise = shared(models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="steps"))
    state = shared(models.CharField(max_length=10, choices=Promise.State.choices))
    words = private(models.TextField())
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["promise", "at"], name="promise_step_promise")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="promise_step_has_words")]


class CalendarFeed(Model):
    """A secret address at which a person's own days can be read by their calendar, until they end it.

    `plain`: titles without words, because of whoever looks over the shoulder.
    """

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds"))
    digest = private(models.CharField(max_length=64, unique=True))
    plain = shared(models.BooleanField(default=True))
    made_at = shared(models.DateTimeField())
    ended_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="calendar_feed_once"
            )
        ]
