"""The place: its words, its wards and neighbourhoods, and what its residents say about it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.models import Model, open_, shared


def only_english() -> list[str]:
    """The languages of a place that has not said."""
    return ["en"]


class Place(Model):
    """The place this installation serves: exactly one, and its words are its own to change."""

    the_place = open_(models.BooleanField(default=True, unique=True, editable=False))
    slug = open_(models.SlugField(max_length=80, unique=True))
    name = open_(models.CharField(max_length=120))
    note = open_(models.CharField(max_length=400, blank=True))
    mission = open_(models.TextField(blank=True))
    charter_words = open_(ArrayField(models.CharField(max_length=120), default=list, blank=True))
    two_rules = open_(ArrayField(models.CharField(max_length=300), default=list, blank=True))
    principles = open_(ArrayField(models.CharField(max_length=300), default=list, blank=True))
    default_language = open_(models.CharField(max_length=20, default="en"))
    languages = open_(ArrayField(models.CharField(max_length=20), default=only_english))
    district = open_(models.CharField(max_length=120, blank=True))
    district_code = open_(models.CharField(max_length=9, blank=True))
    west = open_(models.FloatField(null=True, blank=True))
    south = open_(models.FloatField(null=True, blank=True))
    east = open_(models.FloatField(null=True, blank=True))
    north = open_(models.FloatField(null=True, blank=True))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(the_place=True), name="place_is_the_only_one"),
            models.CheckConstraint(condition=~models.Q(name=""), name="place_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(languages__contains=[models.F("default_language")]),
                name="place_speaks_its_default_language",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls) -> str:
        """What the place is called; "" before it is opened."""
        return cls.objects.values_list("name", flat=True).first() or ""


class Ward(Model):
    """An electoral ward. Laid aside (`current` false) when its district is no longer ours."""

    place = open_(models.ForeignKey(Place, on_delete=models.CASCADE, related_name="wards"))
    code = open_(models.CharField(max_length=9, unique=True))
    name = open_(models.CharField(max_length=120))
    boundary = open_(models.JSONField())
    current = open_(models.BooleanField(default=True))

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodQuerySet(models.QuerySet["Neighbourhood"]):
    """Filters used again and again."""

    def current(self) -> "NeighbourhoodQuerySet":
        """Those of today: not the ones a later load laid aside."""
        return self.filter(current=True)

    def official(self) -> "NeighbourhoodQuerySet":
        """Those of the national statistics, with facts."""
        return self.filter(kind=Neighbourhood.Kind.OFFICIAL)


class Neighbourhood(Model):
    """A part of the place: official, drawn by residents, or only told (a name and a point on the map).

    They may overlap. Facts are published statistics about an official one, empty where not known: counts
    of people and homes (Census 2021), the rank and tenth in the Indices of Deprivation 2025 (1 has had
    the least), rates per 1,000 a year. Never deleted: people's pages may name it.
    """

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("from official statistics")
        DRAWN = "drawn", _("drawn by people who live here")
        TOLD = "told", _("told")

    place = open_(models.ForeignKey(Place, on_delete=models.CASCADE, related_name="neighbourhoods"))
    ward = open_(
        models.ForeignKey(
            Ward, null=True, blank=True, on_delete=models.SET_NULL, related_name="neighbourhoods"
        )
    )
    kind = open_(models.CharField(max_length=10, choices=Kind.choices))
    slug = open_(models.SlugField(max_length=140, unique=True))
    code = open_(models.CharField(max_length=9, null=True, blank=True, unique=True))
    name = open_(models.CharField(max_length=120))
    official_name = open_(models.CharField(max_length=120, blank=True))
    note = open_(models.CharField(max_length=300, blank=True))
    boundary = open_(models.JSONField(null=True, blank=True))
    lat = open_(models.FloatField())
    lon = open_(models.FloatField())
    current = open_(models.BooleanField(default=True))
    drawn_by_id = shared(models.UUIDField(null=True, blank=True, editable=False))

    residents = open_(models.PositiveIntegerField(null=True, blank=True))
    households = open_(models.PositiveIntegerField(null=True, blank=True))
    disabled = open_(models.PositiveIntegerField(null=True, blank=True))
    social_rent = open_(models.PositiveIntegerField(null=True, blank=True))
    private_rent = open_(models.PositiveIntegerField(null=True, blank=True))
    imd_rank = open_(models.PositiveIntegerField(null=True, blank=True))
    imd_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    income_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    employment_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    education_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    health_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    crime_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    housing_services_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    environment_decile = open_(models.PositiveSmallIntegerField(null=True, blank=True))
    low_income_share = open_(models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True))
    patients_per_gp = open_(models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True))
    connectivity = open_(models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True))
    asb_per_1000 = open_(models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True))
    homelessness_per_1000 = open_(models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True))
    source = open_(models.CharField(max_length=300, blank=True))
    year = open_(models.PositiveSmallIntegerField(null=True, blank=True))

    objects = NeighbourhoodQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="neighbourhood_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(kind="official") | models.Q(code__isnull=False, boundary__isnull=False),
                name="neighbourhood_official_has_code_and_boundary",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="drawn") | models.Q(code__isnull=True, boundary__isnull=False),
                name="neighbourhood_drawn_has_boundary_and_no_code",
            ),
            models.CheckConstraint(
                condition=models.Q(imd_rank__isnull=True) | models.Q(imd_rank__range=(1, 33_755)),
                name="neighbourhood_rank_is_one_of_england",
            ),
            models.CheckConstraint(
                condition=models.Q(imd_decile__isnull=True) | models.Q(imd_decile__range=(1, 10)),
                name="neighbourhood_tenth_is_one_of_ten",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Voice(Model):
    """What somebody says about the place, public by their own choice, shown beside the open data (R265).

    `said_by` is the name as they want it shown (it may be empty); `speaker_id` is the person who wrote it
    down here, so that they can take it back, and is never shown.
    """

    place = open_(models.ForeignKey(Place, on_delete=models.CASCADE, related_name="voices"))
    neighbourhood = open_(
        models.ForeignKey(
            Neighbourhood, null=True, blank=True, on_delete=models.PROTECT, related_name="voices"
        )
    )
    words = open_(models.TextField())
    said_by = open_(models.CharField(max_length=100, blank=True))
    language = open_(models.CharField(max_length=20, default="en"))
    said_on = open_(models.DateField())
    speaker_id = shared(models.UUIDField(null=True, blank=True, editable=False))

    class Meta:
        ordering = ["-said_on", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(words=""), name="voice_has_words")]
