"""People, what they are called, how to reach them, the organisations and the roles they hold."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.models import Model, open_, private, shared
from alongside.people.names import Folded, OwnFigures

# What stands before a name and is none.
TITLES = frozenset(
    {"cllr", "councillor", "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "rev", "sir", "dame"}
)


class Organisation(Model):
    """An organisation, association or group that people belong to or hold a role at."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        CHARITY = "charity", _("charity")
        PUBLIC = "public", _("public service")
        SOCIAL_ENTERPRISE = "social_enterprise", _("social enterprise")
        PRIVATE = "private", _("business")
        FUNDER = "funder", _("funder")
        CENTRAL = "central_government", _("central government")

    slug = open_(models.SlugField(unique=True))
    name = open_(models.CharField(max_length=200))
    kind = open_(models.CharField(max_length=30, choices=Kind.choices, default=Kind.ASSOCIATION))
    note = open_(models.CharField(max_length=300, blank=True))
    neighbourhood = open_(
        models.ForeignKey(
            "accounts.Neighbourhood", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
        )
    )

    def __str__(self) -> str:
        return self.name


class Person(Model):
    """Resident, worker or councillor: one type. No phone, address or birth date makes less of a person."""

    name = shared(models.CharField(max_length=200))
    called = shared(models.CharField(max_length=100, blank=True, help_text=_("What to call them")))
    account = private(
        models.OneToOneField(
            settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
        )
    )
    same_as = private(
        models.ForeignKey(
            "self", null=True, blank=True, on_delete=models.PROTECT, related_name="other_records"
        )
    )
    began_at = private(models.DateTimeField(default=clock.now))

    class Meta:
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="person_name_trgm"),
            GinIndex(OpClass(Upper("called"), name="gin_trgm_ops"), name="person_called_trgm"),
            models.Index(Folded("name"), name="person_name_folded"),
            models.Index(fields=["name", "id"], name="person_name"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(same_as=models.F("id")), name="person_is_not_same_as_self"
            ),
        ]

    def __str__(self) -> str:
        return self.called or self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """A person is called by their first name until they say otherwise; nobody is called "Dr" or "Cllr"."""
        self.called = self.called or _first_name(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


def _first_name(name: str) -> str:
    first, *more = name.split()
    found = more[0] if more and first.rstrip(".").casefold() in TITLES else first
    return found[: Person._meta.get_field("called").max_length]


class Particulars(Model):
    """What a person chose to say of themselves, each of it optional."""

    person = shared(models.OneToOneField(Person, on_delete=models.CASCADE, related_name="particulars"))
    born_on = private(models.DateField(null=True, blank=True))
    age_words = private(models.CharField(max_length=100, blank=True))
    pronouns = shared(models.CharField(max_length=60, blank=True))
    where_words = private(models.CharField(max_length=300, blank=True))
    neighbourhood = private(
        models.ForeignKey(
            "accounts.Neighbourhood", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
        )
    )
    note = private(models.TextField(blank=True))


class Alias(Model):
    """Another name a person is or was known by."""

    person = shared(models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases"))
    name = private(models.CharField(max_length=200))

    class Meta:
        indexes = [
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="alias_name_trgm"),
            models.Index(Folded("name"), name="alias_name_folded"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="alias_once_a_person")]


class Channel(models.TextChoices):
    """A way to reach somebody."""

    IN_PERSON = "in_person", _("come and see me")
    CALL = "call", _("ring me")
    TEXT = "text", _("text me")
    EMAIL = "email", _("e-mail me")
    VOICE_NOTE = "voice_note", _("send a voice note")
    LETTER = "letter", _("write me a letter")
    OWN_PAGE = "own_page", _("leave a message on my page")


class Reach(Model):
    """How a person wants to be reached, and how never. Every message goes by this."""

    person = shared(models.OneToOneField(Person, on_delete=models.CASCADE, related_name="reach"))
    how = shared(models.CharField(max_length=20, choices=Channel.choices, default=Channel.OWN_PAGE))
    how_words = shared(models.CharField(max_length=300, blank=True))
    never = shared(
        ArrayField(models.CharField(max_length=20, choices=Channel.choices), default=list, blank=True)
    )
    never_words = shared(models.CharField(max_length=300, blank=True))
    from_hour = shared(models.TimeField(null=True, blank=True))
    to_hour = shared(models.TimeField(null=True, blank=True))
    languages = shared(ArrayField(models.CharField(max_length=60), default=list, blank=True))
    phone = private(models.CharField(max_length=40, blank=True))
    email = private(models.EmailField(blank=True))
    who_may_answer = private(models.CharField(max_length=300, blank=True))
    safe_word = private(models.CharField(max_length=100, blank=True))
    who_words = shared(models.CharField(max_length=300, blank=True))
    note = shared(models.CharField(max_length=300, blank=True))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(never__contains=[models.F("how")]), name="reach_is_not_what_never_is"
            )
        ]
        # By these, whoever asks for a link is found (`guard.reached_by_phone` and `…_email`).
        indexes = [
            models.Index(OwnFigures("phone"), condition=~models.Q(phone=""), name="reach_own_figures"),
            models.Index(Upper("email"), condition=~models.Q(email=""), name="reach_email_folded"),
        ]


class Role(models.TextChoices):
    """What somebody does in the place, for others."""

    WORKER = "relational_worker", _("relational worker")
    PEER = "peer_support", _("peer support specialist")
    CONNECTOR = "community_connector", _("community connector")
    SOCIAL_WORKER = "social_worker", _("social worker")
    COORDINATOR = "family_conference_coordinator", _("independent family group conference coordinator")
    SPECIALIST = "specialist", _("specialist who can be pulled in")
    LEARNING_PARTNER = "learning_partner", _("learning partner")
    TEAM_LEAD = "team_lead", _("team lead")
    STEWARD = "place_steward", _("place steward")
    MEMBER = "elected_member", _("elected member")
    CENTRE = "centre", _("Centre")
    DUTY_HUMAN = "duty_human", _("duty human at the front door")


class RoleHeld(Model):
    """A role held at an organisation, from a day to a day. Public: people may know who serves them."""

    person = open_(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles"))
    role = open_(models.CharField(max_length=40, choices=Role.choices))
    title = open_(models.CharField(max_length=120, blank=True))
    organisation = open_(
        models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="roles")
    )
    neighbourhoods = open_(models.ManyToManyField("accounts.Neighbourhood", blank=True, related_name="+"))
    from_day = open_(models.DateField())
    to_day = open_(models.DateField(null=True, blank=True))

    class Meta:
        indexes = [models.Index(fields=["person", "role"], name="role_held_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_day__isnull=True) | models.Q(to_day__gte=models.F("from_day")),
                name="role_held_ends_after_it_began",
            )
        ]


class Room(Model):
    """How many more people somebody has room to walk with, as they say, and what they choose to offer."""

    person = open_(models.OneToOneField(Person, on_delete=models.CASCADE, related_name="room"))
    room_for = open_(models.PositiveSmallIntegerField(default=0))
    walking_with = shared(models.PositiveSmallIntegerField(default=0))
    languages = open_(ArrayField(models.CharField(max_length=60), default=list, blank=True))
    lived_experience = open_(models.CharField(max_length=300, blank=True))
    offers = open_(models.CharField(max_length=300, blank=True))


class SamePerson(Model):
    """Two records found to be one person, by two people. It can be undone; it opens nothing to anyone new."""

    kept = private(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    other = private(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    why = private(models.CharField(max_length=300))
    proposed_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    proposed_at = shared(models.DateTimeField())
    agreed_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    agreed_at = shared(models.DateTimeField(null=True))
    undone_by = shared(models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+"))
    undone_at = shared(models.DateTimeField(null=True))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kept=models.F("other")), name="same_person_is_two_records"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by__isnull=True) | ~models.Q(agreed_by=models.F("proposed_by")),
                name="same_person_is_agreed_by_two",
            ),
        ]
