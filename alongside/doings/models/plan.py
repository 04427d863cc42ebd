"""A plan in four lanes, for a person, a family or a street. ADR 10 says why it is so."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.models import Consent, Duty
from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person
from alongside.story.models import Audience


def about_one() -> Q:
    """It is about a person or a together: one of the two."""
    return Q(person__isnull=False, together__isnull=True) | Q(person__isnull=True, together__isnull=False)


def owned() -> Q:
    """Somebody answers for it: a person here, or whoever the words name."""
    return Q(owner__isnull=False) | ~Q(owner_words="")


class Together(Model):
    """A family or a street that holds a plan. Each who belongs keeps their own page to themself."""

    class Kind(models.TextChoices):
        FAMILY = "family", _("a family")
        STREET = "street", _("a street")

    kind = shared(models.CharField(max_length=10, choices=Kind.choices, default=Kind.FAMILY))
    name = private(models.CharField(max_length=200))
    words = private(models.TextField(blank=True))
    begun_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    begun_at = shared(models.DateTimeField())

    class Meta:
        verbose_name_plural = "togethers"
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="together_has_a_name")]


class Belongs(Model):
    """Somebody asked into a together; from their own yes on they write and read what it plans.

    `helps`: a worker they asked in, who writes and reads and decides nothing.
    """

    together = shared(models.ForeignKey(Together, on_delete=models.PROTECT, related_name="members"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="belongs"))
    helps = shared(models.BooleanField(default=False))
    asked_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    asked_at = shared(models.DateTimeField())
    from_at = shared(models.DateTimeField(null=True, blank=True))
    to_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        verbose_name_plural = "belongs"
        indexes = [models.Index(fields=["person", "to_at"], name="belongs_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["together", "person"], condition=Q(to_at__isnull=True), name="belongs_once"
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(from_at__isnull=True) | Q(to_at__gte=F("from_at")),
                name="belongs_ends_after_it_began",
            ),
        ]


class Lane(models.TextChoices):
    """Who does it: in the order they are shown, the widest first."""

    BY = "by", _("by me")
    BY_WITH_HELP = "by_with_help", _("by me, with help")
    FOR = "for", _("for me")
    TO = "to", _("to me")


class Doing(Model):
    """One thing in one lane. Its words stay as said; new words and what became of it stand in its steps."""

    class State(models.TextChoices):
        WISHED = "wished", _("wished for")
        DOING = "doing", _("being done")
        DONE = "done", _("done")
        LET_GO = "let_go", _("let go")
        PROPOSED = "proposed", _("written down, and not told yet")
        CONSENTED = "consented", _("with their yes")
        DUTY_TOLD = "duty_told", _("told, because the law says so")
        ENDED = "ended", _("ended")

    OPEN = (State.WISHED, State.DOING, State.PROPOSED, State.CONSENTED, State.DUTY_TOLD)
    OVER = (State.DONE, State.LET_GO, State.ENDED)

    person = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="doings"))
    together = shared(models.ForeignKey(Together, null=True, on_delete=models.PROTECT, related_name="doings"))
    lane = shared(models.CharField(max_length=20, choices=Lane.choices))
    words = private(models.TextField())
    language = shared(models.CharField(max_length=12, default="en", help_text="a BCP 47 tag"))
    owner = shared(
        models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="owned_doings")
    )
    owner_words = private(models.CharField(max_length=200, blank=True))
    helper = shared(
        models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="helped_doings")
    )
    helper_words = private(models.CharField(max_length=200, blank=True))
    decided_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    decided_at = shared(models.DateTimeField(null=True, blank=True))
    decision_words = private(models.TextField(blank=True))
    consent = shared(models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="doings"))
    duty = shared(models.ForeignKey(Duty, null=True, on_delete=models.PROTECT, related_name="doings"))
    state = shared(models.CharField(max_length=20, choices=State.choices))
    audience = shared(models.CharField(max_length=20, choices=Audience.choices, default=Audience.WALKERS))
    began_at = shared(models.DateTimeField())
    over_at = shared(models.DateTimeField(null=True, blank=True))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    from_where = private(models.CharField(max_length=200, blank=True, help_text="e.g. family conference"))

    class Meta:
        indexes = [
            models.Index(fields=["person", "began_at"], name="doing_person"),
            models.Index(fields=["together", "began_at"], name="doing_together"),
        ]
        constraints = [
            models.CheckConstraint(condition=about_one(), name="doing_is_about_a_person_or_a_together"),
            models.CheckConstraint(condition=~Q(words=""), name="doing_has_words"),
            models.CheckConstraint(condition=owned(), name="doing_has_an_owner"),
            models.CheckConstraint(
                condition=~Q(lane="by_with_help") | Q(helper__isnull=False) | ~Q(helper_words=""),
                name="with_help_names_the_helper",
            ),
            models.CheckConstraint(
                condition=~Q(lane="by") | Q(helper__isnull=True, helper_words=""), name="by_needs_nobody"
            ),
            models.CheckConstraint(
                condition=Q(lane="for", decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(lane="for") & Q(decided_by__isnull=True, decided_at__isnull=True, decision_words="")),
                name="for_has_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(person__isnull=True) | Q(decided_by=F("person")),
                name="for_is_decided_by_the_person_themself",
            ),
            models.CheckConstraint(
                condition=Q(lane="to", consent__isnull=False, duty__isnull=True)
                | Q(lane="to", consent__isnull=True, duty__isnull=False)
                | (~Q(lane="to") & Q(consent__isnull=True, duty__isnull=True)),
                name="to_rests_on_one_consent_or_one_duty",
            ),
            models.CheckConstraint(
                condition=Q(lane="to", state__in=["consented", "ended"], consent__isnull=False)
                | Q(lane="to", state__in=["proposed", "duty_told", "ended"], duty__isnull=False)
                | (~Q(lane="to") & Q(state__in=["wished", "doing", "done", "let_go"])),
                name="doing_is_in_a_state_of_its_lane",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "let_go", "ended"], over_at__isnull=False)
                | (~Q(state__in=["done", "let_go", "ended"]) & Q(over_at__isnull=True)),
                name="doing_says_when_it_was_over",
            ),
        ]


class DoingStep(Model):
    """What became of a doing, in words. Never changed: two who write at once are both kept (I16)."""

    class What(models.TextChoices):
        WISHED = "wished", _("wished for")
        BEGUN = "begun", _("begun")
        REWORDED = "reworded", _("said another way")
        MOVED_LANE = "moved_lane", _("moved")
        DONE = "done", _("done")
        NOT_DONE = "not_done", _("not done yet")
        LET_GO = "let_go", _("let go")
        AGREED = "agreed", _("said yes to")
        TOLD = "told", _("told")
        TAKEN_BACK = "taken_back", _("yes taken back")
        ENDED = "ended", _("ended")

    doing = shared(models.ForeignKey(Doing, on_delete=models.PROTECT, related_name="steps"))
    number = shared(models.PositiveIntegerField())
    follows = shared(
        models.PositiveIntegerField(default=0, help_text="the step its writer had in front of them")
    )
    what = shared(models.CharField(max_length=20, choices=What.choices))
    lane = shared(models.CharField(max_length=20, choices=Lane.choices, help_text="the lane from here on"))
    words = private(models.TextField(blank=True))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["doing", "number"], name="doing_step_number_once"),
            models.CheckConstraint(
                condition=Q(follows__lt=F("number")), name="doing_step_follows_an_earlier_one"
            ),
            models.CheckConstraint(
                condition=~Q(what="reworded") | ~Q(words=""), name="doing_is_reworded_in_words"
            ),
        ]
