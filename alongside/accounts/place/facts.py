"""Open data in plain words: sober, with its source, nobody ranked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.accounts.models.place import Neighbourhood

from .reading.columns import MOST_RANK

FEW = 10  # counts below this are not shown: a handful of homes can be somebody (I29)
DOMAINS = (
    ("income_decile", gettext_lazy("Money coming in")),
    ("employment_decile", gettext_lazy("Work")),
    ("education_decile", gettext_lazy("Learning and skills")),
    ("health_decile", gettext_lazy("Health")),
    ("crime_decile", gettext_lazy("Being safe from crime")),
    ("housing_services_decile", gettext_lazy("Homes, and getting to shops and doctors")),
    ("environment_decile", gettext_lazy("Air, roads and the state of houses")),
)


@dataclass(frozen=True)
class Fact:
    """One thing that is known: what, how much (already in words), and where it is from."""

    what: str
    says: str
    source: str


def count(number: int | None) -> str:
    """A count of people or homes; small ones and unknown ones in words."""
    if number is None:
        return _("not known")
    return (
        _("fewer than %(few)d") % {"few": FEW}
        if 0 < number < FEW
        else number_format(number, force_grouping=True)
    )


def in_a_hundred(part: int | None, whole: int | None) -> str:
    """A share in words: “24 in every 100”; nothing where it is not known."""
    if part is None or not whole or part < FEW:
        return ""
    return _("%(share)d in every 100") % {"share": round(100 * part / whole)}


def tenth(decile: int | None) -> str:
    """A tenth of the Indices of Deprivation (1 has had the least) in words."""
    if decile is None:
        return _("not known")
    if decile <= 5:
        return _("among the %(share)d%% of neighbourhoods in England that have had the least") % {
            "share": decile * 10
        }
    return _("among the %(share)d%% of neighbourhoods in England that have had the most") % {
        "share": (11 - decile) * 10
    }


def tenth_in_a_cell(decile: int | None) -> str:
    """The same under the heading “Deprivation 2025: among the neighbourhoods in England”."""
    if decile is None:
        return ""
    if decile <= 5:
        return _("%(share)d%% that have had the least") % {"share": decile * 10}
    return _("%(share)d%% that have had the most") % {"share": (11 - decile) * 10}


def rank(number: int | None) -> str:
    """The rank itself, for those who look for it."""
    if number is None:
        return _("not known")
    return _(
        "Its rank is %(rank)s of %(most)s in the Indices of Deprivation 2025, where 1 has had the least"
    ) % {
        "rank": number_format(number, force_grouping=True),
        "most": number_format(MOST_RANK, force_grouping=True),
    }


def _with_share(number: int | None, whole: int | None) -> str:
    share = in_a_hundred(number, whole)
    return f"{count(number)} ({share})" if share else count(number)


def of_neighbourhood(neighbourhood: Neighbourhood) -> list[Fact]:
    """Everything published about one neighbourhood that the page says; unknown facts are left away."""
    facts = [*_people_and_homes(neighbourhood), *_services(neighbourhood)]
    return [fact for fact in facts if fact.says != _("not known")]


def _people_and_homes(one: Neighbourhood) -> Iterable[Fact]:
    census = _("Census 2021")
    yield Fact(_("People who live here"), count(one.residents), census if one.code else "")
    yield Fact(_("Homes"), count(one.households), census)
    yield Fact(_("Disabled people"), _with_share(one.disabled, one.residents), census)
    yield Fact(
        _("Rented from the council or a housing association"),
        _with_share(one.social_rent, one.households),
        census,
    )
    yield Fact(_("Rented from a private landlord"), _with_share(one.private_rent, one.households), census)


def _services(one: Neighbourhood) -> Iterable[Fact]:
    indices = _("Indices of Deprivation 2025")
    if one.low_income_share is not None:
        share = {"share": round(100 * one.low_income_share)}
        yield Fact(_("People on a low income"), _("%(share)d in every 100") % share, indices)
    if one.patients_per_gp is not None:
        patients = number_format(round(one.patients_per_gp), force_grouping=True)
        yield Fact(_("Patients for each family doctor"), patients, indices)
    if one.connectivity is not None:
        yield Fact(
            _("Getting about"),
            _("%(points)d out of 100 for reaching things by bus, on foot or by bike")
            % {"points": round(one.connectivity)},
            indices,
        )
    yield from _rates(one, indices)


def _rates(one: Neighbourhood, indices: str) -> Iterable[Fact]:
    if one.asb_per_1000 is not None:
        says = _("%(rate)s for every 1,000 people") % {"rate": number_format(one.asb_per_1000, 1)}
        yield Fact(_("Anti-social behaviour known to the police"), says, indices)
    if one.homelessness_per_1000 is not None:
        says = _("%(rate)s for every 1,000 homes, in the whole district") % {
            "rate": number_format(one.homelessness_per_1000, 1)
        }
        yield Fact(_("Homelessness"), says, indices)


def domains(neighbourhood: Neighbourhood) -> list[Fact]:
    """The seven parts of the Indices of Deprivation, each as a tenth in words."""
    known = ((label, getattr(neighbourhood, name)) for name, label in DOMAINS)
    return [Fact(str(label), tenth(value), "") for label, value in known if value is not None]


def of_place(neighbourhoods: Iterable[Neighbourhood]) -> list[str]:
    """What the open data says about the whole place, in a few sentences; what is not known is left away."""
    official = [each for each in neighbourhoods if each.kind == Neighbourhood.Kind.OFFICIAL]
    if not official:
        return []
    people, homes = _total(official, "residents"), _total(official, "households")
    shares = (
        (_("%(share)s people are disabled."), _total(official, "disabled"), people),
        (
            _("%(share)s homes are rented from the council or a housing association."),
            _total(official, "social_rent"),
            homes,
        ),
        (_("%(share)s homes are rented from a private landlord."), _total(official, "private_rent"), homes),
    )
    known = [(says, in_a_hundred(part, whole)) for says, part, whole in shares]
    living = _("%(people)s people live here, in %(homes)s homes.")
    return [
        living % {"people": count(people), "homes": count(homes)},
        *(says % {"share": share} for says, share in known if share),
        _least(official),
    ]


def _total(official: list[Neighbourhood], name: str) -> int:
    return sum(getattr(each, name) or 0 for each in official)


def _least(official: list[Neighbourhood]) -> str:
    least = sum(each.imd_decile == 1 for each in official)
    says = ngettext(
        "%(least)d of our %(all)d neighbourhoods is among the 10%% in England that have had the least.",
        "%(least)d of our %(all)d neighbourhoods are among the 10%% in England that have had the least.",
        least,
    )
    return says % {"least": least, "all": len(official)}
