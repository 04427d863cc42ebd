"""My story and my circle: words kept as said, strengths first, and only for whom they were said."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, private, shared
from alongside.people.models import Person


class Audience(models.TextChoices):
    """Who a part is for, besides the one it is about and the one who said it. Say-so may name more."""

    ONLY_US = "only_us", _("only me and the one who said it")
    NAMED = "named", _("only me, and those I name")
    WALKERS = "walkers", _("whoever walks with me")


class StoryPart(Model):
    """One part of a story: whose it is, what kind, who said it, whom it is for. Its words are in versions."""

    class Kind(models.TextChoices):
        # In the order they are shown: strengths come before worries (F19).
        GOOD_AT = "good_at", _("What I'm good at")
        WHAT_MATTERS = "what_matters", _("What matters to me")
        HOPE = "hope", _("What I hope for")
        GOING_ON = "going_on", _("What's going on")
        CHILD_VOICE = "child_voice", _("In a child's own words")
        WORRY = "worry", _("What worries me")
        DO_NOT_WANT = "do_not_want", _("What I don't want")
        DO_NOT_KNOW_YET = "do_not_know_yet", _("What I don't know yet")
        HUNCH = "hunch", _("A hunch, shown to you")

    ORDER: ClassVar[dict[str, int]] = {kind: place for place, kind in enumerate(Kind.values)}

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="story_parts"))
    kind = shared(models.CharField(max_length=20, choices=Kind.choices))
    place_in_order = shared(models.PositiveSmallIntegerField(default=0))
    speaker = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    audience = shared(models.CharField(max_length=20, choices=Audience.choices, default=Audience.WALKERS))
    began_at = shared(models.DateTimeField())
    put_away_at = shared(models.DateTimeField(null=True, blank=True))

    class Meta:
        indexes = [models.Index(fields=["person", "place_in_order", "began_at"], name="part_person")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="hunch") | ~Q(speaker=F("person")), name="hunch_is_about_another"
            )
        ]


class Medium(models.TextChoices):
    """How something was told."""

    TEXT = "text", _("words")
    PHOTO = "photo", _("photo")
    DRAWING = "drawing", _("drawing")
    VOICE = "voice", _("voice note")


class PartVersion(Model):
    """What was said, as it was said. A later version stands beside it; none is ever changed (I16)."""

    part = shared(models.ForeignKey(StoryPart, on_delete=models.PROTECT, related_name="versions"))
    number = shared(models.PositiveIntegerField())
    # Two people may write at once: both versions follow the same one, and the page shows both (I16).
    follows = shared(
        models.PositiveIntegerField(default=0, help_text="the version its writer had in front of them")
    )
    words = private(models.TextField(blank=True))
    language = shared(models.CharField(max_length=12, default="en", help_text="a BCP 47 tag"))
    spoken_in = shared(models.CharField(max_length=60, blank=True))
    interpreter = private(models.CharField(max_length=200, blank=True))
    medium = shared(models.CharField(max_length=10, choices=Medium.choices, default=Medium.TEXT))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    said_on = shared(models.DateField())
    at = shared(models.DateTimeField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "number"], name="part_version_number_once"),
            models.CheckConstraint(
                condition=~Q(medium="text") | ~Q(words=""), name="part_version_in_text_has_words"
            ),
            models.CheckConstraint(
                condition=Q(follows__lt=F("number")), name="part_version_follows_an_earlier_one"
            ),
        ]


class PartAnswer(Model):
    """What the person or the one who said it answered to a part, in words; it overwrites nothing."""

    part = shared(models.ForeignKey(StoryPart, on_delete=models.PROTECT, related_name="answers"))
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    words = private(models.TextField())
    language = shared(models.CharField(max_length=12, default="en"))
    at = shared(models.DateTimeField())

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="part_answer_has_words")]


class Upload(Model):
    """A photo, drawing or voice note of one version, made anew: where and with what it was made is gone."""

    version = shared(models.OneToOneField(PartVersion, on_delete=models.PROTECT, related_name="upload"))
    file_name = private(
        models.CharField(max_length=80, unique=True, help_text="a random name in the folder uploads/story")
    )
    content_type = shared(models.CharField(max_length=40))
    size = shared(models.PositiveIntegerField(help_text="bytes"))
    sha256 = private(models.CharField(max_length=64))
    described = private(
        models.CharField(max_length=300, blank=True, help_text="what it shows or says, in words")
    )


class Tie(Model):
    """Someone or something in a person's circle, in that person's words (I20)."""

    class To(models.TextChoices):
        PERSON = "person", _("a person")
        GROUP = "group", _("a group")
        PLACE = "place", _("a place")
        ANIMAL = "animal", _("an animal")

    class Help(models.TextChoices):
        NOT_SAID = "not_said", _("not said")
        THEY_HELP = "they_help", _("they help me")
        I_HELP = "i_help", _("I help them")
        BOTH = "both", _("we help each other")

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties"))
    to = shared(models.CharField(max_length=10, choices=To.choices, default=To.PERSON))
    name = private(models.CharField(max_length=200))
    tie = private(models.CharField(max_length=200, blank=True, help_text="what they are to me"))
    words = private(models.TextField(blank=True))
    language = shared(models.CharField(max_length=12, default="en"))
    trusted = shared(models.BooleanField(default=False))
    help = shared(models.CharField(max_length=10, choices=Help.choices, default=Help.NOT_SAID))
    since = shared(models.DateField(null=True, blank=True))
    introduced_by = private(models.CharField(max_length=200, blank=True))
    # A member of this place, where they have joined; the words above stay the owner's either way.
    member = private(
        models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    )
    audience = shared(models.CharField(max_length=20, choices=Audience.choices, default=Audience.WALKERS))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    began_at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["person", "began_at"], name="tie_person")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="tie_has_a_name"),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | ~Q(member=F("person")), name="tie_is_not_to_self"
            ),
        ]


class TieChange(Model):
    """What became of a tie, and on which day: took, faded, mended, or new words for it. Never changed."""

    class What(models.TextChoices):
        BEGAN = "began", _("began")
        TOOK = "took", _("took")
        DID_NOT_TAKE = "did_not_take", _("didn't take")
        FADED = "faded", _("faded")
        MENDED = "mended", _("mended")
        REWORDED = "reworded", _("said another way")

    tie = shared(models.ForeignKey(Tie, on_delete=models.PROTECT, related_name="changes"))
    what = shared(models.CharField(max_length=20, choices=What.choices))
    tie_words = private(models.CharField(max_length=200, blank=True))
    words = private(models.TextField(blank=True))
    # Where they changed too; empty means "as before".
    help = shared(models.CharField(max_length=10, choices=Tie.Help.choices, blank=True))
    trusted = shared(models.BooleanField(null=True))
    on = shared(models.DateField())
    by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))
    at = shared(models.DateTimeField())

    class Meta:
        indexes = [models.Index(fields=["tie", "on"], name="tie_change_tie")]


class Gap(Model):
    """Something missing in a circle, named by the person themself."""

    person = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="gaps"))
    words = private(models.CharField(max_length=300))
    named_on = shared(models.DateField())
    filled_on = shared(models.DateField(null=True, blank=True))
    audience = shared(models.CharField(max_length=20, choices=Audience.choices, default=Audience.WALKERS))
    written_down_by = shared(models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+"))


class OnePage(Model):
    """The parts and ties a person chose for their one page, in their order."""

    person = shared(models.OneToOneField(Person, on_delete=models.CASCADE, related_name="one_page"))
    parts = shared(models.JSONField(default=list, help_text="keys of parts and ties, in order"))
    intro = private(models.TextField(blank=True))
    large_print = shared(models.BooleanField(default=True))
    changed_at = shared(models.DateTimeField(auto_now=True))
