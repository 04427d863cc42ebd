"""Open data in words, shades and a file: nobody can be made out in it, nobody is ranked, the unknown is said so."""

import csv
import io
from decimal import Decimal

import pytest

from alongside.accounts.models import Neighbourhood
from alongside.accounts.place import facts, shades, table
from alongside.accounts.place.languages import LANGUAGES, named
from alongside.accounts.place.names import LONGEST, TAKEN_BY_PAGES, free_slug
from alongside.accounts.place.reading import columns
from alongside.accounts.place.reading.columns import FACTS, IDENTITY, Wrong


def neighbourhood(**more):
    known = {
        "name": "Old Quay",
        "slug": "old-quay",
        "code": "E01000001",
        "residents": 1500,
        "households": 700,
    }
    return Neighbourhood(**{"kind": Neighbourhood.Kind.OFFICIAL, **known, **more})


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (None, "not known"),
        (0, "0"),
        (1, "fewer than 10"),
        (9, "fewer than 10"),
        (10, "10"),
        (1500, "1,500"),
        (1234567, "1,234,567"),
    ],
)
def test_a_handful_is_never_counted_out(number, said):
    assert facts.count(number) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (None, 700, ""),
        (200, None, ""),
        (200, 0, ""),
        (9, 700, ""),
        (10, 1000, "1 in every 100"),
        (200, 700, "29 in every 100"),
        (700, 700, "100 in every 100"),
    ],
)
def test_a_share_is_said_only_where_it_says_nothing_of_a_handful(part, whole, said):
    assert facts.in_a_hundred(part, whole) == said


def test_a_share_of_a_handful_cannot_be_turned_back_into_the_handful():
    said = [fact.says for fact in facts.of_neighbourhood(neighbourhood(disabled=3, social_rent=7))]
    assert "fewer than 10" in said
    assert not [each for each in said if "in every 100" in each]


@pytest.mark.parametrize("decile", range(1, 11))
def test_a_tenth_is_said_from_the_nearer_end(decile):
    said = facts.tenth(decile)
    share = decile * 10 if decile <= 5 else (11 - decile) * 10
    assert f"the {share}% of neighbourhoods" in said
    assert said.endswith("had the least" if decile <= 5 else "had the most")
    assert facts.tenth_in_a_cell(decile) in said.replace(" of neighbourhoods in England", "")


def test_what_is_not_known_of_deprivation_is_said_so_on_the_page_and_left_empty_in_a_cell():
    assert facts.tenth(None) == facts.rank(None) == "not known"
    assert facts.tenth_in_a_cell(None) == ""
    assert "3,000 of 33,755" in facts.rank(3000)


def test_facts_that_nobody_knows_are_left_away_and_none_is_invented():
    assert [
        fact.what for fact in facts.of_neighbourhood(neighbourhood(residents=None, households=None))
    ] == []
    only = facts.of_neighbourhood(neighbourhood(households=None))
    assert [(fact.what, fact.says, fact.source) for fact in only] == [
        ("People who live here", "1,500", "Census 2021")
    ]


def test_every_fact_says_where_it_is_from():
    full = neighbourhood(
        disabled=300, social_rent=200, private_rent=100, low_income_share=Decimal("0.371"),
        patients_per_gp=Decimal("1468.733"), connectivity=Decimal("61.268"), asb_per_1000=Decimal("15.3"),
        homelessness_per_1000=Decimal("3.695"),
    )  # fmt: skip
    found = {fact.what: fact for fact in facts.of_neighbourhood(full)}
    assert all(fact.source for fact in found.values())
    assert found["People on a low income"].says == "37 in every 100"
    assert found["Patients for each family doctor"].says == "1,469"
    assert found["Disabled people"].says == "300 (20 in every 100)"
    assert "15.3 for every 1,000 people" in found["Anti-social behaviour known to the police"].says
    assert "in the whole district" in found["Homelessness"].says


def test_what_residents_told_of_a_neighbourhood_is_not_said_to_be_a_census():
    told = neighbourhood(code="", kind=Neighbourhood.Kind.TOLD)
    assert facts.of_neighbourhood(told)[0].source == ""


def test_the_parts_of_deprivation_are_named_in_plain_words_and_only_the_known_ones():
    found = facts.domains(neighbourhood(income_decile=1, health_decile=10))
    assert [fact.what for fact in found] == ["Money coming in", "Health"]


def test_a_place_is_summed_from_its_official_neighbourhoods_alone():
    drawn = neighbourhood(kind=Neighbourhood.Kind.DRAWN, residents=999)
    said = facts.of_place([neighbourhood(imd_decile=1), neighbourhood(imd_decile=2), drawn])
    assert said[0] == "3,000 people live here, in 1,400 homes."
    assert said[-1].startswith("1 of our 2 neighbourhoods is among the 10% in England")
    assert facts.of_place([drawn]) == []


@pytest.mark.parametrize(
    ("least", "said"), [(0, "0 of our 2 neighbourhoods are"), (2, "2 of our 2 neighbourhoods are")]
)
def test_how_many_have_had_the_least_is_said_in_whole_sentences(least, said):
    official = [neighbourhood(imd_decile=1 if number < least else 5) for number in range(2)]
    assert facts.of_place(official)[-1].startswith(said)


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", ["=1+1", "+44", "-1", "@here", "\tx", '=HYPERLINK("http://evil.example")'])
def test_a_name_that_a_spreadsheet_would_run_is_only_words(name):
    (row,) = rows_of(table.as_csv([neighbourhood(name=name)]))
    assert row["name"] == f"'{name}"


def test_the_file_leaves_a_handful_empty_as_the_page_does_and_says_none_as_none():
    (row,) = rows_of(
        table.as_csv([neighbourhood(disabled=9, social_rent=0, private_rent=None, residents=10)])
    )
    assert (row["disabled"], row["social_rent"], row["private_rent"], row["residents"]) == ("", "0", "", "10")


def test_a_name_with_commas_quotes_and_lines_stays_one_cell():
    (row,) = rows_of(table.as_csv([neighbourhood(name='The "Old", Quay\nby the river')]))
    assert row["name"] == 'The "Old", Quay\nby the river'


def test_the_table_can_be_sorted_by_nothing_that_ranks_people():
    orders = {heading.order for heading in table.headings("name") if heading.order}
    assert not orders & {"imd_rank", "imd_decile", "low_income_share", "asb_per_1000"}
    assert [heading.order for heading in table.headings("residents") if heading.current] == ["residents"]
    assert [heading for heading in table.headings("no such order") if heading.current] == []


def test_a_row_of_the_table_says_in_words_what_the_map_shows():
    line = next(iter(table.lines([neighbourhood(disabled=4, imd_decile=1)])))
    assert line.ward == ""
    assert line.counts == ["1,500", "700", "fewer than 10", "", ""]
    assert line.tenth == "10% that have had the least"


@pytest.mark.parametrize(
    ("part", "step"), [(0, 1), (69, 1), (70, 2), (139, 2), (140, 3), (210, 4), (280, 5), (700, 5), (None, 0)]
)
def test_a_share_is_shaded_in_five_steps(part, step):
    assert shades.steps("social_rent", [neighbourhood(social_rent=part)]) == {"old-quay": step}


@pytest.mark.parametrize(("decile", "step"), [(1, 5), (2, 5), (3, 4), (6, 3), (9, 1), (10, 1), (None, 0)])
def test_the_least_is_the_deepest(decile, step):
    assert shades.steps("deprivation", [neighbourhood(imd_decile=decile)]) == {"old-quay": step}


@pytest.mark.parametrize("show", shades.CHOICES)
def test_every_shade_has_its_words(show):
    assert [number for number, _ in shades.legend(show)] == [1, 2, 3, 4, 5]
    assert all(words for _, words in shades.legend(show))


def test_a_shade_that_is_none_shades_nothing():
    assert shades.steps("people", [neighbourhood()]) == {}
    assert shades.legend("people") == []


def test_an_address_is_readable_unique_and_no_page_of_ours():
    taken = set()
    assert [free_slug(name, taken) for name in ("Old Quay", "Old Quay!", "old quay", "Draw", "Łódź", "地区")] == [
        "old-quay", "old-quay-2", "old-quay-3", "draw-2", "odz", "neighbourhood",
    ]  # fmt: skip
    assert taken.isdisjoint(TAKEN_BY_PAGES)


def test_a_very_long_name_still_has_an_address_of_its_own():
    taken = set()
    first, second = free_slug("quay " * 90, taken), free_slug("quay " * 90, taken)
    assert first != second
    assert len(first) <= LONGEST


def test_every_language_is_called_as_its_speakers_call_it():
    assert named("cy") == "Cymraeg"
    assert named("xx") == "xx"
    assert len({code for code, _ in LANGUAGES}) == len({name for _, name in LANGUAGES}) == len(LANGUAGES)


def read(header, cell):
    column = next(each for each in (*IDENTITY, *FACTS) if each.header == header)
    return column.read(cell)


@pytest.mark.parametrize(
    ("header", "cell", "kept"),
    [
        ("lsoa21_code", "E01000001", "E01000001"),
        ("residents_2021", "1500", 1500),
        ("residents_2021", "1500.0", 1500),
        ("residents_2021", "1.5e3", 1500),
        ("imd2025_decile", "10", 10),
        ("income_score", "0.3714", Decimal("0.371")),
        ("lat", "-0.5", Decimal("-0.5")),
    ],
)
def test_a_sound_cell_is_read_as_it_is_meant(header, cell, kept):
    assert read(header, cell) == kept


@pytest.mark.parametrize(
    ("header", "cell", "says"),
    [
        ("lsoa21_code", "E0100001", "is not a code of this kind"),
        ("lsoa21_code", "e01000001", "is not a code of this kind"),
        ("lsoa21_code", "E01000001 ", "is not a code of this kind"),
        ("lsoa21_name", "x" * 201, "longer than 200 letters"),
        ("residents_2021", "1,500", "write it as 1500"),
        ("residents_2021", "-3", "-3 is less than nothing"),
        ("residents_2021", "12.5", "is not a whole number"),
        ("residents_2021", "NaN", "is not a number"),
        ("residents_2021", "Infinity", "is not a number"),
        ("residents_2021", "1e99", "is not between"),
        ("residents_2021", "٣", "is not a number"),
        ("residents_2021", "0x10", "is not a number"),
        ("imd2025_decile", "0", "is not between 1 and 10"),
        ("imd2025_decile", "11", "is not between 1 and 10"),
        ("imd2025_rank", "33756", "is not between 1 and 33755"),
        ("lat", "north", "is not a number"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(header, cell, says):
    with pytest.raises(Wrong, match=says.replace("(", r"\(")):
        read(header, cell)


def test_no_two_columns_are_of_one_heading_or_one_field():
    every = (*IDENTITY, *FACTS)
    assert len({each.header for each in every}) == len({each.field for each in every}) == len(every)
    assert columns.MOST_RANK == 33_755
