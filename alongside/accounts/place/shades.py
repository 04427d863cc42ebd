"""What the map may be shaded by: one colour, light to deep, in five steps said in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models.place import Neighbourhood

SHARE_STEPS = (10, 20, 30, 40)  # percent: the upper edges of the first four steps
SHARE_WORDS = (
    _("under 10 in every 100"),
    _("10 to 19 in every 100"),
    _("20 to 29 in every 100"),
    _("30 to 39 in every 100"),
    _("40 or more in every 100"),
)
TENTH_WORDS = (
    _("among the 20% in England that have had the most"),
    _("the next 20%"),
    _("the middle 20%"),
    _("the next 20%"),
    _("among the 20% in England that have had the least"),
)


@dataclass(frozen=True)
class Choice:
    """One way to shade the map."""

    label: Promise
    words: tuple[Promise, ...]
    part: str = ""
    whole: str = ""

    def step(self, one: Neighbourhood) -> int:
        """1 (light) to 5 (deep); 0 where it is not known."""
        if not self.part:
            return 5 - (one.imd_decile - 1) // 2 if one.imd_decile else 0
        part, whole = getattr(one, self.part), getattr(one, self.whole)
        if part is None or not whole:
            return 0
        return 1 + sum(100 * part / whole >= edge for edge in SHARE_STEPS)


CHOICES = {
    "deprivation": Choice(_("Deprivation 2025"), TENTH_WORDS),
    "social_rent": Choice(
        _("Homes rented from council or housing association"), SHARE_WORDS, "social_rent", "households"
    ),
    "private_rent": Choice(
        _("Homes rented from a private landlord"), SHARE_WORDS, "private_rent", "households"
    ),
    "disabled": Choice(_("Disabled people"), SHARE_WORDS, "disabled", "residents"),
}


def steps(show: str, neighbourhoods: Iterable[Neighbourhood]) -> dict[str, int]:
    """The step of each neighbourhood by its slug; nothing when nothing is to be shaded."""
    choice = CHOICES.get(show)
    return {each.slug: choice.step(each) for each in neighbourhoods} if choice else {}


def legend(show: str) -> list[tuple[int, str]]:
    """Each step with its words."""
    choice = CHOICES.get(show)
    return [(number, str(words)) for number, words in enumerate(choice.words, start=1)] if choice else []
