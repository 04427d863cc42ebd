"""A message and how it is getting on: two tables, so that who mends what is stuck never reads the words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Channel, Person


class Message(Model):
    """Words from one human to somebody. `sender` is never empty: nothing is sent here by nobody (F7).

    `reference` is what makes it one message however often it is asked for, also at whoever carries it.
    `to_person` is empty for somebody at the door who left only an address. `about_type` and `about_id` name
    what it is about, `link` the page of the house where it goes on (a path). `only_ring`: others may pick up,
    so nothing goes out but a wish to be rung. `asked` is a way that was wished for this one message alone; where it
    is empty, the message goes as the person wants to be reached when it goes.
    """

    reference = shared(models.CharField(max_length=120, unique=True))
    sender = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="messages_sent"))
    to_person = shared(
        models.ForeignKey(
            Person, null=True, blank=True, on_delete=models.PROTECT, related_name="messages_received"
        )
    )
    address = private(models.CharField(max_length=320, blank=True))
    channel = shared(models.CharField(max_length=20, choices=Channel.choices))
    asked = shared(models.CharField(max_length=20, choices=Channel.choices, blank=True))
    subject = private(models.CharField(max_length=200, blank=True))
    words = private(models.TextField(blank=True))
    link = shared(models.CharField(max_length=300, blank=True))
    language = shared(models.CharField(max_length=60, blank=True))
    only_ring = shared(models.BooleanField(default=False))
    about_type = shared(models.CharField(max_length=80, blank=True))
    about_id = shared(models.UUIDField(null=True, blank=True))
    not_before = shared(models.DateTimeField(null=True, blank=True))
    not_after = shared(models.DateTimeField(null=True, blank=True))
    written_at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["to_person", "-written_at"], name="message_to_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="message_has_a_reference"),
            models.CheckConstraint(
                condition=Q(to_person__isnull=False) | ~Q(address=""), name="message_is_to_somebody"
            ),
        ]


class Delivery(Model):
    """How one message is getting on. It holds no word of the message, and not whom it is to.

    `trouble` is a sentence of ours; `their_reference` the number of whoever carries it; `sending_since` when
    it was last handed over, so that a handing over which was cut short is found again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to go")
        SENDING = "sending", _("going out")
        SENT = "sent", _("sent")
        NOT_KNOWN = "not_known", _("not known whether it went")
        FAILED = "failed", _("could not be sent")
        KEPT_BACK = "kept_back", _("kept back")
        FOR_A_HUMAN = "for_a_human", _("for a human to do")
        LET_GO = "let_go", _("let go")

    STUCK = (State.FAILED, State.NOT_KNOWN, State.KEPT_BACK)

    message = shared(models.OneToOneField(Message, on_delete=models.CASCADE, related_name="delivery"))
    sender = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    channel = shared(models.CharField(max_length=20, choices=Channel.choices))
    about_type = shared(models.CharField(max_length=80, blank=True))
    state = shared(models.CharField(max_length=20, choices=State.choices, default=State.WAITING))
    tries = shared(models.PositiveSmallIntegerField(default=0))
    next_try = shared(models.DateTimeField(null=True, blank=True))
    sending_since = shared(models.DateTimeField(null=True, blank=True))
    sent_at = shared(models.DateTimeField(null=True, blank=True))
    arrived_at = shared(models.DateTimeField(null=True, blank=True))
    their_reference = shared(models.CharField(max_length=120, blank=True))
    trouble = shared(models.CharField(max_length=300, blank=True))
    let_go_words = private(models.CharField(max_length=300, blank=True))
    done_by = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    written_at = shared(models.DateTimeField())

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [models.Index(fields=["state", "next_try"], name="delivery_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="delivery_sent_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "not_known", "kept_back"]) | ~Q(trouble=""),
                name="delivery_in_trouble_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="let_go") | ~Q(let_go_words=""), name="delivery_let_go_has_words"
            ),
        ]
