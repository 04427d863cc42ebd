"""Say-so and legal reason, kept apart; and Basis, the one thing that opens somebody's page to another."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.consent.emergencies.models import A_DAY
from alongside.consent.emergencies.models import Opening as Opening
from alongside.consent.emergencies.models import OpeningWords as OpeningWords
from alongside.kernel.models import Model, open_, private, shared
from alongside.people.models import Person


class LegalReason(Model):
    """A reason in law for which a page may be opened without a say-so: basis, statute, and plain words."""

    class Lawful(models.TextChoices):
        PUBLIC_TASK = "public_task", _("public task")
        LEGAL_OBLIGATION = "legal_obligation", _("legal obligation")
        VITAL_INTERESTS = "vital_interests", _("vital interests")
        PARENTAL = "parental_responsibility", _("parental responsibility")

    code = open_(models.SlugField(unique=True))
    basis = open_(models.CharField(max_length=40, choices=Lawful.choices))
    statute = open_(models.CharField(max_length=200))
    plain_words = open_(models.TextField())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(statute="") & ~Q(plain_words=""),
                name="legal_reason_names_statute_and_plain_words",
            )
        ]

    def __str__(self) -> str:
        return self.statute


class SaySo(Model):
    """What a person lets somebody read, for what, until when; or their no, which is respected.

    `whole` means "my story, because you walk with me"; otherwise only `parts` (keys of story parts and
    ties) are opened. The person themself gives it: a parent, partner or worker cannot (I19).
    """

    class State(models.TextChoices):
        GIVEN = "given", _("given")
        REFUSED = "refused", _("said no")
        WITHDRAWN = "withdrawn", _("taken back")
        ENDED = "ended", _("ended")

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="say_sos"))
    given_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    written_down_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    given_to = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="say_sos_received"))
    what = private(models.CharField(max_length=300))
    for_what = private(models.CharField(max_length=300))
    whole = shared(models.BooleanField(default=False))
    parts = shared(ArrayField(models.UUIDField(), default=list, blank=True))
    until_words = private(models.CharField(max_length=200, blank=True))
    until = shared(models.DateTimeField(null=True, blank=True))
    state = shared(models.CharField(max_length=20, choices=State.choices))
    state_at = shared(models.DateTimeField())
    words = private(models.TextField(blank=True))
    seen_at = shared(
        models.DateTimeField(null=True, help_text="when the person said that what another wrote down is so")
    )
    told_at = shared(
        models.DateTimeField(null=True, help_text="when those it was shared with were told it ended")
    )

    class Meta:
        indexes = [models.Index(fields=["person", "state"], name="say_so_person_state")]
        constraints = [
            models.CheckConstraint(condition=Q(given_by=F("person")), name="say_so_is_the_persons_own"),
            models.CheckConstraint(condition=~Q(given_to=F("person")), name="say_so_is_to_another"),
            models.CheckConstraint(
                condition=~Q(whole=True, parts__len__gt=0), name="say_so_is_whole_or_named_parts"
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True) | Q(written_down_by__isnull=False),
                name="say_so_seen_is_what_another_wrote_down",
            ),
        ]


class SaySoStep(Model):
    """One step of a say-so, in the person's words: given, refused, renewed, withdrawn, ended. Never changed."""

    class Step(models.TextChoices):
        GIVEN = "given", _("given")
        REFUSED = "refused", _("said no")
        RENEWED = "renewed", _("given again")
        WITHDRAWN = "withdrawn", _("taken back")
        ENDED = "ended", _("ended")

    say_so = shared(models.ForeignKey(SaySo, on_delete=models.CASCADE, related_name="steps"))
    step = shared(models.CharField(max_length=20, choices=Step.choices))
    words = private(models.TextField(blank=True))
    at = shared(models.DateTimeField())
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))


class Basis(Model):
    """Why one person may read another's page: these parts, for this reason, from then until then.

    Written only through `consent.operations`. Policies and row-level security read this and nothing
    else, so that a lower room need not know what a walk or an ask is.
    """

    class Kind(models.TextChoices):
        SAY_SO = "say_so", _("your say-so")
        DUTY = "duty", _("a duty in law")
        PARENT = "parent", _("parental responsibility")
        EMERGENCY = "emergency", _("an emergency")

    actor = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bases_held"))
    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bases"))
    kind = shared(models.CharField(max_length=20, choices=Kind.choices))
    whole = shared(models.BooleanField(default=False))
    parts = shared(ArrayField(models.UUIDField(), default=list, blank=True))
    why = private(models.CharField(max_length=300))
    say_so = shared(models.ForeignKey(SaySo, null=True, on_delete=models.PROTECT, related_name="bases"))
    legal_reason = shared(
        models.ForeignKey(LegalReason, null=True, on_delete=models.PROTECT, related_name="bases")
    )
    opening = shared(models.ForeignKey(Opening, null=True, on_delete=models.PROTECT, related_name="bases"))
    from_at = shared(models.DateTimeField())
    to_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        verbose_name_plural = "bases"
        indexes = [
            models.Index(fields=["actor", "to_at"], name="basis_actor"),
            models.Index(fields=["person", "to_at"], name="basis_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(actor=F("person")), name="basis_is_of_another"),
            models.CheckConstraint(condition=~Q(why=""), name="basis_has_a_why"),
            models.CheckConstraint(
                condition=Q(
                    kind="say_so", say_so__isnull=False, legal_reason__isnull=True, opening__isnull=True
                )
                | Q(kind="emergency", opening__isnull=False, say_so__isnull=True, legal_reason__isnull=True)
                | (
                    ~Q(kind__in=["say_so", "emergency"])
                    & Q(say_so__isnull=True, legal_reason__isnull=False, opening__isnull=True)
                ),
                name="basis_is_say_so_or_legal_reason_never_both",
            ),
            # To read, by name, and for a day: an emergency lends nobody the hand of one who walks with somebody.
            models.CheckConstraint(
                condition=~Q(kind="emergency")
                | Q(whole=False, to_at__isnull=False, to_at__lte=F("from_at") + A_DAY),
                name="basis_of_an_emergency_is_parts_for_a_day",
            ),
            models.CheckConstraint(
                condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at")), name="basis_ends_after_it_began"
            ),
        ]


class Closeness(Model):
    """Kin, neighbour or friend: such a one may open the page only when the person invited them (I18)."""

    person = private(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="close_ones"))
    other = private(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(models.CharField(max_length=200))
    said_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    said_at = shared(models.DateTimeField())
    over_at = shared(models.DateTimeField(null=True))

    class Meta:
        verbose_name_plural = "closenesses"
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="closeness_is_to_another"),
            models.UniqueConstraint(
                fields=["person", "other", "said_by"],
                condition=Q(over_at__isnull=True),
                name="closeness_said_once",
            ),
        ]


class Consent(Model):
    """A yes to something that is done to a person: theirs, free, informed, before it begins, to be taken back (I1)."""

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents"))
    to_what = private(models.TextField())
    given_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    free = shared(models.BooleanField(default=True))
    revocable = shared(models.BooleanField(default=True))
    informed_how = private(models.TextField(help_text="how they came to know what they say yes to"))
    given_at = shared(models.DateTimeField())
    begins_at = shared(models.DateTimeField())
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(models.TextField(blank=True))
    withdrawn_at = shared(models.DateTimeField(null=True, blank=True))
    withdrawn_words = private(models.TextField(blank=True))

    class Meta:
        indexes = [models.Index(fields=["person", "given_at"], name="consent_person")]
        constraints = [
            models.CheckConstraint(condition=Q(given_by=F("person")), name="consent_is_the_persons_own"),
            models.CheckConstraint(condition=Q(free=True), name="consent_is_free"),
            models.CheckConstraint(condition=Q(revocable=True), name="consent_can_be_taken_back"),
            models.CheckConstraint(condition=~Q(to_what=""), name="consent_is_to_something"),
            models.CheckConstraint(condition=~Q(informed_how=""), name="consent_is_informed"),
            models.CheckConstraint(condition=Q(given_at__lte=F("begins_at")), name="consent_is_prior"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_is_taken_back_after_it_was_given",
            ),
        ]


class Duty(Model):
    """What the law makes somebody do to a person, with everything the person must be told of it (I1)."""

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties"))
    statute = shared(models.CharField(max_length=200))
    why = private(models.TextField(help_text="in plain words"))
    who = private(models.CharField(max_length=200, help_text="the name of the one who does it"))
    who_person = shared(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    begins_at = shared(models.DateTimeField())
    told_at = shared(models.DateTimeField(null=True, blank=True))
    not_told_why = private(models.TextField(blank=True))
    tell_by = shared(models.DateTimeField(null=True, blank=True))
    how_to_question = private(models.TextField())
    would_stop = private(models.TextField(help_text="what would make it stop"))
    walker_there = shared(
        models.BooleanField(null=True, help_text="whether whoever walks with them was there")
    )
    person_words = private(models.TextField(blank=True, help_text="what the person said when they were told"))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    written_at = shared(models.DateTimeField())
    ended_at = shared(models.DateTimeField(null=True, blank=True))
    ended_words = private(models.TextField(blank=True))

    class Meta:
        verbose_name_plural = "duties"
        indexes = [models.Index(fields=["person", "begins_at"], name="duty_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(statute=""), name="duty_names_its_statute"),
            models.CheckConstraint(condition=~Q(why=""), name="duty_says_why_in_plain_words"),
            models.CheckConstraint(condition=~Q(who=""), name="duty_names_who_does_it"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=False) | (~Q(not_told_why="") & Q(tell_by__isnull=False)),
                name="duty_is_told_or_says_why_not_yet_and_by_when",
            ),
            models.CheckConstraint(condition=~Q(how_to_question=""), name="duty_can_be_questioned"),
            models.CheckConstraint(condition=~Q(would_stop=""), name="duty_says_what_would_make_it_stop"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_words=""), name="duty_ends_in_words"
            ),
        ]

    def __str__(self) -> str:
        return self.statute


class DutyStep(Model):
    """One step of a duty: written down, told, questioned, ended. Never changed."""

    class What(models.TextChoices):
        WRITTEN_DOWN = "written_down", _("written down")
        TOLD = "told", _("told")
        QUESTIONED = "questioned", _("asked about")
        ENDED = "ended", _("ended")

    duty = shared(models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="steps"))
    what = shared(models.CharField(max_length=20, choices=What.choices))
    words = private(models.TextField(blank=True))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["duty", "at"], name="duty_step_duty")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="questioned") | ~Q(words=""), name="duty_is_questioned_in_words"
            )
        ]
