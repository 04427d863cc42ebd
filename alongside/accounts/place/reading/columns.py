"""The columns of the neighbourhoods' CSV file: which fact each holds, and what a sound cell looks like."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

MOST_RANK = 33_755  # neighbourhoods (LSOA 2021) of England in the Indices of Deprivation 2025
NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")

Cell = str | int | Decimal | None


class Wrong(ValueError):  # noqa: N818
    """A cell that cannot be read; its message is a sentence."""


@dataclass(frozen=True)
class Column:
    """`read` turns a cell that is not empty into a value, or raises Wrong."""

    header: str
    field: str
    read: Callable[[str], Cell]
    needed: bool = False


def words(cell: str) -> str:
    if len(cell) > 200:
        raise Wrong(_("This is longer than 200 letters."))
    return cell


def code(pattern: str) -> Callable[[str], str]:
    """A code of the Office for National Statistics, such as E01008162."""

    def read(cell: str) -> str:
        if not re.fullmatch(pattern, cell):
            raise Wrong(_("“%(cell)s” is not a code of this kind.") % {"cell": cell[:40]})
        return cell

    return read


def whole(least: int = 0, most: int = 10_000_000) -> Callable[[str], int]:
    """A whole number between `least` and `most`, both included."""

    def read(cell: str) -> int:
        number = _decimal(cell)
        if number != number.to_integral_value():
            raise Wrong(_("“%(cell)s” is not a whole number.") % {"cell": cell})
        return int(_between(number, least, most))

    return read


def decimal(least: int = 0, most: int = 100_000) -> Callable[[str], Decimal]:
    """A number between `least` and `most`, kept to three decimals."""

    def read(cell: str) -> Decimal:
        return _between(_decimal(cell), least, most).quantize(Decimal("0.001"))

    return read


def degrees(cell: str) -> Decimal:
    """Latitude or longitude; whether it is a place in the United Kingdom is asked of the pair."""
    return _decimal(cell)


def _decimal(cell: str) -> Decimal:
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+", cell):
        raise Wrong(
            _("“%(cell)s” has a comma in it: write it as %(plain)s.")
            % {"cell": cell, "plain": cell.replace(",", "")}
        )
    if not NUMBER.fullmatch(cell) or len(cell) > 40:
        raise Wrong(
            _("“%(cell)s” is not a number. Leave the cell empty if it is not known.") % {"cell": cell[:40]}
        )
    return Decimal(cell)


def _between(number: Decimal, least: int, most: int) -> Decimal:
    if number < 0 <= least:
        raise Wrong(_("%(number)s is less than nothing.") % {"number": number})
    if not least <= number <= most:
        raise Wrong(
            _("%(number)s is not between %(least)d and %(most)d.")
            % {"number": number, "least": least, "most": most}
        )
    return number


IDENTITY = (
    Column("lsoa21_code", "code", code(r"[EW]01\d{6}"), needed=True),
    Column("lsoa21_name", "official_name", words, needed=True),
    Column("neighbourhood_name", "area_name", words),
    Column("lad_code", "district_code", code(r"[EW]0[6789]\d{6}"), needed=True),
    Column("lad_name", "district", words, needed=True),
    Column("ward25_code", "ward_code", code(r"[EW]05\d{6}"), needed=True),
    Column("lat", "lat", degrees),
    Column("lon", "lon", degrees),
)
FACTS = (
    Column("residents_2021", "residents", whole(), needed=True),
    Column("households_2021", "households", whole(), needed=True),
    Column("disabled_2021", "disabled", whole()),
    Column("social_rent_hh_2021", "social_rent", whole()),
    Column("private_rent_hh_2021", "private_rent", whole()),
    Column("imd2025_rank", "imd_rank", whole(1, MOST_RANK), needed=True),
    Column("imd2025_decile", "imd_decile", whole(1, 10), needed=True),
    Column("income_decile", "income_decile", whole(1, 10)),
    Column("employment_decile", "employment_decile", whole(1, 10)),
    Column("education_decile", "education_decile", whole(1, 10)),
    Column("health_decile", "health_decile", whole(1, 10)),
    Column("crime_decile", "crime_decile", whole(1, 10)),
    Column("housing_services_decile", "housing_services_decile", whole(1, 10)),
    Column("environment_decile", "environment_decile", whole(1, 10)),
    Column("income_score", "low_income_share", decimal(0, 1)),
    Column("patient_to_gp_ratio", "patients_per_gp", decimal()),
    Column("connectivity_score", "connectivity", decimal(0, 100)),
    Column("asb_rate_per_1000", "asb_per_1000", decimal()),
    Column("homelessness_rate_per_1000_hh", "homelessness_per_1000", decimal(0, 1000)),
)
COLUMNS = IDENTITY + FACTS
