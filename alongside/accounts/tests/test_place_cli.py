"""`alongside place load` says what it did, in sentences or as JSON, and how it went by its exit code."""

import argparse
import json
from typing import Any

import pytest

from alongside.accounts.models import Neighbourhood, Place
from alongside.accounts.place.cli import add_place_commands
from alongside.accounts.tests.places import District, district, needs_real_data, real

__all__ = ["district"]
pytestmark = pytest.mark.django_db


def place_load(files: dict[str, Any], *more: str) -> int:
    """Run the command as a shell would."""
    parser = argparse.ArgumentParser(prog="alongside")
    add_place_commands(parser.add_subparsers(required=True))
    named = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    args = parser.parse_args(["place", "load", *named, *more])
    code: int = args.run(args)
    return code


@needs_real_data
def test_gateshead_is_loaded_and_told_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert place_load(real("gateshead"), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["loaded"] == {"wards": 22, "neighbourhoods": 126}
    assert said["left_out"] == [
        {
            "file": "places_lsoa21.csv",
            "count": 329,
            "says": "Rows of other districts: Camden 130, Doncaster 199.",
        }
    ]
    assert (said["unchanged"], said["changed"], said["problems"]) == (0, {}, [])
    assert place_load(real("gateshead"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 126


def test_a_sound_district_is_told_in_sentences(
    district: District, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place_load(district.write()) == 0
    assert capsys.readouterr().out == (
        "Riverton (Riverton): 2 neighbourhoods, 1 ward.\n2 new, 0 changed, 0 as before, 0 laid aside.\n"
    )


def test_a_bad_row_stops_the_load_and_offers_the_good_ones(
    district: District, capsys: pytest.CaptureFixture[str]
) -> None:
    district.rows[0]["residents_2021"] = "many"
    assert place_load(district.write()) == 1
    assert capsys.readouterr().out == (
        "n.csv, row 2, column residents_2021: “many” is not a number. "
        "Leave the cell empty if it is not known.\n"
        "Nothing was written. --keep-good loads the one neighbourhood that is sound.\n"
    )
    assert not Place.objects.exists()


def test_the_good_rows_are_kept_when_asked(district: District, capsys: pytest.CaptureFixture[str]) -> None:
    district.rows[0]["residents_2021"] = "many"
    assert place_load(district.write(), "--keep-good", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["loaded"]["neighbourhoods"] == 1
    assert said["problems"] == [
        {
            "file": "n.csv",
            "row": 2,
            "column": "residents_2021",
            "says": "“many” is not a number. Leave the cell empty if it is not known.",
            "weight": "row",
        }
    ]
    assert Neighbourhood.objects.get().code == "E01000002"


def test_a_file_that_is_no_use_ends_with_one(district: District, capsys: pytest.CaptureFixture[str]) -> None:
    district.raw["wards"] = b"{"
    assert place_load(district.write(), "--keep-good", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert said["loaded"] == {"wards": 0, "neighbourhoods": 0}
    assert said["problems"][0]["says"] == "The file stops half way: it was cut off. Fetch it again."


def test_another_district_is_refused_with_what_to_say(
    district: District, capsys: pytest.CaptureFixture[str]
) -> None:
    place_load(district.write())
    for row in district.rows:
        row.update(lad_code="E08000002", lad_name="Moorton")
    capsys.readouterr()
    assert place_load(district.write()) == 1
    assert "say --instead" in capsys.readouterr().out
    assert place_load(district.write(), "--instead") == 0


def test_many_problems_are_cut_short_for_people(
    district: District, capsys: pytest.CaptureFixture[str]
) -> None:
    district.rows = [{**district.rows[0], "lsoa21_code": f"E0100{n:04}", "lat": "x"} for n in range(1, 61)]
    district.shapes = [
        district.shapes[0] | {"properties": {"lsoa21_code": f"E0100{n:04}"}} for n in range(1, 61)
    ]
    assert place_load(district.write()) == 1
    assert "And 20 more; --json says them all." in capsys.readouterr().out


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        place_load({})
    assert ended.value.code == 2
    assert "--lsoa" in capsys.readouterr().err
