"""Moments: who, and words; nothing else is asked. What comes after one stands beside it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person
from alongside.story.models import Audience
from alongside.walks.models.walk import Walk


class Moment(Model):
    """What happened, as it was said, on one person's page.

    `by` is whoever's moment it is (the person, or somebody with them), `written_down_by` whose hand it was.
    `client_id` is the phone's own name for it, so that a moment that was sent twice is there once.
    """

    class Kind(models.TextChoices):
        MET = "met", _("met")
        TOGETHER = "together", _("did something together")
        REACHED_OUT = "reached_out", _("reached out")
        EVENT = "event", _("something happened")
        SAID = "said", _("said something")
        SETBACK = "setback", _("a setback, as in every life")
        INTRODUCTION = "introduction", _("an introduction")
        GATHERING = "gathering", _("people in a room")
        TURNED_AWAY = "turned_away", _("turned away somewhere")
        STATUTORY = "statutory", _("something the law made us do")
        SAY_SO = "say_so", _("a say-so")
        SIGNAL = "signal", _("how it began")
        HANDOVER = "handover", _("handed over, together")
        RESTING = "resting", _("resting")

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moments"))
    walk = shared(models.ForeignKey(Walk, null=True, on_delete=models.PROTECT, related_name="moments"))
    kind = shared(models.CharField(max_length=20, choices=Kind.choices, default=Kind.MET))
    words = private(models.TextField())
    language = shared(models.CharField(max_length=12, default="en", help_text="a BCP 47 tag"))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    by_words = private(models.CharField(max_length=200, blank=True, help_text="who it was, where not here"))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    audience = shared(models.CharField(max_length=20, choices=Audience.choices, default=Audience.WALKERS))
    at = shared(models.DateTimeField())
    kept_at = shared(models.DateTimeField())
    minutes_together = shared(models.PositiveSmallIntegerField(null=True, blank=True))
    client_id = shared(models.UUIDField(null=True, blank=True))

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="moment_person_at"),
            models.Index(fields=["by", "-at"], name="moment_by_at"),
            models.Index(fields=["walk", "-at"], name="moment_walk_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="moment_has_words"),
            models.UniqueConstraint(fields=["written_down_by", "client_id"], name="moment_arrives_once"),


        ]  # fmt: skip


class MomentWith(Model):
    """Somebody else of the same walk who was there, and so reads it too."""

    moment = shared(models.ForeignKey(Moment, on_delete=models.PROTECT, related_name="with_them"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moments_with"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["person", "-at", "-moment"], name="moment_with_person")]
        constraints = [models.UniqueConstraint(fields=["moment", "person"], name="moment_with_once")]


class MomentAfter(Model):
    """Words beside a moment: an answer, or the same said again. The first words stay (I16).

    `follows` is how many of these the writer had in front of them: two who write at once are both kept.
    """

    class Kind(models.TextChoices):
        ANSWER = "answer", _("an answer")
        SAID_AGAIN = "said_again", _("said again, in other words")

    moment = shared(models.ForeignKey(Moment, on_delete=models.PROTECT, related_name="after"))
    kind = shared(models.CharField(max_length=12, choices=Kind.choices))
    number = shared(models.PositiveSmallIntegerField())
    follows = shared(models.PositiveSmallIntegerField(default=0))
    words = private(models.TextField())
    language = shared(models.CharField(max_length=12, default="en"))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="moment_after_has_words"),
            models.CheckConstraint(
                condition=Q(follows__lt=F("number")), name="moment_after_follows_an_earlier_one"
            ),
            models.UniqueConstraint(fields=["moment", "number"], name="moment_after_number_once"),
        ]


class TimeWriting(Model):
    """How long writing a moment took. The worker's own, shown to nobody else and never added up by anybody."""

    moment = private(models.OneToOneField(Moment, on_delete=models.PROTECT, related_name="time_writing"))
    worker = private(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    seconds = private(models.PositiveIntegerField())
    at = private(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["worker", "-at"], name="time_writing_worker")]


class Draft(Model):
    """Words not said yet. They belong to one author and one person's page, and are nobody else's to see.

    `client_id` is the page they are being written on: two pages open at once are two drafts, and neither
    writes over the other. `about` is the moment an answer is for.
    """

    class What(models.TextChoices):
        MOMENT = "moment", _("a moment")
        ANSWER = "answer", _("an answer")

    author = private(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    person = private(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+"))
    what = private(models.CharField(max_length=10, choices=What.choices, default=What.MOMENT))
    about = private(models.ForeignKey(Moment, null=True, on_delete=models.CASCADE, related_name="+"))
    client_id = private(models.UUIDField())
    words = private(models.TextField(blank=True))
    at = private(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "person", "client_id"], name="draft_once_a_page"),
            models.CheckConstraint(
                condition=Q(what="answer", about__isnull=False) | Q(what="moment", about__isnull=True),
                name="draft_of_an_answer_is_about_a_moment",
            ),
        ]
