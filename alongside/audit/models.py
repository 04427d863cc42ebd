"""What was changed and who looked: keys, field names and salted digests, never words."""

import datetime as dt
import secrets

from django.db import models

from alongside.kernel.models import Model, open_, shared

# Whose pages somebody opened is asked for so many days at once, and no more.
LONGEST = dt.timedelta(days=93)


def new_salt() -> bytes:
    """Thirty-two random bytes."""
    return secrets.token_bytes(32)


class Salt(Model):
    """The salt of one person's digests. Destroying it makes their digests mean nothing (erasure)."""

    person_id = shared(models.UUIDField(unique=True))
    salt = shared(models.BinaryField(default=new_salt))


class Event(Model):
    """One operation that was carried out.

    `did` is the operation's name ("story.say"); `by_id` the person who did it, `work` the named work
    when the house itself did; `thing` the type and `thing_id` the key of what it was done to; `fields`
    maps field names to digests salted for `person_id`, the one it is about.
    """

    at = shared(models.DateTimeField(db_index=True))
    did = shared(models.CharField(max_length=80))
    by_id = shared(models.UUIDField(null=True, db_index=True))
    work = shared(models.CharField(max_length=80, blank=True))
    person_id = shared(models.UUIDField(null=True, db_index=True))
    thing = shared(models.CharField(max_length=80))
    thing_id = shared(models.UUIDField(null=True))
    fields = shared(models.JSONField(default=dict))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(by_id__isnull=False) | ~models.Q(work=""),
                name="event_done_by_somebody",
            )
        ]


class Look(Model):
    """Somebody read a person's page: who, what, why and on which basis (I17).

    `page` is the name of the page; `parts` the keys of the parts that were shown; `basis_id` what it
    rested on; `why` a short reason as written in that basis, so it is the person's to read.
    """

    at = shared(models.DateTimeField())
    person_id = shared(models.UUIDField())
    by_id = shared(models.UUIDField())
    page = shared(models.CharField(max_length=80))
    why = shared(models.CharField(max_length=300))
    basis_id = shared(models.UUIDField(null=True))
    parts = shared(models.JSONField(default=list))

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="look_person_at"),
            models.Index(fields=["by_id", "-at"], name="look_by_at"),
            # By day, for its seal.
            models.Index(fields=["at"], name="look_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(why=""), name="look_has_a_why"),
            models.CheckConstraint(
                condition=~models.Q(person_id=models.F("by_id")), name="look_is_by_another"
            ),
        ]


class Seal(Model):
    """A day (of UTC) that is over: what there was, in which order, chained to the seal of the day before.

    `entries` are 57 bytes for each row (`chain.Entry`), `entries_digest` their SHA-256, `before` the link of the
    seal of the day before ("" for the first), `link` the SHA-256 over all of these (`chain.link`).
    """

    day = open_(models.DateField(unique=True))
    events = shared(models.PositiveIntegerField())
    looks = shared(models.PositiveIntegerField())
    entries = shared(models.BinaryField())
    entries_digest = open_(models.CharField(max_length=64))
    before = open_(models.CharField(max_length=64, blank=True))
    sealed_at = open_(models.DateTimeField())
    link = open_(models.CharField(max_length=64))


class Carried(Model):
    """How far the days are sealed, and taken off the machine one way or another, and what stopped it."""

    class Way(models.TextChoices):
        """Sealed here; then to a folder that lies elsewhere, and by e-mail to stewards."""

        HERE = "here", "sealed here"
        FOLDER = "folder", "folder"
        MAIL = "mail", "mail"

    way = shared(models.CharField(max_length=10, choices=Way.choices, unique=True))
    through = shared(models.DateField(null=True))
    tried_at = shared(models.DateTimeField())
    trouble = shared(models.CharField(max_length=500, blank=True))


class Question(Model):
    """Somebody asked whose pages a person opened, from a moment to before another.

    Who asks whom, why and when is the look that it is: at the one asked about, by the one who asks.
    """

    look = shared(models.OneToOneField(Look, on_delete=models.PROTECT, related_name="question"))
    from_at = shared(models.DateTimeField())
    to_at = shared(models.DateTimeField())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at"))
                & models.Q(to_at__lte=models.F("from_at") + models.Value(LONGEST)),
                name="question_of_three_months",
            ),
        ]
